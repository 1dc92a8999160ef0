import type { Analysis } from '#engine';
import type { Intent } from './intent/intent.ts';

/** What every check looks at: what is, and what is meant. */
export type Audited = {
  readonly analysis: Analysis;
  readonly intent: Intent;
  /**
   * Set where it is only asked whether there are findings about these workloads, or groups: a check may leave out the others, and how grave they
   * are is not looked for where that costs a search.
   */
  readonly only?: ReadonlySet<string>;
};

/** Whether findings about this workload, or group, are asked for. */
export function isAsked({ only }: Audited, id: string): boolean {
  return only?.has(id) !== false;
}
