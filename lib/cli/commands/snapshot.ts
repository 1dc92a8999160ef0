import type { Command } from 'commander';
import { count, plain, saveCluster, saveSnapshot, QuestionError, type Target } from '#app';
import { withAccount } from '../options.ts';
import type { Screen } from '../screen.ts';

export function addSnapshot(program: Command, screen: Screen, answer: (code: number) => void): void {
  withAccount(program.command('snapshot'))
    .description('save what is live to one file, to ask later or elsewhere')
    .argument('<file>', 'the file to write')
    .option('--kubernetes <live>', 'save a cluster instead of an account: live')
    .option('--context <name>', 'the context of the kubeconfig')
    .action(async (file: string, options: Target) => {
      if (options.kubernetes !== undefined) {
        if (options.kubernetes !== 'live')
          throw new QuestionError('only what is live is saved: --kubernetes live');
        const { context } = options;
        const reading = await saveCluster(
          {
            ...(context !== undefined && { context }),
            onProgress: (text) => {
              screen.progress(text);
            },
          },
          file,
        );
        screen.lines([
          `${plain(file)}: cluster ${plain(reading.context)}, ${count(reading.objects.length, 'object')}, ${count(reading.blindSpots.length, 'blind spot')}`,
        ]);
        answer(0);
        return;
      }
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
