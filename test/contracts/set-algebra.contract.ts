import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

/** What every family of sets offers, whether its operators are methods of a value or of a pool. */
export type SetAlgebra<S> = {
  /** Made anew for every test, so that a pool's memory of one does not help the next. */
  readonly sets: fc.Arbitrary<S>;
  readonly empty: S;
  readonly whole: S;
  readonly union: (a: S, b: S) => S;
  readonly intersect: (a: S, b: S) => S;
  readonly subtract: (a: S, b: S) => S;
  readonly isSubset: (a: S, b: S) => boolean;
  readonly overlaps: (a: S, b: S) => boolean;
  readonly equals: (a: S, b: S) => boolean;
  readonly isEmpty: (a: S) => boolean;
  /** The representation that equal sets share; absent where a family promises none. */
  readonly form?: (a: S) => unknown;
};

/** The laws of a Boolean algebra of sets below one whole. */
export function setAlgebraContract<S>(name: string, algebra: SetAlgebra<S>): void {
  const { sets, empty, whole, union, intersect, subtract, isSubset, overlaps, equals, isEmpty, form } =
    algebra;

  const one = (law: (a: S) => boolean): void => fc.assert(fc.property(sets, law));
  const two = (law: (a: S, b: S) => boolean): void => fc.assert(fc.property(sets, sets, law));
  const three = (law: (a: S, b: S, c: S) => boolean): void => fc.assert(fc.property(sets, sets, sets, law));
  const not = (a: S): S => subtract(whole, a);

  describe(`${name}: set algebra`, () => {
    it('union is commutative', () => {
      two((a, b) => equals(union(a, b), union(b, a)));
    });
    it('intersection is commutative', () => {
      two((a, b) => equals(intersect(a, b), intersect(b, a)));
    });
    it('union is associative', () => {
      three((a, b, c) => equals(union(union(a, b), c), union(a, union(b, c))));
    });
    it('intersection is associative', () => {
      three((a, b, c) => equals(intersect(intersect(a, b), c), intersect(a, intersect(b, c))));
    });
    it('each distributes over the other', () => {
      three(
        (a, b, c) =>
          equals(intersect(a, union(b, c)), union(intersect(a, b), intersect(a, c))) &&
          equals(union(a, intersect(b, c)), intersect(union(a, b), union(a, c))),
      );
    });
    it('each absorbs the other', () => {
      two((a, b) => equals(union(a, intersect(a, b)), a) && equals(intersect(a, union(a, b)), a));
    });
    it('a set with itself is itself', () => {
      one((a) => equals(union(a, a), a) && equals(intersect(a, a), a) && isEmpty(subtract(a, a)));
    });
    it('the empty set and the whole are the bounds', () => {
      one(
        (a) =>
          equals(union(a, empty), a) &&
          equals(union(a, whole), whole) &&
          equals(intersect(a, whole), a) &&
          isEmpty(intersect(a, empty)) &&
          equals(subtract(a, empty), a) &&
          isEmpty(subtract(a, whole)) &&
          isEmpty(subtract(empty, a)),
      );
    });
    it('De Morgan: what is in neither is outside both', () => {
      two(
        (a, b) =>
          equals(not(union(a, b)), intersect(not(a), not(b))) &&
          equals(not(intersect(a, b)), union(not(a), not(b))),
      );
    });
    it('a set is its complement’s complement', () => {
      one((a) => equals(not(not(a)), a));
    });
    it('a set and what is taken from it are apart', () => {
      two((a, b) => !overlaps(subtract(a, b), b) && isEmpty(intersect(subtract(a, b), b)));
    });
    it('what is taken and what is left make the set', () => {
      two((a, b) => equals(union(subtract(a, b), intersect(a, b)), a));
    });
    it('a subset is what union adds nothing to, intersection nothing takes from, and subtraction empties', () => {
      two((a, b) => {
        const answer = isSubset(a, b);
        return (
          answer === equals(union(a, b), b) &&
          answer === equals(intersect(a, b), a) &&
          answer === isEmpty(subtract(a, b))
        );
      });
    });
    it('parts are subsets of wholes', () => {
      two((a, b) => isSubset(a, union(a, b)) && isSubset(intersect(a, b), a) && isSubset(subtract(a, b), a));
    });
    it('subsets of each other are equal, and only they', () => {
      two((a, b) => (isSubset(a, b) && isSubset(b, a)) === equals(a, b));
    });
    it('sets overlap exactly if they have something in common', () => {
      two((a, b) => overlaps(a, b) === !isEmpty(intersect(a, b)) && overlaps(a, b) === overlaps(b, a));
    });
    it('the empty set is empty and the whole is not', () => {
      expect([isEmpty(empty), isEmpty(whole)]).toEqual([true, false]);
      one((a) => isEmpty(a) === equals(a, empty));
    });
    if (form !== undefined) {
      it('equal sets have equal form, however they came to be', () => {
        two((a, b) => {
          const again = union(subtract(a, b), intersect(b, a));
          expect(form(again)).toEqual(form(a));
          return equals(a, b) === (JSON.stringify(printable(form(a))) === JSON.stringify(printable(form(b))));
        });
      });
    }
  });
}

/** Bigints as text, which JSON lacks. */
function printable(value: unknown): unknown {
  if (typeof value === 'bigint') return `${value}n`;
  return Array.isArray(value) ? value.map(printable) : value;
}
