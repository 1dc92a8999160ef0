import type { TransportSet } from '#netset';
import type { Relay } from '#model';
import type { PathHop } from './path-hop.ts';

/** The hops from a host, or the internet, into one relay, through others if there are, and out of the last to its target. */
export type Segment = readonly [PathHop, PathHop, ...PathHop[]];

/** What somebody opens on a relay to get to what is behind it. */
export type Dial = {
  readonly relay: Relay;
  readonly dialled: TransportSet;
  /** Whether only clients that have logged in are handed on. */
  readonly isGuarded: boolean;
};
