import { Command, CommanderError } from 'commander';
import { QuestionError, VERSION } from '#app';
import { addAudit } from './commands/audit.ts';
import { addAccept } from './commands/accept.ts';
import { addAssert } from './commands/assert.ts';
import { addConformance } from './commands/conformance.ts';
import { addDemo } from './commands/demo.ts';
import { addDoctor } from './commands/doctor.ts';
import { addDigest } from './commands/digest.ts';
import { addDiff } from './commands/diff.ts';
import { addExplain } from './commands/explain.ts';
import { addExposure } from './commands/exposure.ts';
import { addList } from './commands/list.ts';
import { addNotify } from './commands/notify.ts';
import { addPaths } from './commands/paths.ts';
import { addReplay } from './commands/replay.ts';
import { addSuggest } from './commands/suggest.ts';
import { addSnapshot } from './commands/snapshot.ts';
import { Screen, type Terminal } from './screen.ts';

const EXIT = { nothingFound: 0, found: 1, notAnswered: 2 } as const;

/** Runs one command line and returns its exit code: 0 nothing found, 1 found, 2 the question could not be answered. */
export async function runCommandLine(args: readonly string[], terminal: Terminal): Promise<number> {
  const screen = new Screen(terminal);
  let code: number = EXIT.nothingFound;
  const answer = (exit: number): void => {
    code = exit;
  };
  const output = {
    writeOut: terminal.out,
    writeErr: terminal.err,
    outputError: (text: string) => {
      screen.note(text.replace(/^error: /, '').trimEnd());
    },
  };
  const program = new Command('postern')
    .description('Says what a cloud network lets through, and which doors nobody meant to open.')
    .version(VERSION)
    .exitOverride()
    .configureOutput(output)
    .addHelpText(
      'after',
      '\nExit codes: 0 nothing found, 1 findings (or a fact that does not hold), 2 the question could not be answered.',
    );
  for (const add of [
    addAudit,
    addSnapshot,
    addExposure,
    addList,
    addPaths,
    addExplain,
    addDiff,
    addReplay,
    addAssert,
    addAccept,
    addSuggest,
    addNotify,
    addDigest,
    addDoctor,
    addConformance,
    addDemo,
  ]) {
    add(program, screen, answer);
  }
  for (const command of program.commands) command.exitOverride().configureOutput(output);
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.nothingFound : EXIT.notAnswered;
    if (error instanceof QuestionError) {
      screen.note(error.message);
      return EXIT.notAnswered;
    }
    screen.note(
      `this is a fault of postern, please report it: ${error instanceof Error ? error.message : String(error)}`,
    );
    return EXIT.notAnswered;
  }
}
