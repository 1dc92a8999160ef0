import type { BlindSpot } from '#model';
import { plainUpTo } from './plain.ts';
import type { Style } from './style.ts';
import { count } from '#findings';
import { wrap } from './wrap.ts';

/** How many of one kind are named before the rest is counted. */
const NAMED = 4;
/** Sentences of ours hold several names. */
const SENTENCE = 500;

/** What was not seen and what to do about it, by kind, those that can hide ways first. Each is named or counted, none left out. */
export function blindSpotLines(spots: readonly BlindSpot[], style: Style): string[] {
  if (spots.length === 0) return ['blind spots   none'];
  const byKind = new Map<string, BlindSpot[]>();
  for (const spot of spots.toSorted((a, b) => rankOf(a) - rankOf(b))) {
    const kind = `${spot.effect} ${spot.code}`;
    const known = byKind.get(kind);
    if (known === undefined) byKind.set(kind, [spot]);
    else known.push(spot);
  }
  const lines = [style.bold(`blind spots   ${count(spots.length, 'thing')} not seen`)];
  for (const kind of byKind.values()) {
    for (const spot of kind.slice(0, NAMED)) lines.push(...spotLines(spot, style));
    if (kind.length > NAMED)
      lines.push(`    and ${count(kind.length - NAMED, 'other')} of this kind; --format json lists them`);
  }
  return wrap(lines, ' '.repeat(4));
}

function rankOf({ effect }: BlindSpot): number {
  return effect === 'hides-ways' ? 0 : 1;
}

function spotLines({ what, remedy, effect }: BlindSpot, style: Style): string[] {
  const line = `  ${style.yellow('?')} ${plainUpTo(SENTENCE, what)}${effect === 'only-narrows' ? ' (what is shown may be narrower in truth)' : ''}`;
  return remedy === '' ? [line] : [line, style.dim(`    ${plainUpTo(SENTENCE, remedy)}`)];
}
