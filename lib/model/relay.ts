import type { Ip, IpSet, TransportSet } from '#netset';
import type { BlindSpotId, EndpointId, RelayId } from './id.ts';
import type { SourceRef } from './provenance.ts';

/**
 * Something that answers clients and hands what they send on to others, which need not be reachable themselves: a load balancer. What gets
 * to its targets gets there through it, on the targets' ports and no others.
 */
export type Relay = {
  readonly id: RelayId;
  /** What people see; untrusted text, to be escaped for where it is shown. */
  readonly name: string;
  /** Its interfaces: clients dial them, and what it hands on leaves from them. */
  readonly entrances: readonly EndpointId[];
  readonly listeners: readonly RelayListener[];
  /** False where it may answer on more than its listeners say. */
  readonly isWhole: boolean;
  /** Set where it may hand on to others than those that its listeners name. */
  readonly hidesTargets?: true;
  /** Why anything about it is in doubt; there is one for each relay. */
  readonly because?: BlindSpotId;
  readonly at: SourceRef;
};

/** One port, of one protocol, on which a relay answers. */
export type RelayListener = {
  readonly transport: TransportSet;
  /** `requests`: it understands and answers requests itself (HTTP), and passes only those on. `bytes`: whatever clients send. */
  readonly carries: 'requests' | 'bytes';
  readonly handoffs: readonly Handoff[];
  readonly at: SourceRef;
};

/** Whom a listener hands on to. */
export type Handoff = {
  readonly target: EndpointId;
  /** The address of the target that the relay dials; absent for a target whose addresses are not known (`Endpoint.unaddressed`). */
  readonly ip?: Ip;
  readonly transport: TransportSet;
  /** The vendor's id of the list that holds the target, where there is one. */
  readonly group?: string;
  /** Whose address the target sees as the source. A client of another address family than the target's never keeps its own. */
  readonly source: 'relay' | 'client' | 'unknown';
  /** Only these clients are handed on; absent where all are. */
  readonly clients?: IpSet;
  /** Set where only clients that have logged in are handed on. */
  readonly isGuarded?: true;
  /** Set where it is not sure that this is handed on. */
  readonly doubt?: BlindSpotId;
};
