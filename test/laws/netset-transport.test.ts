import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NONE, parseTransport, TransportPool, TransportSet } from '#netset';
import type { SetId } from '#netset';
import { transportSetContract } from '../contracts/transport-set.contract.ts';
import { transportSets } from './netset-arbitraries.ts';

transportSetContract<TransportSet>('values', {
  of: (value) => value,
  valueOf: (set) => set,
  union: (a, b) => a.union(b),
  intersect: (a, b) => a.intersect(b),
  subtract: (a, b) => a.subtract(b),
  isSubset: (a, b) => a.isSubsetOf(b),
  overlaps: (a, b) => a.overlaps(b),
  equals: (a, b) => a.equals(b),
  isEmpty: (a) => a.isEmpty,
  has: (a, point) => a.has(point),
});

const pool = new TransportPool();
transportSetContract<SetId>('ids of a pool', {
  of: (value) => pool.intern(value),
  valueOf: (set) => pool.valueOf(set),
  union: (a, b) => pool.union(a, b),
  intersect: (a, b) => pool.intersect(a, b),
  subtract: (a, b) => pool.subtract(a, b),
  isSubset: (a, b) => pool.isSubset(a, b),
  overlaps: (a, b) => pool.overlaps(a, b),
  equals: (a, b) => a === b,
  isEmpty: (a) => a === NONE,
  has: (a, point) => pool.has(a, point),
});

describe('transport text', () => {
  it('what is written is read back as the same set', () => {
    fc.assert(
      fc.property(transportSets, (set) => {
        expect(parseTransport(set.toString())?.spans).toEqual(set.spans);
      }),
    );
  });

  it('no text, however odd, makes the reader throw', () => {
    const words = fc.constantFrom(
      'tcp',
      'udp',
      'icmp',
      'all',
      'proto',
      '/',
      ' ',
      ';',
      ',',
      '-',
      '0',
      '65536',
      '22',
      '9e9',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(words).map((parts) => parts.join('')),
        ),
        (text) => {
          const set = parseTransport(text);
          return set === undefined || set.equals(parseTransport(set.toString()) ?? TransportSet.NONE);
        },
      ),
    );
  });
});

describe('a union of many', () => {
  it('is the union two by two', () => {
    fc.assert(
      fc.property(fc.array(transportSets), (sets) =>
        TransportSet.unionOf(sets).equals(sets.reduce((all, set) => all.union(set), TransportSet.NONE)),
      ),
    );
  });
});
