import type { TransitAttachment, TransitRoute, TransitVpcAttachment } from '../responses-transit.ts';
import type { Dice } from './dice.ts';
import type { Features } from './features.ts';
import { idOf } from './ids.ts';
import { isOf } from './layout.ts';
import type { SubnetPlan, Target, VpcPlan } from './layout.ts';
import { transitRoutes } from './transit-routes.ts';

/** A gateway of one Region, owned by the home account, with what is attached to it. */
export type GatewayPlan = {
  readonly id: string;
  readonly target: Target;
  readonly tables: readonly string[];
  readonly mayRefer: boolean;
  readonly ends: readonly EndPlan[];
};

export type EndPlan = {
  readonly id: string;
  readonly kind: 'vpc' | 'vpn' | 'peering';
  readonly resource: string;
  readonly state: string;
  readonly table: string | undefined;
  readonly vpc?: VpcPlan;
  readonly details?: Omit<TransitVpcAttachment, 'TransitGatewayId'>;
};

export type TransitPlan = {
  readonly gateways: readonly GatewayPlan[];
  readonly routes: ReadonlyMap<string, readonly TransitRoute[]>;
};

/** One gateway for each Region, sometimes two for one; most VPCs are attached to one of their Region. */
export function buildTransit(dice: Dice, features: Features, vpcs: readonly VpcPlan[]): TransitPlan {
  if (!features.transitGateways) return { gateways: [], routes: new Map() };
  const regions = [...new Set(vpcs.map((vpc) => vpc.target.region))];
  const homes = regions.flatMap((region) => {
    const own = dice.fork('region', region);
    const target = { account: '111122223333', region };
    const isDouble = features.transitPeering && regions.length === 1 && own.chance(0.3);
    return isDouble ? [target, target] : [target];
  });
  const bare = homes.map((target, number) => {
    const own = dice.fork('gateway', number);
    return {
      id: idOf('tgw', number),
      target,
      tables: own.chance(0.6)
        ? [idOf('tgw-rtb', number * 2)]
        : [idOf('tgw-rtb', number * 2), idOf('tgw-rtb', number * 2 + 1)],
      mayRefer: features.transitReferences && own.chance(0.75),
    };
  });
  const gateways = bare.map((gateway, number): GatewayPlan => {
    const own = dice.fork('ends', number);
    const tableFor = (label: string) =>
      own.fork('table', label).chance(0.03) ? undefined : own.fork('which', label).pickAny(gateway.tables);
    const attached = vpcs.filter(
      (vpc) => choice(dice, bare, vpc) === gateway && own.fork(vpc.id).chance(0.97),
    );
    const others = bare.filter((each) => each !== gateway);
    return {
      ...gateway,
      ends: [
        ...attached.map((vpc) => vpcEnd(own.fork('vpc', vpc.id), features, vpc, tableFor(vpc.id))),
        ...(features.transitSites && number === 0 ? [siteEnd(tableFor('site'))] : []),
        ...(features.transitPeering
          ? others.map((other) => peeringEnd(dice, gateway, other, tableFor(other.id)))
          : []),
      ],
    };
  });
  const routes = gateways.flatMap((gateway) =>
    gateway.tables.map(
      (table) => [table, transitRoutes(dice.fork('routes', table), gateway, gateways, vpcs)] as const,
    ),
  );
  return { gateways, routes: new Map(routes) };
}

type Bare = Omit<GatewayPlan, 'ends'>;

/** The one gateway of its Region that a VPC may be attached to. */
function choice(dice: Dice, gateways: readonly Bare[], vpc: VpcPlan): Bare | undefined {
  const near = gateways.filter(({ target }) => target.region === vpc.target.region);
  return dice.fork('choice', vpc.id).pickAny(near);
}

function vpcEnd(dice: Dice, features: Features, vpc: VpcPlan, table: string | undefined): EndPlan {
  const id = vpc.id.replace('vpc-', 'tgw-attach-');
  const state = dice.fork('state').chance(0.97) ? 'available' : dice.pick(['pendingAcceptance', 'deleted']);
  const yes = (label: string, odds: number) => (dice.fork(label).chance(odds) ? 'enable' : 'disable');
  return {
    id,
    kind: 'vpc',
    resource: vpc.id,
    state,
    table,
    vpc,
    details: {
      TransitGatewayAttachmentId: id,
      VpcId: vpc.id,
      VpcOwnerId: vpc.target.account,
      State: state,
      SubnetIds: attachmentSubnets(dice.fork('subnets'), vpc.subnets),
      Options: {
        SecurityGroupReferencingSupport: features.transitReferences ? yes('refer', 0.9) : 'disable',
        Ipv6Support: vpc.block6 === undefined ? 'disable' : yes('six', 0.9),
        ApplianceModeSupport: yes('appliance', 0.1),
      },
    },
  };
}

/** One subnet of each zone, and often not of every zone. */
function attachmentSubnets(dice: Dice, subnets: readonly SubnetPlan[]): string[] {
  const zones = dice.shuffled([...new Set(subnets.map((subnet) => subnet.zone))]);
  return zones.flatMap((zone, at) => {
    if (at > 0 && dice.chance(0.3)) return [];
    const near = subnets.filter((subnet) => subnet.zone === zone);
    return (dice.chance(0.7) ? near.at(-1) : dice.pickAny(near))?.id ?? [];
  });
}

function siteEnd(table: string | undefined): EndPlan {
  const id = idOf('tgw-attach', 0x517e);
  return { id, kind: 'vpn', resource: idOf('vpn', 0x517e), state: 'available', table };
}

/** Between two Regions one id serves both sides, within one each side has its own; each names the other gateway. */
function peeringEnd(dice: Dice, own: Bare, other: Bare, table: string | undefined): EndPlan {
  const both = [own.id, other.id].toSorted();
  const isWithin = own.target.region === other.target.region;
  const id = idOf('tgw-attach', 0x9ee7 + (isWithin ? both.indexOf(own.id) : 0));
  const state = dice.fork('peering', ...both).chance(0.94) ? 'available' : 'pendingAcceptance';
  return { id, kind: 'peering', resource: other.id, state, table };
}

/** The owner of a gateway and the owner of what is attached to it both list the attachment. */
export function describeAttachments(plan: TransitPlan, target: Target): TransitAttachment[] {
  return plan.gateways.flatMap((gateway) =>
    gateway.ends
      .filter(
        (end) => isOf(gateway.target, target) || (end.vpc !== undefined && isOf(end.vpc.target, target)),
      )
      .map((end) => ({
        TransitGatewayAttachmentId: end.id,
        TransitGatewayId: gateway.id,
        TransitGatewayOwnerId: gateway.target.account,
        ResourceOwnerId: end.vpc?.target.account ?? gateway.target.account,
        ResourceType: end.kind,
        ResourceId: end.resource,
        State: end.state,
        ...(end.table === undefined
          ? {}
          : { Association: { TransitGatewayRouteTableId: end.table, State: 'associated' } }),
      })),
  );
}

export function describeTransit(plan: TransitPlan, target: Target) {
  const own = plan.gateways.filter((gateway) => isOf(gateway.target, target));
  const seen = plan.gateways.filter(
    (gateway) =>
      own.includes(gateway) ||
      gateway.ends.some((end) => end.vpc !== undefined && isOf(end.vpc.target, target)),
  );
  return {
    DescribeTransitGateways: {
      TransitGateways: seen.map((gateway) => ({
        TransitGatewayId: gateway.id,
        OwnerId: gateway.target.account,
        State: 'available',
        Options: { SecurityGroupReferencingSupport: gateway.mayRefer ? 'enable' : 'disable' },
      })),
    },
    DescribeTransitGatewayAttachments: { TransitGatewayAttachments: describeAttachments(plan, target) },
    DescribeTransitGatewayVpcAttachments: {
      TransitGatewayVpcAttachments: plan.gateways.flatMap((gateway) =>
        gateway.ends.flatMap(({ details, vpc }) =>
          details === undefined || vpc === undefined || !(own.includes(gateway) || isOf(vpc.target, target))
            ? []
            : [{ ...details, TransitGatewayId: gateway.id }],
        ),
      ),
    },
    DescribeTransitGatewayRouteTables: {
      TransitGatewayRouteTables: own.flatMap((gateway) =>
        gateway.tables.map((id, at) => ({
          TransitGatewayRouteTableId: id,
          TransitGatewayId: gateway.id,
          State: 'available',
          DefaultAssociationRouteTable: at === 0,
          DefaultPropagationRouteTable: at === 0,
        })),
      ),
    },
    SearchTransitGatewayRoutes: Object.fromEntries(
      own.flatMap((gateway) =>
        gateway.tables.map((id) => [id, { Routes: plan.routes.get(id) ?? [] }] as const),
      ),
    ),
  };
}
