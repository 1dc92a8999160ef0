import type { BlindSpotId } from './id.ts';
import type { SourceRef } from './provenance.ts';

/**
 * Something that Postern could not read or does not model. It is about Postern's sight, not about the network.
 *
 * `hides-ways`: verdicts that it touches become unknown. `only-narrows`: the thing that was not seen could only take
 * ways away, so verdicts stand as they are and may in truth be narrower.
 */
export type BlindSpot = {
  readonly id: BlindSpotId;
  readonly code: BlindSpotCode;
  readonly effect: 'hides-ways' | 'only-narrows';
  /** What was not seen, in one sentence. */
  readonly what: string;
  /** What to do about it: the permission to grant, the command to run; empty where nothing can be done. */
  readonly remedy: string;
  /** Where in the input, when there is a place. */
  readonly at?: SourceRef;
};

export type BlindSpotCode =
  | 'call-failed'
  | 'not-collected'
  | 'dangling'
  | 'rule-not-understood'
  | 'member-not-understood'
  | 'route-not-modelled'
  | 'gateway-not-modelled'
  | 'account-not-collected'
  | 'site-not-seen'
  | 'load-balancer-targets'
  | 'public-hairpin'
  | 'host-network'
  | 'node-ports';
