import { fileReason } from '#app';
import { runCommandLine } from './program.ts';

// whoever reads may stop reading, as `postern list | head` does: the rest goes nowhere, and the exit code stays the answer's
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') return;
  process.stderr.write(`postern: cannot write the answer: ${fileReason(error)}\n`);
  process.exit(2);
});
process.stderr.on('error', () => undefined);

process.exitCode = await runCommandLine(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  isTerminal: process.stdout.isTTY,
  noColour: (process.env['NO_COLOR'] ?? '') !== '',
});
