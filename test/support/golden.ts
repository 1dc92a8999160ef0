import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';

/** Whether stored texts are to be written anew instead of compared. */
const isUpdate = process.env['UPDATE_CASES'] === '1';

/**
 * Texts as they are to be, one file each in a folder. `UPDATE_CASES=1` writes them; nothing else does, so that a missing file is a
 * failure and not a first run.
 */
export class Goldens {
  readonly #folder: string;
  readonly #names: readonly string[];

  constructor(folder: string, names: readonly string[]) {
    this.#folder = folder;
    this.#names = names;
  }

  check(name: string, text: string): void {
    const file = join(this.#folder, `${name}.txt`);
    if (isUpdate) {
      mkdirSync(this.#folder, { recursive: true });
      writeFileSync(file, text);
    }
    expect(text).toBe(readFileSync(file, 'utf8'));
  }

  /** Fails on a file that belongs to no text; an update removes it. */
  checkStrays(): void {
    const stray = readdirSync(this.#folder).filter(
      (file) => !this.#names.includes(file.replace(/\.txt$/, '')) || !file.endsWith('.txt'),
    );
    if (isUpdate) for (const file of stray) rmSync(join(this.#folder, file));
    else expect(stray).toEqual([]);
  }
}
