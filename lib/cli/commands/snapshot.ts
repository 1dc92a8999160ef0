import type { Command } from 'commander';
import { count, plain, saveSnapshot, type Target } from '#app';
import { withAccount } from '../options.ts';
import type { Screen } from '../screen.ts';

export function addSnapshot(program: Command, screen: Screen, answer: (code: number) => void): void {
  withAccount(program.command('snapshot'))
    .description('save what is live to one file, to ask later or elsewhere')
    .argument('<file>', 'the file to write')
    .action(async (file: string, options: Target) => {
      const snapshot = await saveSnapshot(
        {
          ...options,
          onProgress: (text) => {
            screen.progress(text);
          },
        },
        file,
      );
      const { account, region, blindSpots } = snapshot._meta;
      screen.lines([
        `${plain(file)}: account ${plain(account)} in ${plain(region)}, ${count(Object.keys(snapshot).length - 1, 'call')}, ${count(blindSpots.length, 'blind spot')}`,
      ]);
      answer(0);
    });
}
