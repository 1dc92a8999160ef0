/** One thing to prove. */
export type Step = {
  readonly name: string;
  /** What is proved once it is done. */
  readonly proves: string;
  readonly writes: boolean;
  /** Gives what was seen. @throws Error that says what was not */
  readonly run: () => Promise<string>;
};

/** There is nothing here that the step could prove. */
export class NothingToProve extends Error {}

export type Outcome = { readonly name: string; readonly state: 'proved' | 'not proved' | 'left out' };

/**
 * Does the steps in order and tells each. One that fails does not end the others, unless what it was to make is missing for them: then they
 * fail by themselves, and say so. What has to be taken away again is taken away in any case, last thing made first.
 */
export async function runSteps(
  steps: readonly Step[],
  {
    mayWrite,
    print,
    undo,
  }: {
    readonly mayWrite: boolean;
    readonly print: (line: string) => void;
    /** Filled by the steps: how to take away what they made. */
    readonly undo: (() => Promise<string>)[];
  },
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  const tell = (name: string, state: Outcome['state'], text: string): void => {
    outcomes.push({ name, state });
    print(`${state.padEnd(10)}  ${name}`);
    for (const line of text.split('\n')) print(`            ${line}`);
  };
  try {
    for (const { name, proves, writes, run } of steps) {
      if (writes && !mayWrite) {
        tell(name, 'left out', `would prove ${proves}. It writes, so it needs --yes`);
        continue;
      }
      try {
        tell(name, 'proved', `${await run()}\nproves ${proves}`);
      } catch (error) {
        const state = error instanceof NothingToProve ? 'left out' : 'not proved';
        tell(name, state, error instanceof Error ? error.message : String(error));
      }
    }
  } finally {
    await takeAway(undo, tell);
  }
  return outcomes;
}

async function takeAway(
  undo: (() => Promise<string>)[],
  tell: (name: string, state: Outcome['state'], text: string) => void,
): Promise<void> {
  for (const step of undo.splice(0).reverse()) {
    try {
      tell('taken away', 'proved', await step());
    } catch (error) {
      tell(
        'taken away',
        'not proved',
        `take it away by hand: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }
}

/** 0 all proved, 1 something is not, 2 nothing failed and something was left out. */
export function exitCodeOf(outcomes: readonly Outcome[]): number {
  if (outcomes.length === 0 || outcomes.some(({ state }) => state === 'not proved')) return 1;
  return outcomes.some(({ state }) => state === 'left out') ? 2 : 0;
}

/**
 * Looks again and again until something is there.
 *
 * @throws Error that says what was waited for, when the time is over
 */
export async function waitFor<T>(
  what: string,
  look: () => Promise<T | undefined>,
  {
    forMs,
    everyMs,
    now,
    sleep,
  }: {
    readonly forMs: number;
    readonly everyMs: number;
    readonly now: () => number;
    readonly sleep: (ms: number) => Promise<void>;
  },
): Promise<T> {
  const end = now() + forMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (now() + everyMs > end)
      throw new Error(`${what}: not within ${String(Math.round(forMs / 60_000))} minutes`);
    await sleep(everyMs);
  }
}
