import type { Command } from 'commander';
import { changeBetween, changeLines, loadSnapshots, opensSomething, toChangeJson } from '#app';
import { withQuestion, type CommonOptions } from '../options.ts';
import type { Screen } from '../screen.ts';

export function addDiff(program: Command, screen: Screen, answer: (code: number) => void): void {
  withQuestion(program.command('diff'))
    .description('flows opened and closed between two snapshots; exits with 1 if any opened')
    .argument('<before>', 'a snapshot')
    .argument('<after>', 'a snapshot')
    .action(async (before: string, after: string, options: CommonOptions) => {
      const change = changeBetween(await loadSnapshots(before), await loadSnapshots(after), undefined);
      if (options.format === 'json') screen.json(toChangeJson(change));
      else screen.lines(changeLines(change, screen.style));
      answer(opensSomething(change) ? 1 : 0);
    });
}
