import { isWithin, parseBlock } from './address.ts';
import type { Address, Block } from './address.ts';
import type { Account } from './responses.ts';
import type { TransitRoute } from './responses-transit.ts';

/** One end of a transit gateway: a source and a destination of packets. */
export type Attachment = {
  readonly id: string;
  readonly gateway: string;
  readonly kind: string;
  /** The VPC, the VPN connection, or the other gateway of a peering. */
  readonly resource: string;
  /** The table that packets which come in here are looked up in; none drops them. */
  readonly table: string | undefined;
  /** Of a VPC's: at most one in each zone. Undefined where they were not read. */
  readonly subnets: readonly string[] | undefined;
  readonly isApplianceMode: boolean;
  readonly refers: boolean;
};

/** Where a transit gateway hands a packet over, and by which gateways it came so far. */
export type Handover =
  | { readonly kind: 'attachment'; readonly attachment: Attachment; readonly by: readonly string[] }
  | { readonly kind: 'drop'; readonly why: string }
  | { readonly kind: 'unknown'; readonly why: string };

export type Transit = {
  readonly attachments: readonly Attachment[];
  readonly tables: ReadonlyMap<string, readonly TransitHop[]>;
  /** Gateways that let group rules name groups across them (SG9). */
  readonly referring: ReadonlySet<string>;
};

type TransitHop = {
  readonly block: Block;
  readonly rank: number;
  readonly isBlackhole: boolean;
  readonly to: readonly string[];
};

export function readTransit(accounts: readonly Account[]): Transit {
  const vpcSides = new Map(
    accounts
      .flatMap((account) => account.DescribeTransitGatewayVpcAttachments?.TransitGatewayVpcAttachments ?? [])
      .map((each) => [each.TransitGatewayAttachmentId, each]),
  );
  const attachments = new Map<string, Attachment>();
  for (const raw of accounts.flatMap(
    (account) => account.DescribeTransitGatewayAttachments?.TransitGatewayAttachments ?? [],
  )) {
    if (raw.State !== 'available') continue;
    const key = `${raw.TransitGatewayAttachmentId} ${raw.TransitGatewayId}`;
    const side = vpcSides.get(raw.TransitGatewayAttachmentId);
    const association = raw.Association?.State === 'associated' ? raw.Association : undefined;
    attachments.set(key, {
      id: raw.TransitGatewayAttachmentId,
      gateway: raw.TransitGatewayId,
      kind: raw.ResourceType,
      resource: raw.ResourceId,
      // The gateway's owner and the attachment's both list it
      table: association?.TransitGatewayRouteTableId ?? attachments.get(key)?.table,
      subnets: side?.SubnetIds,
      isApplianceMode: side?.Options.ApplianceModeSupport === 'enable',
      refers: side?.Options.SecurityGroupReferencingSupport === 'enable',
    });
  }
  const tables = accounts.flatMap((account) => Object.entries(account.SearchTransitGatewayRoutes ?? {}));
  return {
    attachments: [...attachments.values()],
    tables: new Map(tables.map(([id, { Routes }]) => [id, Routes.flatMap(readRoute)])),
    referring: new Set(
      accounts
        .flatMap((account) => account.DescribeTransitGateways?.TransitGateways ?? [])
        .filter(({ Options }) => Options.SecurityGroupReferencingSupport === 'enable')
        .map(({ TransitGatewayId }) => TransitGatewayId),
    ),
  };
}

/**
 * Where packets that come in by an attachment leave again, one entry for each choice that AWS has.
 *
 * The table is that of the attachment they come in by, the route the longest prefix that matches; a peering
 * goes on in the table of its other end.
 * https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html
 */
export function handOver(
  transit: Transit,
  from: Attachment,
  to: Address,
  by: readonly string[] = [],
): Handover[] {
  if (by.includes(from.gateway)) return [{ kind: 'drop', why: 'transit gateways in a circle' }];
  const passed = [...by, from.gateway];
  if (from.table === undefined) return [{ kind: 'drop', why: 'the attachment has no route table' }];
  const table = transit.tables.get(from.table);
  if (table === undefined) return [{ kind: 'unknown', why: 'a transit gateway table that was not read' }];
  const route = routeTo(table, to);
  if (route === undefined) return [{ kind: 'drop', why: 'no route in the transit gateway' }];
  if (route.isBlackhole) return [{ kind: 'drop', why: 'blackhole in the transit gateway' }]; // RT13
  return route.to.flatMap((id) => {
    const next = transit.attachments.find((each) => each.id === id && each.gateway === from.gateway);
    // A route to what is not there any more, or belongs to an account that was not read
    if (next === undefined) return [{ kind: 'unknown', why: 'an attachment that is not listed' }];
    if (next.kind !== 'peering') {
      if (next === from && next.kind === 'vpn')
        return [{ kind: 'drop', why: 'back to the site it came from' }];
      return [{ kind: 'attachment', attachment: next, by: passed }];
    }
    const other = otherSide(transit, next);
    if (other === undefined) return [{ kind: 'unknown', why: 'a transit gateway that was not read' }];
    return handOver(transit, other, to, passed);
  });
}

/** SG9: one gateway, which allows it, as both attachments do. */
export function mayReferThrough(
  transit: Transit,
  by: readonly string[],
  ends: readonly Attachment[],
): boolean {
  return by.length === 1 && by.every((id) => transit.referring.has(id)) && ends.every(({ refers }) => refers);
}

/** A peering is one attachment of each gateway, and each names the other gateway. */
function otherSide(transit: Transit, side: Attachment): Attachment | undefined {
  return transit.attachments.find(
    (each) => each.kind === 'peering' && each.gateway === side.resource && each.resource === side.gateway,
  );
}

/**
 * The order for equal prefixes; a static route, even a blackhole, wins over what attachments announce.
 * https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html#tgw-route-evaluation-overview
 */
const RANK: Readonly<Record<string, number>> = { vpc: 2, 'direct-connect-gateway': 3, connect: 4, vpn: 5 };

function readRoute(route: TransitRoute): TransitHop[] {
  const block = parseBlock(route.DestinationCidrBlock);
  if (block === undefined) return [];
  const ends = route.TransitGatewayAttachments ?? [];
  const announced = RANK[ends[0]?.ResourceType ?? ''] ?? 6;
  const isStatic = route.Type === 'static';
  return [
    {
      block,
      rank: isStatic ? (route.PrefixListId === undefined ? 0 : 1) : announced,
      isBlackhole: route.State === 'blackhole',
      to: ends.map((each) => each.TransitGatewayAttachmentId),
    },
  ];
}

/** Equal routes of one rank share the packets out among all their attachments. */
function routeTo(table: readonly TransitHop[], to: Address): TransitHop | undefined {
  const matches = table.filter(({ block }) => isWithin(to, block));
  const length = Math.max(...matches.map(({ block }) => block.length));
  const longest = matches.filter(({ block }) => block.length === length);
  const rank = Math.min(...longest.map((hop) => hop.rank));
  const best = longest.filter((hop) => hop.rank === rank);
  const first = best[0];
  if (first === undefined) return undefined;
  const alive = best.filter((hop) => !hop.isBlackhole);
  return { ...first, isBlackhole: alive.length === 0, to: alive.flatMap((hop) => hop.to) };
}
