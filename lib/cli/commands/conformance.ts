import type { Command } from 'commander';
import { runConformance } from '#app';
import type { Screen } from '../screen.ts';

export function addConformance(program: Command, screen: Screen, answer: (code: number) => void): void {
  program
    .command('conformance')
    .description('run a folder of known truths')
    .argument('<folder>', 'every case below it is run')
    .action(async (folder: string) => {
      const { failed, passed, skipped } = await runConformance(folder, {
        print: (line) => {
          screen.lines([line]);
        },
      });
      const isEmpty = passed + failed + skipped === 0;
      if (isEmpty) screen.note(`${folder} holds no case: nothing was checked`);
      answer(isEmpty ? 2 : failed > 0 ? 1 : 0);
    });
}
