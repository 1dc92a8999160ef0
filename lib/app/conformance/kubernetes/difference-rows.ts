import { TransportSet } from '#netset';
import type { Row, RowEnd } from './connection-rows.ts';
import { connectionText } from './connection-text.ts';
import { rangeText, type Range } from './outside-ranges.ts';

export type DifferenceRow = {
  readonly src: string;
  readonly dst: string;
  readonly before: string;
  readonly after: string;
};

type Pair = {
  readonly src: RowEnd;
  readonly dst: RowEnd;
  readonly before: TransportSet;
  readonly after: TransportSet;
};

/** The pairs whose connection differs; neighbouring ranges with the same other end and the same answers are one. */
export function differenceRows(before: readonly Row[], after: readonly Row[]): readonly DifferenceRow[] {
  const pairs = new Map<string, Pair>();
  const note = (rows: readonly Row[], side: 'before' | 'after'): void => {
    for (const { src, dst, transport } of rows) {
      const key = `${endText(src)} ${endText(dst)}`;
      const known = pairs.get(key) ?? { src, dst, before: TransportSet.NONE, after: TransportSet.NONE };
      pairs.set(key, { ...known, [side]: transport });
    }
  };
  note(before, 'before');
  note(after, 'after');
  const changed = [...pairs.values()].filter((pair) => !pair.before.equals(pair.after));
  return merged(changed).map((pair) => ({
    src: endText(pair.src),
    dst: endText(pair.dst),
    before: connectionText(pair.before),
    after: connectionText(pair.after),
  }));
}

export function endText(end: RowEnd): string {
  return typeof end === 'string' ? end : rangeText(end);
}

function merged(pairs: readonly Pair[]): readonly Pair[] {
  const out: Pair[] = [];
  const open = new Map<string, { readonly at: number; readonly last: number }>();
  for (const pair of pairs.toSorted((a, b) => firstOf(a) - firstOf(b))) {
    const side = typeof pair.src === 'string' ? 'dst' : 'src';
    const range = pair[side];
    if (typeof range === 'string') {
      out.push(pair);
      continue;
    }
    const other = side === 'src' ? pair.dst : pair.src;
    const key = [side, endText(other), pair.before.toString(), pair.after.toString()].join('\n');
    const known = open.get(key);
    const previous = known === undefined ? undefined : out[known.at];
    if (known !== undefined && previous !== undefined && known.last + 1 === range.first) {
      out[known.at] = { ...previous, [side]: { ...(previous[side] as Range), last: range.last } };
      open.set(key, { at: known.at, last: range.last });
    } else {
      open.set(key, { at: out.length, last: range.last });
      out.push(pair);
    }
  }
  return out;
}

function firstOf({ src, dst }: Pair): number {
  const range = [src, dst].find((end) => typeof end !== 'string');
  return typeof range === 'object' ? range.first : 0;
}
