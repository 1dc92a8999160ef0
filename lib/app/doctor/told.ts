import type { Remedy } from './check.ts';

/** Why something was not told, and what to do about it. */
export type NotTold = Remedy & { readonly told: false; readonly why: string };

/** An answer, or why there is none. */
export type Told<T> = { readonly told: true; readonly value: T } | NotTold;

export function told<T>(value: T): Told<T> {
  return { told: true, value };
}

export function notTold(why: string, { remedy, run = [] }: Remedy): NotTold {
  return { told: false, why, remedy, run };
}
