import { describe, expect, it } from 'vitest';
import { HeaderSpace, IpSet, NONE, type Family, type TransportSet } from '#netset';
import {
  analyse,
  cellOf,
  egress,
  exposures,
  POSSIBLE,
  SURE,
  type Analysis,
  type Bound,
  type Plane,
} from '#engine';
import { networkOf } from './engine-answer.ts';
import { TRACED } from './forgotten.ts';
import { worldOf } from './oracle/worlds.ts';
import { seeds, TRIES_ALL } from './seeds.ts';

const SEEDS = seeds(40, 12);

describe.each([
  { name: 'exposures', ask: exposures, isIn: true },
  { name: 'egress', ask: egress, isIn: false },
])('$name', ({ ask, isIn }) => {
  it('are what passes between each endpoint and each part of the internet, asked one by one', () => {
    let several = 0;
    for (const seed of SEEDS) {
      const analysis = analysisOf(seed);
      const expected = [SURE, POSSIBLE].map((bound) => oneByOne(analysis, bound, isIn));
      const found = ask(analysis);
      const spaces = [SURE, POSSIBLE].map(
        (bound) =>
          new Map(
            found.map(({ endpoint, family, ...parts }) => [
              `${endpoint.id} ${String(family)}`,
              spaceOf(parts[bound === SURE ? 'sure' : 'possible'], family),
            ]),
          ),
      );
      expect({ seed, keys: [...spaces[POSSIBLE]!.keys()].sort() }).toEqual({
        seed,
        keys: [...expected[POSSIBLE]!.keys()].sort(),
      });
      for (const bound of [SURE, POSSIBLE]) {
        for (const [key, space] of spaces[bound]!) {
          const wanted = expected[bound]!.get(key) ?? HeaderSpace.NONE;
          expect({ seed, key, bound, isEqual: space.equals(wanted) }).toEqual({
            seed,
            key,
            bound,
            isEqual: true,
          });
        }
      }
      several += found.filter(({ possible }) => possible.length > 1).length;
    }
    if (TRIES_ALL) expect(several).toBeGreaterThan(5);
  });

  it('come in pieces that share no address, each with a transport of its own, the widest first', () => {
    for (const seed of SEEDS) {
      for (const { endpoint, family, sure, possible } of ask(analysisOf(seed))) {
        for (const pieces of [sure, possible]) {
          const sizes = pieces.map(({ ips }) => (family === 4 ? BigInt(ips.size4()) : ips.size6()));
          const together = IpSet.unionOf(pieces.map(({ ips }) => ips));
          const sum = sizes.reduce((all, size) => all + size, 0n);
          expect({ seed, id: endpoint.id, sum }).toEqual({
            seed,
            id: endpoint.id,
            sum: family === 4 ? BigInt(together.size4()) : together.size6(),
          });
          expect(sizes.every((size, i) => i === 0 || size <= sizes[i - 1]!)).toBe(true);
          expect(new Set(pieces.map(({ transport }) => transport.toString())).size).toBe(pieces.length);
          expect(pieces.some(({ ips, transport }) => ips.isEmpty || transport.isEmpty)).toBe(false);
        }
      }
    }
  });
});

/** Of every other world something is not known. */
function analysisOf(seed: number): Analysis {
  const targets = worldOf(seed);
  const poorer = seed % 2 === 0 ? undefined : TRACED[seed % TRACED.length]?.apply(targets, seed);
  return analyse(networkOf(poorer ?? targets));
}

/** Flows by the address outside: it stands for the source, and any one address for the endpoint. */
function spaceOf(
  pieces: readonly { readonly ips: IpSet; readonly transport: TransportSet }[],
  family: Family,
): HeaderSpace {
  const endpoint = IpSet.parse(family === 4 ? '10.0.0.1' : 'fd00::1');
  return pieces.reduce(
    (space, { ips, transport }) => space.union(HeaderSpace.of(ips, endpoint, transport)),
    HeaderSpace.NONE,
  );
}

/** By endpoint and family, where there is anything. */
function oneByOne({ planes, network }: Analysis, bound: Bound, isIn: boolean): Map<string, HeaderSpace> {
  const found = new Map<string, HeaderSpace>();
  for (const plane of planes) {
    const { family } = plane.axis;
    for (const { id } of network.endpoints.values()) {
      const pieces = plane.axis.positionsOf(id).flatMap((position) => piecesAt(plane, position, bound, isIn));
      if (pieces.length > 0) found.set(`${id} ${String(family)}`, spaceOf(pieces, family));
    }
  }
  return found;
}

function piecesAt(plane: Plane, position: number, bound: Bound, isIn: boolean) {
  return plane.axis.internet.flatMap(([start, end]) =>
    Array.from({ length: end - start }, (_, i) => start + i).flatMap((far) => {
      const { session } = isIn ? cellOf(plane, far, position, bound) : cellOf(plane, position, far, bound);
      if (session === NONE) return [];
      return [{ ips: plane.axis.addressesOf([[far, far + 1]]), transport: plane.rows.sets.valueOf(session) }];
    }),
  );
}
