/** A string that names one kind of thing, so that two ids cannot take each other's place. */
export type Id<Kind extends string> = string & { readonly __kind: Kind };

export type EndpointId = Id<'endpoint'>;
export type HostId = Id<'host'>;
export type GroupId = Id<'group'>;
export type PolicyId = Id<'policy'>;
export type RuleId = Id<'rule'>;
export type NetworkId = Id<'network'>;
export type SubnetId = Id<'subnet'>;
export type RouteTableId = Id<'route-table'>;
export type GatewayId = Id<'gateway'>;
export type RelayId = Id<'relay'>;
export type FrontDoorId = Id<'front-door'>;
export type BlindSpotId = Id<'blind-spot'>;
/** A vendor's account (or subscription, or cluster). */
export type AccountId = Id<'account'>;

/** Brands a text as an id. The one place where a plain string becomes one; called by sources and tests. */
export function idOf<Kind extends string>(text: string): Id<Kind> {
  return text as Id<Kind>;
}
