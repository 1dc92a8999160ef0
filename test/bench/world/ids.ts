import { hash32, scramble32 } from './random.ts';

/** Makes identifiers in AWS's long form, such as `eni-0` and 16 hexadecimal digits; no two of one prefix are equal. */
export class Ids {
  readonly #seed: number;
  readonly #counts = new Map<string, number>();

  constructor(seed: number) {
    this.#seed = seed;
  }

  next(prefix: string): string {
    const count = (this.#counts.get(prefix) ?? 0) + 1;
    this.#counts.set(prefix, count);
    const offset = hash32(prefix, this.#seed);
    const low = scramble32(count + offset);
    return `${prefix}-0${hex8(scramble32(low ^ offset))}${hex8(low)}`;
  }
}

function hex8(value: number): string {
  return value.toString(16).padStart(8, '0');
}

/** A locally administered hardware address that belongs to the identifier. */
export function macAddressOf(id: string): string {
  return `02:${(id.slice(-10).match(/../g) ?? []).join(':')}`;
}
