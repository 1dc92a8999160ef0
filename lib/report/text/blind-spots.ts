import type { BlindSpot } from '#model';
import { plain } from './plain.ts';
import type { Style } from './style.ts';
import { count } from './table.ts';

/** What was not seen, each with what to do about it; at most `most` of them by name. */
export function blindSpotLines(spots: readonly BlindSpot[], style: Style, most = 8): string[] {
  if (spots.length === 0) return ['blind spots   none'];
  const sorted = spots.toSorted(
    (a, b) => Number(a.effect === 'only-narrows') - Number(b.effect === 'only-narrows'),
  );
  const lines = [style.bold(`blind spots   ${count(spots.length, 'thing')} not seen`)];
  for (const { what, remedy, effect } of sorted.slice(0, most)) {
    lines.push(
      `  ${style.yellow('?')} ${plain(what)}${effect === 'only-narrows' ? ' (what is shown may be narrower in truth)' : ''}`,
    );
    if (remedy !== '') lines.push(style.dim(`    ${plain(remedy)}`));
  }
  if (spots.length > most)
    lines.push(`    and ${String(spots.length - most)} more: --format json lists them`);
  return lines;
}
