import { format } from 'node:util';
import { expect } from 'vitest';

/** What tests import from vitest, gathering instead of running them. `expect` is vitest's own. */
export class Collector {
  /** In the order of the files. */
  tests = [];
  #file = '';
  #suites = [];

  constructor() {
    const it = (name, run) => this.#add(name, run);
    it.each = (rows) => (name, run) =>
      rows.forEach((row, at) => this.#add(nameOf(name, row, at), bound(run, row)));
    const describe = (name, body) => this.#within(name, body);
    describe.each = (rows) => (name, body) =>
      rows.forEach((row, at) => this.#within(nameOf(name, row, at), bound(body, row)));
    this.vitest = { describe, expect, it };
  }

  begin(file) {
    this.#file = file;
  }

  #within(name, body) {
    this.#suites.push(name);
    body();
    this.#suites.pop();
  }

  #add(name, run) {
    const id = [this.#file, ...this.#suites, name].join(' > ');
    this.tests.push({ id, file: this.#file, run });
  }
}

function bound(run, row) {
  return Array.isArray(row) ? () => run(...row) : () => run(row);
}

/** Unlike the next row's, which is all that a name is for here. */
function nameOf(name, row, at) {
  return `${format(name, ...(Array.isArray(row) ? row : []))} (${at})`;
}
