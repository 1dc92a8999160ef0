import type { ReadAt } from './object.ts';

/** Something wrong with the input, and where. */
export type Problem = {
  /**
   * `unreadable`: a document that is no object; the rest goes on. `invalid`: an object that no API server would take, so that what it says
   * is not known.
   */
  readonly kind: 'unreadable' | 'invalid';
  readonly at: ReadAt;
  /** `NetworkPolicy shop/allow-web`; empty where there is no object. */
  readonly object: string;
  /** `spec.ingress[0].from[1].ipBlock.cidr`; empty for the whole. */
  readonly field: string;
  readonly message: string;
  /** Of a document that is unreadable: that it may have been a policy, so that what the others decide is not the whole. */
  readonly mayBePolicy?: true;
};
