/** An answer, or why there is none and what to do about it. */
export type Told<T> =
  | { readonly told: true; readonly value: T }
  | { readonly told: false; readonly why: string; readonly remedy: string };

export function told<T>(value: T): Told<T> {
  return { told: true, value };
}

export function notTold(why: string, remedy: string): Told<never> {
  return { told: false, why, remedy };
}
