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
      if (passed + failed + skipped === 0) screen.note(`${folder} holds no case: nothing was checked`);
      answer(failed > 0 || passed + skipped === 0 ? 1 : 0);
    });
}
