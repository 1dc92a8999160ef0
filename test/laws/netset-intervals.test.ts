import { IntervalSet, MAX_IPV4, MAX_IPV6 } from '#netset';
import type { Range } from '#netset';
import { intervalSetContract } from '../contracts/interval-set.contract.ts';
import { setAlgebraContract } from '../contracts/set-algebra.contract.ts';
import type { SetAlgebra } from '../contracts/set-algebra.contract.ts';
import { bigintSets, numberSets } from './netset-arbitraries.ts';

function algebraOf<N extends number | bigint>(
  of: (ranges: Range<N>[]) => IntervalSet<N>,
  whole: Range<N>,
): Omit<SetAlgebra<IntervalSet<N>>, 'sets'> {
  return {
    empty: of([]),
    whole: of([whole]),
    union: (a, b) => a.union(b),
    intersect: (a, b) => a.intersect(b),
    subtract: (a, b) => a.subtract(b),
    isSubset: (a, b) => a.isSubsetOf(b),
    overlaps: (a, b) => a.overlaps(b),
    equals: (a, b) => a.equals(b),
    isEmpty: (a) => a.isEmpty,
    form: (a) => a.ranges,
  };
}

const ofNumbers = (ranges: readonly Range<number>[]): IntervalSet<number> => IntervalSet.ofNumbers(ranges);
const ofBigints = (ranges: readonly Range<bigint>[]): IntervalSet<bigint> => IntervalSet.ofBigints(ranges);

intervalSetContract('numbers', { of: ofNumbers, n: (value) => value, highest: Number.MAX_SAFE_INTEGER - 1 });
intervalSetContract('bigints', { of: ofBigints, n: BigInt, highest: MAX_IPV6 });

setAlgebraContract('numbers', { ...algebraOf(ofNumbers, [0, MAX_IPV4]), sets: numberSets });
setAlgebraContract('bigints', { ...algebraOf(ofBigints, [0n, MAX_IPV6]), sets: bigintSets });
