import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { edits } from '../../../lib/app/edits.ts';

describe('the edits between two texts', () => {
  it.each([
    ['', '', 0],
    ['', 'abc', 3],
    ['bastion', 'bastionn', 1],
    ['shop-orders', 'shop-ordres', 1],
    ['web-1', 'wed-1', 1],
    ['redis', 'orders', 3],
    ['kitten', 'sitting', 3],
  ])('%s to %s: %i', (one, other, expected) => {
    expect(edits(one, other)).toBe(expected);
  });

  const texts = fc.string({ maxLength: 12 });

  it('are the same both ways, none only between equals, and never more than the longer has characters', () => {
    fc.assert(
      fc.property(texts, texts, (one, other) => {
        const far = edits(one, other);
        expect(edits(other, one)).toBe(far);
        expect(far === 0).toBe(one === other);
        expect(far).toBeLessThanOrEqual(Math.max(one.length, other.length));
        expect(far).toBeGreaterThanOrEqual(Math.abs(one.length - other.length));
      }),
    );
  });
});
