/**
 * Repeatable chance: the same seed throws the same numbers for ever.
 *
 * Each part of a world takes dice of its own by `fork`, so leaving one part out does not change the others:
 * that is what lets a failing world be made smaller by switching features off.
 */
export class Dice {
  private readonly seed: number;
  private state: number;

  constructor(seed: number) {
    this.seed = seed >>> 0;
    this.state = this.seed;
  }

  fork(...labels: readonly (string | number)[]): Dice {
    let hash = (2166136261 ^ this.seed) >>> 0; // FNV-1a
    for (const letter of labels.join(' '))
      hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 16777619) >>> 0;
    return new Dice(hash);
  }

  /** A whole number from 0 to `limit` - 1. */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<const T extends readonly [unknown, ...unknown[]]>(from: T): T[number] {
    return from[this.below(from.length)];
  }

  /** Undefined if there is nothing to pick from. */
  pickAny<T>(from: readonly T[]): T | undefined {
    return from[this.below(from.length)];
  }

  some<T>(from: readonly T[], probability: number): T[] {
    return from.filter(() => this.chance(probability));
  }

  shuffled<T>(from: readonly T[]): T[] {
    const keyed = from.map((item) => ({ item, key: this.next() }));
    return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
  }

  /** Mulberry32: 32 bits of state, good enough to choose test worlds by. */
  private next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = this.state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }
}
