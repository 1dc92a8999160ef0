import type { Cidr, Family } from '#netset';
import type { BlindSpotId, GatewayId, NetworkId, SubnetId } from './id.ts';
import type { SourceRef } from './provenance.ts';

/**
 * A way between one network and a private site outside the cloud (AWS: a virtual private gateway). What it takes out has
 * left; what comes in by it may come from any address that the filters admit.
 */
export type SiteGateway = {
  readonly kind: 'site';
  readonly id: GatewayId;
  readonly name: string;
  readonly network: NetworkId;
  readonly site: Site;
  readonly at: SourceRef;
};

/** What lies at the far end of a way out of the cloud. */
export type Site = {
  /** The vendor's ids of what leads there: connections, interfaces, devices. */
  readonly by: readonly string[];
  /** Whether anything is connected there; set to a blind spot where that was not read. */
  readonly isConnected: boolean | BlindSpotId;
  /** That nobody can see from the cloud what the site lets through: from the internet, or on to another network. */
  readonly beyond: BlindSpotId;
};

/** A router between networks with route tables of its own, one for each attachment (AWS: a transit gateway). */
export type TransitGateway = {
  readonly kind: 'transit';
  readonly id: GatewayId;
  readonly name: string;
  readonly attachments: ReadonlyMap<string, Attachment>;
  readonly tables: ReadonlyMap<string, TransitTable>;
  readonly at: SourceRef;
};

export type Attachment = {
  readonly id: string;
  readonly name: string;
  readonly to: AttachedTo;
  /** The table that decides where packets go that come in by it. `undefined`: none does, and they are lost. */
  readonly table: string | undefined;
  /** Set where it is not known which table that is. */
  readonly tableUnread?: BlindSpotId;
  readonly at: SourceRef;
};

export type AttachedTo =
  | {
      readonly kind: 'network';
      readonly network: NetworkId;
      /** The subnets in which it stands, one for each zone. Only from subnets of these zones packets get to the gateway. */
      readonly subnets: readonly SubnetId[];
      /** The families whose blocks it announces to tables that it propagates to. Packets of both pass. */
      readonly announces: readonly Family[];
      /** Whether packets that come from a zone leave by the subnet in the same zone, as far as there is one. */
      readonly keepsZone: boolean;
      /** Whether rules of one network may name groups of another that is attached with this set too, for what comes in. */
      readonly sharesGroups: boolean;
      /** Set where that is not known; then it counts as not set. */
      readonly groupsUnread?: BlindSpotId;
      /** Set where it is not known in which subnets it stands: it may be any of those listed. */
      readonly zonesUnread?: BlindSpotId;
      /** Why subnets without a zone have none. */
      readonly parentsUnread?: BlindSpotId;
      /** Set where its own table may send back what came in by it: whether that comes in again is not documented. */
      readonly returnsUnread?: BlindSpotId;
      /** Set where nobody can tell by which of its subnets packets come in, or how they go on from there, and that may decide. */
      readonly landingUnread?: BlindSpotId;
    }
  /** An attachment of another such gateway. */
  | { readonly kind: 'peer'; readonly gateway: GatewayId; readonly attachment: string }
  | { readonly kind: 'site'; readonly site: Site }
  /** Something that was not read or is not modelled: any address may lie behind it. */
  | { readonly kind: 'unknown'; readonly text: string; readonly because: BlindSpotId };

export type TransitTable = {
  readonly id: string;
  readonly name: string;
  /** Longest prefix wins; among equal prefixes the earlier in this list. */
  readonly routes: readonly TransitRoute[];
  readonly at: SourceRef;
};

export type TransitRoute = {
  /** `undefined`: a route whose destinations could not be read; it may take any address. */
  readonly destination: Cidr | undefined;
  readonly target: TransitTarget;
  readonly at: SourceRef;
};

export type TransitTarget =
  /** One of several where there are equal ways. */
  | { readonly kind: 'attachments'; readonly attachments: readonly string[] }
  | { readonly kind: 'blackhole' }
  | { readonly kind: 'unknown'; readonly because: BlindSpotId };
