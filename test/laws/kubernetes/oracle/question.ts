import type { Protocol } from './objects.ts';

/** One end of a packet: a pod as `namespace/name`, or an address outside the cluster. */
export type End = { readonly pod: string } | { readonly ip: string };

/** May this one packet begin a connection? */
export type Question = {
  readonly from: End;
  readonly to: End;
  readonly protocol: Protocol;
  /** The destination's. */
  readonly port: number;
};

/** `undefined`: the documents do not say, so that no answer is wrong. */
export type Answer = 'allowed' | 'denied' | 'undefined';

/** Thrown wherever the documents leave open what happens, or the API server would not take the object. */
export class NotDefined extends Error {
  override readonly name = 'NotDefined';
}

export function notDefined(why: string): never {
  throw new NotDefined(why);
}
