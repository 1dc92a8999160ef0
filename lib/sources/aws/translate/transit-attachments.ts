import type { Family } from '#netset';
import {
  idOf,
  type AttachedTo,
  type Attachment,
  type BlindSpotId,
  type NetworkId,
  type SubnetId,
  type TransitTable,
} from '#model';
import { quote } from './blind-spots.ts';
import type { Draft } from './draft.ts';
import { nameOf } from './gateways.ts';
import { sharesGroups } from './group-support.ts';
import { siteBehind, vpnsAt } from './sites.ts';
import type { Place } from './place.ts';
import type { SubnetFacts } from './subnets.ts';
import type { Item } from './target.ts';
import type { TransitRecord } from './transit-records.ts';
import { carries, vpcAttachments } from './transit-standing.ts';

/** Kinds of attachments whose far end lies outside AWS. */
const SITES: ReadonlySet<string> = new Set([
  'vpn',
  'vpn-concentrator',
  'client-vpn',
  'direct-connect-gateway',
  'connect',
]);

export type TransitReader = {
  readonly draft: Draft;
  readonly subnets: readonly SubnetFacts[];
  /** The gateways whose tables are known, with the ids of their attachments and of what each is attached to. */
  readonly known: ReadonlyMap<string, ReadonlyMap<string, string | undefined>>;
};

/** The attachments of a gateway that carry anything. */
export function attachmentsOf(record: TransitRecord, reader: TransitReader): ReadonlyMap<string, Attachment> {
  const attachments = new Map<string, Attachment>();
  for (const [id, item] of record.attachments) {
    if (!carries(item)) continue;
    attachments.set(id, {
      id,
      name: nameOf(item),
      to: attachedTo(id, item, record, reader),
      ...tableOf(item, record),
      at: item.place.ref(id),
    });
  }
  const missing = record.home?.unread('DescribeTransitGatewayAttachments');
  if (missing !== undefined) {
    const to = { kind: 'unknown', text: 'attachments that were not read', because: missing } as const;
    const { at } = { at: record.item.place.ref(record.id) };
    attachments.set('', { id: '', name: '', to, table: undefined, tableUnread: missing, at });
  }
  return attachments;
}

/** The attachments, none with a table that was not read without saying so. */
export function withKnownTables(
  attachments: ReadonlyMap<string, Attachment>,
  tables: ReadonlyMap<string, TransitTable>,
  { id: gateway, home, item }: TransitRecord,
  draft: Draft,
): ReadonlyMap<string, Attachment> {
  return new Map(
    [...attachments].map(([id, attachment]): [string, Attachment] => {
      const { table } = attachment;
      if (table === undefined || tables.has(table)) return [id, attachment];
      const tableUnread =
        home?.unread('DescribeTransitGatewayRouteTables') ??
        draft.blindSpots.note(`dangling:${table}`, {
          code: 'dangling',
          effect: 'hides-ways',
          what: `${table} decides what ${id} brings to ${gateway}, but was not among the tables that were read`,
          remedy: 'Collect the account that owns the gateway again.',
          at: item.place.ref(table),
        });
      return [id, { ...attachment, table: undefined, tableUnread }];
    }),
  );
}

/** The table that looks up what comes in by the attachment. Without an association nothing does. */
function tableOf(item: Item, record: TransitRecord): Pick<Attachment, 'table' | 'tableUnread'> {
  const { place, target } = item;
  const association = place.child('Association');
  const table = association.text('TransitGatewayRouteTableId');
  const state = association.text('State')?.toLowerCase();
  if (table !== undefined && (state === undefined || state === 'associated')) return { table };
  const isOdd =
    (place.has('Association') && !association.isObject) ||
    (table === undefined && association.has('TransitGatewayRouteTableId')) ||
    association.has('TransitGatewayPolicyTableId');
  if (isOdd)
    return { table: undefined, tableUnread: place.odd('Association', 'an association with a route table') };
  // whom the gateway is shared with, and the record of a VPC attachment, do not tell of the association
  const isTold = target === record.home && place.has('ResourceType');
  return isTold || association.isObject
    ? { table: undefined }
    : { table: undefined, tableUnread: record.unread ?? notTold(item, record) };
}

function notTold({ id, place, target }: Item, { home }: TransitRecord): BlindSpotId {
  return (
    (home ?? target).unread('DescribeTransitGatewayAttachments') ??
    place.odd('Association', `the association of ${id}`)
  );
}

function attachedTo(id: string, item: Item, record: TransitRecord, reader: TransitReader): AttachedTo {
  const { place } = item;
  const type = place.has('ResourceType') ? place.text('ResourceType')?.toLowerCase() : 'vpc';
  if (type === 'vpc') return toNetwork(id, item, record, reader);
  const far = place.text('ResourceId');
  if (type !== undefined && SITES.has(type)) {
    const by = [id, ...(far === undefined ? [] : [far, ...vpnsAt(reader.draft, 'VpnConnectionId', far)])];
    return { kind: 'site', site: siteBehind(reader.draft, record.id, true, by, record.item.place) };
  }
  if (type === 'peering' || type === 'tgw-peering') {
    const side = far === undefined ? undefined : farSide(reader.known.get(far), id, record.id);
    if (far !== undefined && side !== undefined)
      return { kind: 'peer', gateway: idOf<'gateway'>(far), attachment: side };
    return {
      kind: 'unknown',
      text: `the peer ${far ?? 'gateway'}`,
      because: peerUnread(far ?? id, item, reader.draft),
    };
  }
  const because = reader.draft.blindSpots.note(`route-not-modelled:${id}`, {
    code: 'route-not-modelled',
    effect: 'hides-ways',
    what: `what ${id}, an attachment of type ${quote(type)} of ${record.id}, does with packets is not modelled`,
    remedy: '',
    at: place.ref(id),
  });
  return { kind: 'unknown', text: id, because };
}

/**
 * The other side of a peering. Both have one id where they lie in two Regions; within one Region each may have its own, and then it is
 * the only one there that names this gateway.
 */
function farSide(
  sides: ReadonlyMap<string, string | undefined> | undefined,
  id: string,
  gateway: string,
): string | undefined {
  if (sides?.has(id) === true) return id;
  const naming = [...(sides ?? [])].filter(([, far]) => far === gateway);
  return naming.length === 1 ? naming[0]?.[0] : undefined;
}

function peerUnread(far: string, { place }: Item, draft: Draft): BlindSpotId {
  const side = peerSide(draft, place.raw('TransitGatewayAttachmentId'), far);
  const owner = side?.text('OwnerId') ?? place.words('ResourceOwnerId');
  const region = side?.words('Region') ?? '';
  const where = [owner && ` of account ${owner}`, region && ` in ${region}`].join('');
  return draft.blindSpots.note(`account-not-collected:transit-gateway:${far}`, {
    code: 'account-not-collected',
    effect: 'hides-ways',
    what: `where ${far}${where}, a peer of ${place.words('TransitGatewayId')}, passes packets on is not known: its tables were not collected`,
    remedy: `Collect ${owner === '' ? 'the account' : `account ${owner}`} ${region === '' ? `and the Region of ${far}` : `in ${region}`} together with this one.`,
    at: place.ref(far),
  });
}

/** What the record of a peering tells of the gateway at its far end, which may stand in another Region. */
function peerSide(draft: Draft, attachment: unknown, far: string): Place | undefined {
  const call = 'DescribeTransitGatewayPeeringAttachments';
  return draft.targets
    .flatMap((target) => (target.has(call) ? target.items(call) : []))
    .filter(({ place }) =>
      ['TransitGatewayAttachmentId', 'AccepterTransitGatewayAttachmentId'].some(
        (member) => place.raw(member) === attachment,
      ),
    )
    .flatMap(({ place }) => [place.child('RequesterTgwInfo'), place.child('AccepterTgwInfo')])
    .find((side) => side.raw('TransitGatewayId') === far);
}

function toNetwork(
  id: string,
  item: Item,
  record: TransitRecord,
  { draft, subnets }: TransitReader,
): AttachedTo {
  const { place, target } = item;
  const vpc = place.text('ResourceId') ?? place.text('VpcId');
  const network = vpc === undefined ? undefined : idOf<'network'>(vpc);
  if (network === undefined || !draft.networks.has(network) || !draft.homes.has(network)) {
    const owner = place.text('ResourceOwnerId') ?? place.text('VpcOwnerId') ?? target.account;
    const because =
      vpc !== undefined && draft.isCollected(owner, target.region)
        ? dangling(draft, vpc, item)
        : draft.accountNotCollected(owner, target.region);
    return { kind: 'unknown', text: vpc ?? id, because };
  }
  const own = subnets.filter((each) => each.network === network);
  const details = vpcAttachments(draft).find(({ place }) => place.raw('TransitGatewayAttachmentId') === id);
  const listed = details?.place.list('SubnetIds')?.map(({ value }) => value);
  const stands = own.filter((each) => listed?.includes(each.id) === true && each.isStandIn !== true);
  const isWhole = listed !== undefined && listed.length > 0 && stands.length === listed.length;
  const options = details?.place.child('Options');
  const on = (member: string): boolean => options?.text(member)?.toLowerCase() === 'enable';
  const unreadHere = (): BlindSpotId => subnetsUnread(id, item, details, draft, network);
  // it decides what is announced, and filters nothing
  // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTransitGatewayVpcAttachmentRequestOptions.html
  const announces: readonly Family[] =
    options === undefined || !options.isObject || on('Ipv6Support') ? [4, 6] : [4];
  const ids = (facts: readonly SubnetFacts[]): SubnetId[] => facts.map((each) => idOf<'subnet'>(each.id));
  const gatewayShares = sharesGroups(record.item.place);
  const shares = details === undefined ? unreadHere() : sharesGroups(details.place);
  const groupsUnread = [gatewayShares, shares].find((each) => typeof each === 'string');
  return {
    kind: 'network',
    network,
    subnets: ids(isWhole ? stands : own),
    announces,
    keepsZone: isWhole && !on('ApplianceModeSupport'),
    sharesGroups: gatewayShares === true && shares === true,
    ...(groupsUnread === undefined || gatewayShares === false || shares === false ? {} : { groupsUnread }),
    ...(isWhole ? {} : { zonesUnread: unreadHere() }),
    ...parentsUnread(own, draft, network),
  };
}

function subnetsUnread(
  id: string,
  item: Item,
  details: Item | undefined,
  draft: Draft,
  network: NetworkId,
): BlindSpotId {
  const home = draft.homes.get(network) ?? item.target;
  if (details !== undefined)
    return home.unread('DescribeSubnets') ?? details.place.odd('SubnetIds', 'subnets that were read');
  return home.unread('DescribeTransitGatewayVpcAttachments') ?? dangling(draft, id, item);
}

/** Subnets of Local Zones get to a gateway through a parent zone, which is not read. */
function parentsUnread(
  subnets: readonly SubnetFacts[],
  draft: Draft,
  network: NetworkId,
): { readonly parentsUnread?: BlindSpotId } {
  const without = subnets.find(({ zone }) => zone === undefined);
  if (without === undefined) return {};
  return {
    parentsUnread: draft.blindSpots.note(`not-collected:zones:${network}`, {
      code: 'not-collected',
      effect: 'hides-ways',
      what: `in which Availability Zone some subnets of ${network} lie, such as ${without.id}, or which is the parent of their Local Zone, was not read: whether they get to a transit gateway is not known`,
      remedy: '',
      at: without.place.ref(without.id),
    }),
  };
}

function dangling(draft: Draft, id: string, { place }: Item): BlindSpotId {
  return draft.blindSpots.note(`dangling:${id}`, {
    code: 'dangling',
    effect: 'hides-ways',
    what: `${id} is named by a transit gateway's attachment but was not among what was read`,
    remedy: 'Collect the account again, and with it the account that owns the VPC if it is shared.',
    at: place.ref(id),
  });
}
