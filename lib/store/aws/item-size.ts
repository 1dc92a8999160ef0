/** In bytes, with the names of the attributes. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
export const LARGEST_ITEM = 400 * 1024;

/** A number takes at most as much, whatever its digits. */
const NUMBER = 21;

/**
 * The size of an item of texts and numbers as DynamoDB counts it, or a few bytes more.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
export function itemSize(item: Readonly<Record<string, string | number>>): number {
  return Object.entries(item).reduce(
    (sum, [name, value]) =>
      sum + Buffer.byteLength(name) + (typeof value === 'string' ? Buffer.byteLength(value) : NUMBER),
    0,
  );
}
