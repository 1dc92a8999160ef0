/**
 * Lists of whole numbers kept once each: contiguous in one array, found again by content through an open-addressing table.
 * Equal lists have equal ids; ids count up from 0.
 */
export class ListPool {
  #data = new Int32Array(4096);
  #starts = new Int32Array(1024);
  #table = new Int32Array(2048).fill(-1);
  #size = 0;
  #end = 0;

  get size(): number {
    return this.#size;
  }

  /** How many numbers are stored in all. */
  get length(): number {
    return this.#end;
  }

  intern(list: ArrayLike<number>, length = list.length): number {
    const mask = this.#table.length - 1;
    let slot = hashOf(list, length) & mask;
    for (; this.#table[slot] !== -1; slot = (slot + 1) & mask) {
      const id = this.#table[slot]!;
      if (this.#equals(id, list, length)) return id;
    }
    const id = this.#append(list, length);
    this.#table[slot] = id;
    if (2 * this.#size > this.#table.length) this.#rehash();
    return id;
  }

  /** The array in which every list lies, for loops that must not allocate. Valid until the next `intern`. */
  get data(): Int32Array {
    return this.#data;
  }

  start(id: number): number {
    return this.#starts[id]!;
  }

  end(id: number): number {
    return id + 1 < this.#size ? this.#starts[id + 1]! : this.#end;
  }

  #equals(id: number, list: ArrayLike<number>, length: number): boolean {
    const start = this.#starts[id]!;
    if (this.end(id) - start !== length) return false;
    for (let i = 0; i < length; i += 1) if (this.#data[start + i] !== list[i]) return false;
    return true;
  }

  #append(list: ArrayLike<number>, length: number): number {
    if (this.#end + length > this.#data.length) {
      const data = new Int32Array(Math.max(2 * this.#data.length, this.#end + length));
      data.set(this.#data);
      this.#data = data;
    }
    if (this.#size === this.#starts.length) {
      const starts = new Int32Array(2 * this.#starts.length);
      starts.set(this.#starts);
      this.#starts = starts;
    }
    for (let i = 0; i < length; i += 1) this.#data[this.#end + i] = list[i]!;
    this.#starts[this.#size] = this.#end;
    this.#end += length;
    this.#size += 1;
    return this.#size - 1;
  }

  #rehash(): void {
    this.#table = new Int32Array(2 * this.#table.length).fill(-1);
    const mask = this.#table.length - 1;
    for (let id = 0; id < this.#size; id += 1) {
      const view = this.#data.subarray(this.start(id), this.end(id));
      let slot = hashOf(view, view.length) & mask;
      while (this.#table[slot] !== -1) slot = (slot + 1) & mask;
      this.#table[slot] = id;
    }
  }
}

function hashOf(list: ArrayLike<number>, length: number): number {
  let h = length;
  for (let i = 0; i < length; i += 1) {
    h = Math.imul(h ^ list[i]!, 0x9e3779b1);
    h ^= h >>> 15;
  }
  return Math.imul(h, 0x2c1b3c6d) >>> 1;
}
