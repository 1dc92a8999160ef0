import type { Command } from 'commander';
import {
  changeBetween,
  changeHtml,
  changeLines,
  intentOf,
  loadConfig,
  loadSnapshots,
  opensSomething,
  toChangeJson,
} from '#app';
import { withFormats, type FormatOptions } from '../options.ts';
import { printTo } from '../output.ts';
import type { Screen } from '../screen.ts';

type DiffOptions = FormatOptions<'json' | 'html'> & { readonly config?: string };

export function addDiff(program: Command, screen: Screen, answer: (code: number) => void): void {
  withFormats(program.command('diff'), ['json', 'html'])
    .description('flows opened and closed between two snapshots; exits with 1 if any opened')
    .argument('<before>', 'a snapshot')
    .argument('<after>', 'a snapshot')
    .option('--config <file>', 'what is meant (default: postern.yml, if it is here)')
    .action(async (before: string, after: string, { format, output, config }: DiffOptions) => {
      const now = new Date();
      const meant = intentOf((await loadConfig(config)).config);
      const [was, is] = [await loadSnapshots(before), await loadSnapshots(after)];
      const change = changeBetween(was, is, undefined, meant);
      await printTo(output, screen, (out) => {
        if (format === 'html') out.text(changeHtml(was, is, meant, now.toISOString()));
        else if (format === 'json') out.json(toChangeJson(change));
        else out.lines(changeLines(change, out.style));
      });
      answer(opensSomething(change) ? 1 : 0);
    });
}
