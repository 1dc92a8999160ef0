import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeFlow, HeaderSpace } from '#netset';
import type { Flow } from '#netset';
import { setAlgebraContract } from '../contracts/set-algebra.contract.ts';
import { headerSpaces, TINY } from './netset-arbitraries.ts';

setAlgebraContract<HeaderSpace>('header spaces', {
  sets: headerSpaces,
  empty: HeaderSpace.NONE,
  whole: HeaderSpace.ALL,
  union: (a, b) => a.union(b),
  intersect: (a, b) => a.intersect(b),
  subtract: (a, b) => a.subtract(b),
  isSubset: (a, b) => a.isSubsetOf(b),
  overlaps: (a, b) => a.overlaps(b),
  equals: (a, b) => a.equals(b),
  isEmpty: (a) => a.isEmpty,
});

const FLOWS: readonly Flow[] = TINY.ips.flatMap((source) =>
  TINY.ips
    .filter((destination) => destination.family === source.family)
    .flatMap((destination) => TINY.points.map((point) => ({ source, destination, point }))),
);

const flowsOf = (space: HeaderSpace): string[] => FLOWS.filter((flow) => space.has(flow)).map(describeFlow);

describe('header spaces against flows written out', () => {
  it('operators agree with membership', () => {
    fc.assert(
      fc.property(headerSpaces, headerSpaces, (a, b) => {
        const [inA, inB] = [flowsOf(a), flowsOf(b)];
        expect(flowsOf(a.union(b)).sort()).toEqual([...new Set([...inA, ...inB])].sort());
        expect(flowsOf(a.intersect(b))).toEqual(inA.filter((flow) => inB.includes(flow)));
        expect(flowsOf(a.subtract(b))).toEqual(inA.filter((flow) => !inB.includes(flow)));
        expect(a.isSubsetOf(b)).toBe(inA.every((flow) => inB.includes(flow)));
        expect(a.overlaps(b)).toBe(inA.some((flow) => inB.includes(flow)));
        expect(a.equals(b)).toBe(inA.join() === inB.join());
        expect(a.isEmpty).toBe(inA.length === 0);
      }),
    );
  });

  it('boxes are disjoint, not empty, and of one family each', () => {
    fc.assert(
      fc.property(headerSpaces, headerSpaces, (a, b) => {
        for (const { boxes } of [a, a.union(b), a.intersect(b), a.subtract(b)]) {
          const spaces = boxes.map((box) => HeaderSpace.of(box.sources, box.destinations, box.transport));
          for (const [i, space] of spaces.entries()) {
            expect(space.boxes).toHaveLength(1);
            expect(spaces.slice(i + 1).some((other) => other.overlaps(space))).toBe(false);
          }
        }
      }),
    );
  });

  it('the witness is a flow of the space', () => {
    fc.assert(
      fc.property(headerSpaces, (space) => {
        const witness = space.witness();
        expect(witness === undefined).toBe(space.isEmpty);
        if (witness !== undefined) expect(space.has(witness)).toBe(true);
      }),
    );
  });
});
