import type { Stores } from '#store';

/** A clock that stands until it is moved. */
export class StandingClock {
  #now = Date.parse('2026-03-01T12:00:00.000Z');
  readonly read = (): Date => new Date(this.#now);
  /** The time in some milliseconds from now, or before now. */
  readonly in = (ms: number): string => new Date(this.#now + ms).toISOString();
  readonly move = (ms: number): void => {
    this.#now += ms;
  };
}

/** When a process dies: before its nth step that writes, or right after it. */
export type Death = { readonly step: number; readonly when: 'before' | 'after' };

/** Somewhere to keep things, with nothing in it at first. */
export type StorePlace = {
  /** Stores over what is there, each time as another process would have them. */
  readonly open: () => Promise<Stores>;
  /** Stores of a process that dies. A step is as small as the place can tell steps apart. */
  readonly openMortal: (life: Life) => Promise<Stores>;
};

export type StoreHarness = {
  readonly place: (clock: () => Date) => Promise<StorePlace>;
  /** How many random runs there are: fewer where each takes longer. */
  readonly runs: number;
};

/** Counts the steps of a process and ends it: from its death on, every step fails and does nothing. */
export class Life {
  readonly #death: Death;
  #steps = 0;

  constructor(death: Death) {
    this.#death = death;
  }

  get isOver(): boolean {
    return this.#steps >= this.#death.step;
  }

  /** Takes a step that writes. */
  async step<T>(work: () => Promise<T>): Promise<T> {
    this.look();
    this.#steps += 1;
    if (this.isOver && this.#death.when === 'before') throw new Dead();
    const result = await work();
    if (this.isOver) throw new Dead();
    return result;
  }

  /** Before a step that only reads. */
  look(): void {
    if (this.isOver) throw new Dead();
  }
}

export class Dead extends Error {
  override readonly name = 'Dead';
}
