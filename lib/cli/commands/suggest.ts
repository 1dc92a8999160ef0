import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { loadAnalysis, QuestionError, suggest, writeOutput, type Target } from '#app';
import { withAccount } from '../options.ts';
import type { Screen } from '../screen.ts';

type Options = Target & { readonly output?: string; readonly force?: true };

export function addSuggest(program: Command, screen: Screen, answer: (code: number) => void): void {
  withAccount(program.command('suggest'))
    .description(
      'a first postern.yml from what is live: zones, ranges, exposures and assertions to read and to keep',
    )
    .option(
      '--snapshot <file>',
      'a saved snapshot, a folder of describe outputs, a file of several targets, or - for stdin',
    )
    .option('--output <file>', 'write it to a file that is not there yet')
    .option('--force', 'write it over a file that is')
    .action(async (options: Options) => {
      const { output, force } = options;
      if (output !== undefined && force !== true && existsSync(output))
        throw new QuestionError(
          `${output} is there already: name another file, or give --force to write over it`,
        );
      const { analysis } = await loadAnalysis(options);
      const text = suggest(analysis);
      if (output === undefined) screen.lines([text.trimEnd()]);
      else await writeOutput(output, text);
      answer(0);
    });
}
