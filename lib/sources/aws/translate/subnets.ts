import { IpSet } from '#netset';
import {
  idOf,
  type BlindSpotId,
  type NetworkId,
  type PolicyId,
  type Route,
  type RouteTableId,
  type SourceRef,
} from '#model';
import type { Associations } from './associations.ts';
import type { PublicAccessOf } from './block-public-access.ts';
import type { CallKey } from '../resources/index.ts';
import type { Draft } from './draft.ts';
import type { InterfaceRecord } from './interface-records.ts';
import { ensureNetwork, isAssociated } from './networks.ts';
import { unknownBorder, unknownRoute } from './placeholders.ts';
import { cidrsOf, type Place } from './place.ts';
import type { TableAssociations } from './route-tables.ts';
import type { RouteTargets } from './route-targets.ts';
import { nameTagOf, tagsOf } from './tags.ts';
import type { Item, Target } from './target.ts';
import { carries, vpcAttachments } from './transit-standing.ts';
import { zoneOf } from './zones.ts';

/** Who has which network ACL and which route table. */
export type Borders = {
  readonly acls: Associations<PolicyId>;
  readonly tables: TableAssociations;
  readonly targets: RouteTargets;
  readonly accessOf: PublicAccessOf;
};

/** A subnet before it is told what stands at its border. */
export type SubnetFacts = {
  readonly id: string;
  readonly network: NetworkId;
  readonly name: string;
  readonly cidrs: IpSet;
  readonly zone: string | undefined;
  readonly place: Place;
  readonly target: Target;
  /** Whether it stands in for a subnet that something names and that was not read. */
  readonly isStandIn?: true;
  /** Set where not even the id of the subnet is known. */
  readonly unread?: BlindSpotId;
};

/** The subnets, and stand-ins for those that only an interface, a NAT gateway or an attachment of a transit gateway names. */
export function readSubnets(draft: Draft, interfaces: Iterable<InterfaceRecord>): readonly SubnetFacts[] {
  const facts = new Map<string, SubnetFacts>();
  const records = [...interfaces];
  const networkOf = new Map(records.map((record) => [record.subnet, record.network]));
  const read = draft.distinct('DescribeSubnets');
  const hasZoneIds = [...read.values()].every(({ place }) => place.words('AvailabilityZoneId') !== '');
  for (const { id, place, target } of read.values()) {
    const network = idOf<'network'>(place.text('VpcId') ?? networkOf.get(id) ?? `unknown:network:${id}`);
    facts.set(id, {
      id,
      network,
      name: nameTagOf(tagsOf(place)) ?? id,
      cidrs: blocksOf(place),
      zone: zoneOf(place, hasZoneIds),
      place,
      target,
    });
  }
  const standIn = (
    id: string,
    network: string,
    { place, target }: Pick<Item, 'place' | 'target'>,
    unread?: BlindSpotId,
  ) => {
    if (facts.has(id)) return;
    const stand = {
      id,
      network: idOf<'network'>(network),
      name: id,
      cidrs: IpSet.NONE,
      zone: undefined,
      place,
      target,
      isStandIn: true,
    } as const;
    facts.set(id, unread === undefined ? stand : { ...stand, unread });
  };
  for (const record of records) standIn(record.subnet, record.network, record, record.subnetUnread);
  for (const item of draft.distinct('DescribeNatGateways').values()) {
    const subnet = item.place.text('SubnetId');
    const network = item.place.text('VpcId');
    if (subnet !== undefined && network !== undefined) standIn(subnet, network, item);
  }
  for (const item of vpcAttachments(draft).filter(carries)) {
    const network = item.place.text('VpcId');
    // where a network was not read, nothing hangs on the subnets that an attachment of it stands in
    if (network === undefined || !draft.homes.has(idOf<'network'>(network))) continue;
    for (const { value } of item.place.list('SubnetIds') ?? [])
      if (typeof value === 'string') standIn(value, network, item);
  }
  for (const { network, place, target } of facts.values()) ensureNetwork(draft, network, target, place);
  return [...facts.values()];
}

export function addSubnets(draft: Draft, borders: Borders, subnets: readonly SubnetFacts[]): void {
  for (const facts of subnets) addSubnet(draft, borders, facts);
}

function addSubnet(draft: Draft, borders: Borders, facts: SubnetFacts): void {
  const { id, network, name, cidrs, zone, place } = facts;
  const at = place.ref(id);
  const publicAccess = borders.accessOf(id, network);
  draft.subnets.set(idOf<'subnet'>(id), {
    id: idOf<'subnet'>(id),
    name,
    network,
    cidrs,
    policy: borders.acls.of(id) ?? addUnknownAcl(draft, facts, at),
    routeTable: tableOf(draft, borders.tables, facts) ?? addUnknownTable(draft, borders, facts, at),
    ...(zone === undefined ? {} : { zone }),
    ...(publicAccess !== undefined && { publicAccess }),
    at,
  });
}

/** Its own table, else the main one; `undefined` where it may have one of its own that was not read. */
function tableOf(
  draft: Draft,
  { explicit, main }: TableAssociations,
  facts: SubnetFacts,
): RouteTableId | undefined {
  const own = explicit.of(facts.id);
  if (own !== undefined) return own;
  const isCertain =
    facts.unread === undefined &&
    facts.target.unread('DescribeRouteTables') === undefined &&
    !draft.foreign.has(facts.network);
  return isCertain && !explicit.isContested(facts.id) ? main.of(facts.network) : undefined;
}

function addUnknownAcl(draft: Draft, facts: SubnetFacts, at: SourceRef): PolicyId {
  const id = idOf<'policy'>(`not-collected:acl:${facts.id}`);
  const because = whyMissing(draft, facts, 'DescribeNetworkAcls', 'network ACL');
  draft.policies.set(id, unknownBorder(id, because, at));
  return id;
}

/** A table that was not read may lead anywhere, also to whatever here sends packets on under an address of its own. */
function addUnknownTable(draft: Draft, borders: Borders, facts: SubnetFacts, at: SourceRef): RouteTableId {
  const id = idOf<'route-table'>(`not-collected:routes:${facts.id}`);
  const because = whyMissing(draft, facts, 'DescribeRouteTables', 'route table');
  const local = (draft.networks.get(facts.network)?.cidrs ?? IpSet.NONE)
    .toCidrs()
    .map((destination): Route => ({ destination, target: { kind: 'local' }, at }));
  const routes = [...local, unknownRoute(id, because, borders.targets.hopsIn(facts.network), at)];
  draft.routeTables.set(id, { id, name: id, network: facts.network, routes, at });
  return id;
}

function whyMissing(draft: Draft, facts: SubnetFacts, call: CallKey, thing: string): BlindSpotId {
  const { id, network, place, target } = facts;
  const known = facts.unread ?? target.unread(call) ?? draft.foreign.get(network);
  if (known !== undefined) return known;
  return draft.blindSpots.note(`dangling:${call}:${id}`, {
    code: 'dangling',
    effect: 'hides-ways',
    what: `no one ${thing} that was read belongs to subnet ${id}`,
    remedy: 'Collect the account again: something changed while it was read.',
    at: place.ref(id),
  });
}

function blocksOf(place: Place): IpSet {
  const primary = place.cidr('CidrBlock');
  const ipv6 = place
    .items('Ipv6CidrBlockAssociationSet')
    .filter((item) => isAssociated(item.child('Ipv6CidrBlockState').text('State')));
  return (primary === undefined ? IpSet.NONE : IpSet.of(primary)).union(cidrsOf(ipv6, 'Ipv6CidrBlock'));
}
