import type { TransportSet } from '#netset';
import type { Direction, Endpoint, PolicyId, Rule } from '#model';

/** Whom a policy names: anybody, every pod, or the pods of one namespace. */
export type Peer = 'anyone' | 'cluster' | { readonly namespace: string };

/** A policy that is to be written. */
export type WantedPolicy = {
  readonly namespace: string;
  readonly name: string;
  /** By which labels it selects pods; none: all of the namespace. */
  readonly selects: ReadonlyMap<string, string>;
  readonly direction: Direction;
  readonly allows: readonly { readonly peer: Peer; readonly transport: TransportSet }[];
};

/** A change of the model that is to be made in a cluster, as whoever proposes it has it. */
export type PolicyChange =
  | { readonly kind: 'new-policy'; readonly wanted: WantedPolicy; readonly carriers: readonly Endpoint[] }
  | { readonly kind: 'peer'; readonly policy: PolicyId; readonly rule: Rule; readonly instead?: Peer };
