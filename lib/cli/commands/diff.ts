import type { Command } from 'commander';
import {
  acceptedLines,
  changeHtml,
  changeLines,
  intentOf,
  judgedChange,
  loadConfig,
  loadSnapshots,
  opensSomething,
  toChangeJson,
} from '#app';
import { withConfig, withFormats, type FormatOptions } from '../options.ts';
import { printTo } from '../output.ts';
import type { Screen } from '../screen.ts';

type DiffOptions = FormatOptions<'json' | 'html'> & { readonly config?: string };

export function addDiff(program: Command, screen: Screen, answer: (code: number) => void): void {
  withConfig(withFormats(program.command('diff'), ['json', 'html']))
    .description('flows opened and closed between two snapshots; exits with 1 if any opened')
    .argument('<before>', 'a snapshot')
    .argument('<after>', 'a snapshot')
    .action(async (before: string, after: string, options: DiffOptions) => {
      const now = new Date();
      const [was, is] = [await loadSnapshots(before), await loadSnapshots(after)];
      const change = await judgedChange(was, is, undefined, options);
      const meant = intentOf((await loadConfig(options.config)).config);
      await printTo(options.output, screen, (out) => {
        if (options.format === 'html') out.text(changeHtml(was, is, meant, now.toISOString()));
        else if (options.format === 'json') out.json(toChangeJson(change, change.accepted));
        else out.lines([...changeLines(change, out.style), ...acceptedLines(change.accepted, out.style)]);
      });
      answer(opensSomething(change) ? 1 : 0);
    });
}
