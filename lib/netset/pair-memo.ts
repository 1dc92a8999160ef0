/** What a look-up answers when the pair is not there. */
export const NOT_FOUND = -1;

const FIRST_CAPACITY = 256;
/** Numbers a slot takes: a, b and the result. */
const STRIDE = 3;

/**
 * Remembers one whole number, 0 or more, for each pair of whole numbers. Open addressing in one Int32Array: a look-up
 * allocates nothing. The first of a pair is never 0, which marks a free slot.
 */
export class PairMemo {
  #slots = new Int32Array(FIRST_CAPACITY * STRIDE);
  #capacity = FIRST_CAPACITY;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Memory held, in bytes. */
  get bytes(): number {
    return this.#slots.byteLength;
  }

  get(a: number, b: number): number {
    const slots = this.#slots;
    const mask = this.#capacity - 1;
    let slot = hashOfPair(a, b) & mask;
    for (;;) {
      const at = slot * STRIDE;
      const key = slots[at];
      if (key === a && slots[at + 1] === b) return slots[at + 2] as number;
      if (key === 0) return NOT_FOUND;
      slot = (slot + 1) & mask;
    }
  }

  /** Adds a pair that is not there yet. */
  add(a: number, b: number, result: number): void {
    if (++this.#size * 2 > this.#capacity) this.#grow();
    this.#place(a, b, result);
  }

  #place(a: number, b: number, result: number): void {
    const slots = this.#slots;
    const mask = this.#capacity - 1;
    let slot = hashOfPair(a, b) & mask;
    while (slots[slot * STRIDE] !== 0) slot = (slot + 1) & mask;
    slots[slot * STRIDE] = a;
    slots[slot * STRIDE + 1] = b;
    slots[slot * STRIDE + 2] = result;
  }

  #grow(): void {
    const old = this.#slots;
    this.#capacity *= 2;
    this.#slots = new Int32Array(this.#capacity * STRIDE);
    for (let at = 0; at < old.length; at += STRIDE) {
      if (old[at] !== 0) this.#place(old[at] as number, old[at + 1] as number, old[at + 2] as number);
    }
  }
}

function hashOfPair(a: number, b: number): number {
  let hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return hash ^ (hash >>> 13);
}
