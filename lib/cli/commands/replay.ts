import type { Command } from 'commander';
import {
  acceptedLines,
  answeredLines,
  changeLines,
  opensSomething,
  replay,
  toChangeJson,
  type JudgedChange,
  type ReplayOptions,
} from '#app';
import { parseFormat, withConfig } from '../options.ts';
import type { Screen } from '../screen.ts';

type Options = ReplayOptions & { readonly format: 'text' | 'json' };

export function addReplay(program: Command, screen: Screen, answer: (code: number) => void): void {
  withConfig(program.command('replay'))
    .description(
      'run change events through the on-change path: what each opened, by whose hand, and how to undo it',
    )
    .argument('<event...>', 'an event file, or a folder with event.json and patch.json')
    .option('--snapshot <file>', 'the account before the change')
    .option('--after <file>', 'the account after the change')
    .option('--patch <file>', 'an RFC 6902 patch from the account before to the account after')
    .option('--format <format>', 'text or json', parseFormat, 'text')
    .action(async (events: readonly string[], options: Options) => {
      const changes: JudgedChange[] = [];
      for (const event of events) changes.push(await replay(event, options));
      if (options.format === 'json') screen.json(changes.map((change) => toChangeJson(change, change)));
      else
        for (const change of changes)
          screen.lines([
            ...changeLines(change, screen.style),
            ...acceptedLines(change.accepted, screen.style),
            ...answeredLines(change, screen.style),
            '',
          ]);
      answer(changes.some((change) => opensSomething(change) && !change.isAnsweredFor) ? 1 : 0);
    });
}
