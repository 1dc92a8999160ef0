import type { Analysis } from '#engine';
import type { Intent } from './intent/intent.ts';

/** What every check looks at: what is, and what is meant. */
export type Audited = {
  readonly analysis: Analysis;
  readonly intent: Intent;
  /** Set where only findings about these workloads, or groups, are asked for: a check may leave out the others. */
  readonly only?: ReadonlySet<string>;
};

/** Whether findings about this workload, or group, are asked for. */
export function isAsked({ only }: Audited, id: string): boolean {
  return only?.has(id) !== false;
}
