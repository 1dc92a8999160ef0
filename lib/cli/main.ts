import { runCommandLine } from './program.ts';

// whoever reads may stop reading, as `postern list | head` does
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

process.exitCode = await runCommandLine(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  isTerminal: process.stdout.isTTY,
  noColour: (process.env['NO_COLOR'] ?? '') !== '',
});
