import { describe, expect, it } from 'vitest';
import type { TransportSet } from '#netset';
import type { Network } from '#model';
import { analyse, diff, exposures, reachBetween, type Exposure, type FlowChange } from '#engine';
import { EDITS, WIDENING } from './edits.ts';
import { networkOf } from './engine-answer.ts';
import { TRACED } from './forgotten.ts';
import { worldOf } from './oracle/worlds.ts';
import { seeds, TRIES_ALL } from './seeds.ts';

const SEEDS = seeds(25);

describe.each(EDITS)('$name', ({ apply }) => {
  it('what the diff says is what the two networks say, pair by pair, and the way back is the opposite', () => {
    let changes = 0;
    for (const seed of SEEDS) {
      const targets = worldOf(seed);
      const edited = apply(targets, seed);
      if (edited === undefined) continue;
      const [before, after] = [networkOf(targets), networkOf(edited)];
      const found = diff(before, after);
      const expected = pairByPair(before, after);
      expect({ seed, ...textsOf(found) }).toEqual({ seed, ...expected });
      expect({ seed, exposed: found.exposures.map(keyOf).sort() }).toEqual({
        seed,
        exposed: otherExposures(before, after),
      });
      const back = textsOf(diff(after, before));
      expect({ seed, opened: back.closed, closed: back.opened }).toEqual({
        seed,
        opened: expected.opened,
        closed: expected.closed,
      });
      changes += found.opened.length + found.closed.length + found.exposures.length;
    }
    if (TRIES_ALL) expect(changes).toBeGreaterThan(0);
  });
});

it('forgetting something opens nothing for sure and closes nothing', () => {
  for (const [at, forgetting] of TRACED.filter(({ onlyNarrows }) => onlyNarrows !== true).entries()) {
    for (const seed of seeds(3).map((each) => at + each * 100)) {
      const targets = worldOf(seed);
      const poorer = forgetting.apply(targets, seed);
      if (poorer === undefined) continue;
      const [before, after] = [networkOf(targets), networkOf(poorer)];
      const found = textsOf(diff(before, after));
      expect({ seed, ...found }).toEqual({ seed, ...pairByPair(before, after) });
      expect({ seed, opened: found.opened, closed: found.closed }).toEqual({ seed, opened: [], closed: [] });
    }
  }
});

it('nothing changes between a network and itself', () => {
  for (const seed of SEEDS) {
    const [before, after] = [networkOf(worldOf(seed)), networkOf(worldOf(seed))];
    const { opened, closed, maybeOpened, exposures: exposed } = diff(before, after);
    expect({ seed, opened, closed, maybeOpened, exposed }).toEqual({
      seed,
      opened: [],
      closed: [],
      maybeOpened: [],
      exposed: [],
    });
  }
});

it.each(WIDENING)('$name closes nothing', ({ apply }) => {
  let opened = 0;
  for (const seed of SEEDS) {
    const targets = worldOf(seed);
    const wider = apply(targets, seed);
    if (wider === undefined) continue;
    const found = diff(networkOf(targets), networkOf(wider));
    expect({ seed, closed: textsOf(found).closed }).toEqual({ seed, closed: [] });
    opened += found.opened.length;
  }
  if (TRIES_ALL) expect(opened).toBeGreaterThan(0);
});

type Texts = Record<'opened' | 'closed' | 'maybeOpened', string[]>;

function textsOf(found: Record<'opened' | 'closed' | 'maybeOpened', readonly FlowChange[]>): Texts {
  const text = ({ from, to, family, transport }: FlowChange): string =>
    `${from} ${to} ${String(family)} ${transport.toString()}`;
  return {
    opened: found.opened.map(text).sort(),
    closed: found.closed.map(text).sort(),
    maybeOpened: found.maybeOpened.map(text).sort(),
  };
}

/** The diff without any short cut: both networks compiled by themselves, and every pair asked of each. */
function pairByPair(before: Network, after: Network): Texts {
  const [old, now] = [analyse(before), analyse(after)];
  const ids = [...new Set([...before.endpoints.keys(), ...after.endpoints.keys()])];
  const found = { opened: [] as FlowChange[], closed: [] as FlowChange[], maybeOpened: [] as FlowChange[] };
  for (const from of ids) {
    for (const to of ids) {
      for (const family of [4, 6] as const) {
        const was = reachBetween(old, from, to, family);
        const is = reachBetween(now, from, to, family);
        const note = (list: FlowChange[], transport: TransportSet): void => {
          if (!transport.isEmpty) list.push({ from, to, family, transport });
        };
        note(found.opened, is.sure.subtract(was.sure));
        note(found.closed, was.sure.subtract(is.possible));
        note(found.maybeOpened, is.possible.subtract(is.sure).subtract(was.possible));
      }
    }
  }
  return textsOf(found);
}

function keyOf({ endpoint, family }: { readonly endpoint: string; readonly family: number }): string {
  return `${endpoint} ${String(family)}`;
}

/** Whose exposure to the internet reads otherwise after than before. */
function otherExposures(before: Network, after: Network): string[] {
  const [was, is] = [exposureTexts(before), exposureTexts(after)];
  return [...new Set([...was.keys(), ...is.keys()])].filter((key) => was.get(key) !== is.get(key)).sort();
}

function exposureTexts(network: Network): Map<string, string> {
  const text = (parts: Exposure['sure']): string =>
    parts
      .map(({ ips, transport }) => `${ips.toString()} ${transport.toString()}`)
      .sort()
      .join('; ');
  return new Map(
    exposures(analyse(network)).map(({ endpoint, family, sure, possible }) => [
      keyOf({ endpoint: endpoint.id, family }),
      `${text(sure)} | ${text(possible)}`,
    ]),
  );
}
