import type { Command } from 'commander';
import { changeLines, opensSomething, replay, toChangeJson, type Change } from '#app';
import { withQuestion, type CommonOptions } from '../options.ts';
import type { Screen } from '../screen.ts';

type ReplayOptions = CommonOptions & { readonly after?: string; readonly patch?: string };

export function addReplay(program: Command, screen: Screen, answer: (code: number) => void): void {
  withQuestion(program.command('replay'))
    .description(
      'run change events through the on-change path: what each opened, by whose hand, and how to undo it',
    )
    .argument('<event...>', 'an event file, or a folder with event.json and patch.json')
    .option('--after <file>', 'the account after the change')
    .option('--patch <file>', 'an RFC 6902 patch from the account before to the account after')
    .action(async (events: readonly string[], options: ReplayOptions) => {
      const changes: Change[] = [];
      for (const event of events) changes.push(await replay(event, options));
      if (options.format === 'json') screen.json(changes.map(toChangeJson));
      else for (const change of changes) screen.lines([...changeLines(change, screen.style), '']);
      answer(changes.some(opensSomething) ? 1 : 0);
    });
}
