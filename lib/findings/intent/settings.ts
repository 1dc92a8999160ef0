import type { IpSet, TransportSet } from '#netset';
import type { Role } from '#model';

/**
 * Whom a team means, by what is true of an endpoint. Every key that is given must hold; of a key's values, one. Texts may hold `*` for any
 * run of characters. A selector without a key means nobody.
 */
export type EndpointSelector = {
  /** Tags by key, each with the values that count. */
  readonly tags?: Readonly<Record<string, readonly string[]>>;
  /** Ids or names of the groups that it carries. */
  readonly groups?: readonly string[];
  /** Names, workloads' names, ids, hosts' ids, or ARNs. */
  readonly names?: readonly string[];
  readonly kinds?: readonly Role[];
  /** Blocks that hold one of its addresses, private or public. */
  readonly cidrs?: IpSet;
  /** Ids or names of private networks. */
  readonly vpcs?: readonly string[];
  /** Ids or names of subnets. */
  readonly subnets?: readonly string[];
  readonly accounts?: readonly string[];
};

/** A named part of the network. */
export type ZoneSettings = { readonly name: string; readonly members: readonly EndpointSelector[] };

/** What may pass between zones, or may not. `from` and `to` are names of zones or trusted ranges, `internet`, `unzoned` or `any`. */
export type FlowStatement = {
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly verdict: 'allowed' | 'forbidden';
  readonly transport: TransportSet;
  readonly reason?: string;
};

/** Something that is open to addresses outside because somebody means it to be. */
export type MeantExposure = {
  readonly what: readonly EndpointSelector[];
  readonly transport: TransportSet;
  /** The addresses that may come. */
  readonly from: IpSet;
  readonly reason?: string;
};

/** What a team says that its network is to be, whatever network that is. */
export type IntentSettings = {
  readonly jewels: {
    /** Who is a crown jewel beside those that are by their kind. */
    readonly also: readonly EndpointSelector[];
    /** Who is none, although of such a kind or named in `also`. */
    readonly not: readonly EndpointSelector[];
    /** Whether whatever holds data is one. */
    readonly byKind: boolean;
  };
  /** Ranges that are no strangers: who comes from there is not the internet. */
  readonly trusted: readonly { readonly name: string; readonly ips: IpSet }[];
  /** In the order of the file: an endpoint is in the first zone that names it. */
  readonly zones: readonly ZoneSettings[];
  /** In the order of the file: the first statement that names a flow decides. What none names is nobody's concern. */
  readonly flows: readonly FlowStatement[];
  readonly exposures: readonly MeantExposure[];
  /** Whether the web ports of load balancers are open because they are meant to be. */
  readonly frontDoorsAreMeant: boolean;
};

/** What is meant where nobody says anything. */
export const NOTHING_SAID: IntentSettings = {
  jewels: { also: [], not: [], byKind: true },
  trusted: [],
  zones: [],
  flows: [],
  exposures: [],
  frontDoorsAreMeant: true,
};
