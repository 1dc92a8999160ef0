import type { Family, Ip } from '#netset';
import type {
  AccountId,
  BlindSpotId,
  EndpointId,
  GroupId,
  HostId,
  NetworkId,
  PolicyId,
  SubnetId,
} from './id.ts';
import type { SourceRef } from './provenance.ts';

/** An address, or a delegated block of addresses, of an endpoint. */
export type EndpointAddress = {
  readonly first: Ip;
  /** Inclusive; equal to `first` for a single address. */
  readonly last: Ip;
  /** The address by which the internet dials this one. IPv4: a translated public address; IPv6: the address itself. */
  readonly publicIp?: Ip;
  /** Why nobody can say whether the internet dials this one, where no `publicIp` was seen and there may be one. */
  readonly hiddenPublicIp?: BlindSpotId;
  readonly isPrimary: boolean;
};

/**
 * That an endpoint takes part under addresses that are not known beforehand (a pod's, until it runs). Rules that name addresses do not mean
 * it; rules name it by its groups.
 */
export type Unaddressed = {
  readonly families: readonly Family[];
  /** Whether the internet dials it; a blind spot where that was not read. */
  readonly isPublic: boolean | BlindSpotId;
  /** Set where rules that name addresses may mean it all the same, since its address is somebody else's as well (a node's). */
  readonly mayBeNamed?: BlindSpotId;
};

/** What stands behind an endpoint; decides who is a crown jewel and who can be hopped through. */
export type Role =
  | 'host'
  | 'load-balancer'
  | 'database'
  | 'cache'
  | 'function'
  | 'nat'
  | 'service-endpoint'
  | 'file-system'
  | 'search'
  | 'queue'
  | 'control-plane'
  | 'transit'
  | 'other';

/** `live`: takes part. `dormant`: would on start (a stopped instance). `detached`: attached to nothing. */
export type Liveness = 'live' | 'dormant' | 'detached';

/** Something that can send or receive: a network card, or a set of like pods. */
export type Endpoint = {
  readonly kind: 'interface' | 'workload';
  readonly id: EndpointId;
  /** What people see: `bastion`, `rds:orders-db`; untrusted text, to be escaped for where it is shown. */
  readonly name: string;
  readonly role: Role;
  /** All endpoints of one host are one pivot. */
  readonly host: HostId;
  /** What a finding is about: the Auto Scaling group, load balancer, database or function, else the host. Stable over churn. */
  readonly workload: { readonly id: string; readonly name: string };
  readonly account: AccountId;
  readonly network: NetworkId;
  readonly subnet: SubnetId;
  readonly addresses: readonly EndpointAddress[];
  readonly unaddressed?: Unaddressed;
  /** The groups whose member it is, for selectors. */
  readonly groups: readonly GroupId[];
  readonly labels: ReadonlyMap<string, string>;
  /** The policies that filter it, of kind `any-allow` or `tiered`; none at all means nothing is allowed, unless `unfiltered`. */
  readonly policies: readonly PolicyId[];
  /** True where no policy applies to this kind of endpoint at all (a NAT gateway, a load balancer made without groups). */
  readonly unfiltered: boolean;
  readonly liveness: Liveness;
  /**
   * Of a `dormant` one without a public IPv4 address: whether starting it gives it one. `assigned`: its subnet hands them out, and only a
   * choice at launch that was not read can prevent it. `perhaps`: only such a choice gives it one.
   */
  readonly publicOnStart?: 'assigned' | 'perhaps';
  /** Whether it opens connections of its own. */
  readonly initiates: boolean;
  /** Whether anything on it answers connections. */
  readonly listens: boolean;
  /** Whether whoever holds it can start new connections from it (a host yes; a managed database no). */
  readonly canPivot: boolean;
  readonly tags: ReadonlyMap<string, string>;
  readonly at: SourceRef;
};
