import type { AwsSnapshot } from '../resources/index.ts';

/** A command to type, and the target's snapshot as it would be afterwards. */
export type Step = { readonly command: string; readonly apply: (snapshot: AwsSnapshot) => AwsSnapshot };

/**
 * The way back from one read of a target to an earlier one.
 *
 * `shutting` takes away what was added to lists in which everything listed is let in; `opening` puts back what was taken from
 * them. `either` is about lists in which order or a target decides: whether such a step opens is for the engine to say.
 */
export type Steps = {
  readonly shutting: readonly Step[];
  readonly opening: readonly Step[];
  readonly either: readonly Step[];
};

export function joinSteps(all: readonly Steps[]): Steps {
  return {
    shutting: all.flatMap(({ shutting }) => shutting),
    opening: all.flatMap(({ opening }) => opening),
    either: all.flatMap(({ either }) => either),
  };
}
