import { blockOf, formatBlock, overlap } from '../address.ts';
import type { Block } from '../address.ts';
import type { NatGateway, PeeringConnection, Route, RouteTable } from '../responses.ts';
import type { Dice } from './dice.ts';
import type { Edges } from './edges.ts';
import { s3List } from './edges.ts';
import { idOf } from './ids.ts';
import type { SubnetPlan, VpcPlan } from './layout.ts';
import type { ListPlan } from './lists.ts';
import { PUBLIC_RANGES, SITE_BLOCKS } from './picks.ts';
import type { Material } from './picks.ts';
import type { SitePlan } from './sites.ts';
import type { TransitPlan } from './transit.ts';

/** What the routes of one VPC may point at. */
type Surroundings = {
  readonly material: Material;
  readonly edges: Edges;
  readonly nats: readonly NatGateway[];
  readonly lists: readonly ListPlan[];
  readonly transit: TransitPlan;
  readonly sites: readonly SitePlan[];
};

/** A main table for each VPC and up to two others; each subnet has its own, or the main one by default. */
export function buildTables(dice: Dice, surroundings: Surroundings): RouteTable[] {
  const { features, vpcs } = surroundings.material;
  return vpcs.flatMap((vpc, at) => {
    const own = dice.fork(vpc.id);
    const count = features.explicitTables ? own.pick([1, 2, 2, 2, 3]) : 1;
    const ids = Array.from({ length: count }, (_, number) => idOf('rtb', at * 10 + number));
    const hasNat = (subnet: string) => surroundings.nats.some((nat) => nat.SubnetId === subnet);
    // NAT gateways mostly have a table that their clients do not share; the main one needs no association
    const tableOf = (subnet: string): string | undefined => {
      const use = own.fork('use', subnet);
      const isApart = vpc.subnets.some((each) => hasNat(each.id)) && use.fork('apart').chance(0.8);
      if (!isApart) return use.pickAny(ids);
      return hasNat(subnet) ? ids.at(-1) : use.pickAny(ids.slice(0, -1));
    };
    return ids.map((id, number) => ({
      RouteTableId: id,
      VpcId: vpc.id,
      OwnerId: vpc.target.account,
      Associations: [
        ...(number === 0 ? [association(id, undefined, 'associated')] : []),
        ...vpc.subnets
          .filter(
            (subnet) => tableOf(subnet.id) === id && (number > 0 || own.fork('said', subnet.id).chance(0.3)),
          )
          .map((subnet) =>
            association(id, subnet.id, own.fork('failed', subnet.id).chance(0.06) ? 'failed' : 'associated'),
          ),
      ],
      PropagatingVgws: announces(surroundings, vpc) ? [{ GatewayId: idOf('vgw', at) }] : [],
      Routes: routesOf(own.fork('routes', id), surroundings, {
        vpc,
        vgw: idOf('vgw', at),
        isNats: vpc.subnets.some((subnet) => hasNat(subnet.id) && tableOf(subnet.id) === id),
        others: vpc.subnets.filter((subnet) => tableOf(subnet.id) !== id),
      }),
    }));
  });
}

/** Only a gateway that is attached announces anything. */
function announces({ material, sites }: Surroundings, vpc: VpcPlan): boolean {
  return material.features.propagatedRoutes || sites.some((site) => site.vpc === vpc && site.isUsable);
}

function association(table: string, subnet: string | undefined, state: string) {
  return {
    RouteTableAssociationId: (subnet ?? table).replace(/^\w+-/, 'rtbassoc-'),
    RouteTableId: table,
    Main: subnet === undefined,
    ...(subnet === undefined ? {} : { SubnetId: subnet }),
    AssociationState: { State: state },
  };
}

/** `isNats`: a NAT gateway's subnet uses the table, so that it should rather lead out than to a NAT gateway. */
type Owner = {
  readonly vpc: VpcPlan;
  readonly vgw: string;
  readonly isNats: boolean;
  /** The subnets that use another table. */
  readonly others: readonly SubnetPlan[];
};

/** No two static routes of a table have the same destination. */
function routesOf(dice: Dice, surroundings: Surroundings, owner: Owner): Route[] {
  const { vpc } = owner;
  const { features } = surroundings.material;
  const routes = new Map<string, Route>();
  const add = (destination: string, target: Partial<Route> | undefined) => {
    if (target === undefined || routes.has(destination)) return;
    routes.set(destination, {
      ...keyFor(destination),
      ...target,
      Origin: 'CreateRoute',
      State: target.State ?? 'active',
    });
  };
  for (const block of [...vpc.blocks, ...(vpc.block6 === undefined ? [] : [vpc.block6])])
    routes.set(formatBlock(block), {
      ...keyFor(formatBlock(block)),
      GatewayId: 'local',
      Origin: 'CreateRouteTable',
      State: 'active',
    });
  const isWide = dice.fork('wide').chance(0.8);
  if (isWide) addTransit(dice.fork('transit'), surroundings, owner, add);
  addTypedSites(dice.fork('typed'), surroundings, owner, add);
  add('0.0.0.0/0', way4(dice.fork('default'), surroundings, owner));
  if (vpc.block6 !== undefined) add('::/0', way6(dice.fork('default6'), surroundings, vpc));
  addPeered(dice.fork('peered'), surroundings, owner, add);
  if (!isWide) addTransit(dice.fork('transit'), surroundings, owner, add);
  if (features.moreSpecificRoutes) addSpecific(dice.fork('specific'), surroundings, owner, add);
  if (features.appliances) addAppliance(dice.fork('appliance'), surroundings, owner, add);
  addLists(dice.fork('lists'), surroundings, vpc, add);
  const statics = [...routes.values()];
  return [
    ...(features.propagatedRoutes ? propagated(dice.fork('vgw'), statics, owner) : []),
    ...learntSites(dice.fork('learnt'), surroundings, owner),
    ...statics,
  ];
}

type Add = (destination: string, target: Partial<Route> | undefined) => void;

function keyFor(destination: string) {
  if (destination.startsWith('pl-')) return { DestinationPrefixListId: destination };
  return destination.includes(':')
    ? { DestinationIpv6CidrBlock: destination }
    : { DestinationCidrBlock: destination };
}

/** In percent: a default route to an internet gateway, and one to a NAT gateway. */
const MIXED = { nats: [75, 5], clients: [25, 60] } as const;
const TRANSLATED = { nats: [95, 0], clients: [5, 90] } as const;

function way4(dice: Dice, surroundings: Surroundings, { vpc, isNats }: Owner): Partial<Route> | undefined {
  const hasNat = surroundings.nats.some((each) => each.VpcId === vpc.id);
  const odds = surroundings.material.translated ? TRANSLATED : MIXED;
  const [out, translated] = !hasNat ? [70, 0] : isNats ? odds.nats : odds.clients;
  const kind = dice.below(100);
  if (kind < out) return internet(dice, surroundings.edges, vpc);
  if (kind < out + translated) return nat(dice, surroundings.nats, vpc);
  if (kind < 92) return { NetworkInterfaceId: idOf('eni', 0xdead), State: 'blackhole' };
  return undefined;
}

function way6(dice: Dice, surroundings: Surroundings, vpc: VpcPlan): Partial<Route> | undefined {
  const kind = dice.below(100);
  if (kind < 55) return internet(dice, surroundings.edges, vpc);
  const gateway = surroundings.edges.egressOnly.find((each) => each.plannedFor === vpc.id);
  if (kind >= 90 || gateway === undefined) return undefined;
  return {
    EgressOnlyInternetGatewayId: gateway.EgressOnlyInternetGatewayId,
    State: stateFor(dice, gateway.Attachments.length > 0),
  };
}

/** A route becomes a blackhole some time after its target is gone, and comes to life some time after it is back. */
function stateFor(dice: Dice, isUsable: boolean): string {
  return dice.chance(isUsable ? 0.03 : 0.6) ? 'blackhole' : 'active';
}

function internet(dice: Dice, edges: Edges, vpc: VpcPlan): Partial<Route> | undefined {
  const own = edges.internet.find((each) => each.plannedFor === vpc.id);
  if (own === undefined) {
    const other = dice.pickAny(edges.internet);
    return other && { GatewayId: other.InternetGatewayId, State: 'blackhole' };
  }
  const isUsable = own.Attachments.some((attachment) => attachment.State === 'available');
  return { GatewayId: own.InternetGatewayId, State: stateFor(dice, isUsable) };
}

function nat(dice: Dice, nats: readonly NatGateway[], vpc: VpcPlan): Partial<Route> | undefined {
  const own = dice.pickAny(nats.filter((each) => each.VpcId === vpc.id));
  if (own === undefined) return undefined;
  return { NatGatewayId: own.NatGatewayId, State: stateFor(dice, own.State === 'available') };
}

function peered(dice: Dice, peering: PeeringConnection): Partial<Route> {
  return {
    VpcPeeringConnectionId: peering.VpcPeeringConnectionId,
    State: stateFor(dice, peering.Status.Code === 'active'),
  };
}

/** Routes to the other VPC, to a part of it, and at times to a third VPC that a peering never reaches (RT8). */
function addPeered(
  dice: Dice,
  { material, edges, nats }: Surroundings,
  { vpc, isNats }: Owner,
  add: Add,
): void {
  for (const peering of edges.peerings) {
    const sides = [peering.RequesterVpcInfo.VpcId, peering.AccepterVpcInfo.VpcId];
    if (!sides.includes(vpc.id)) continue;
    const own = dice.fork(peering.VpcPeeringConnectionId);
    const others = material.vpcs.filter((each) => each.id !== vpc.id);
    const other = others.find((each) => sides.includes(each.id));
    const aim = own.chance(0.12) ? own.pickAny(others) : other;
    if (aim === undefined || own.chance(0.12)) continue;
    for (const block of destinationsIn(own, material, aim)) {
      if (vpc.blocks.some((each) => overlap(each, block))) continue;
      // A private NAT gateway may stand before the peering (RT6)
      const through = !isNats && own.chance(0.4) ? nat(own, nats, vpc) : undefined;
      add(formatBlock(block), block.family === 4 && through !== undefined ? through : peered(own, peering));
    }
  }
}

function destinationsIn(dice: Dice, material: Material, vpc: VpcPlan): Block[] {
  const whole = [...vpc.blocks, ...(vpc.block6 === undefined ? [] : [vpc.block6])];
  if (dice.chance(0.7)) return whole;
  const subnets = vpc.subnets.flatMap((subnet) => [subnet.block, subnet.block6 ?? []].flat());
  const held = material.addresses.filter((address) =>
    subnets.some(
      (block) => block.family === address.family && address.bits >= block.first && address.bits <= block.last,
    ),
  );
  const one = dice.pickAny(held);
  const alone = one && {
    family: one.family,
    first: one.bits,
    last: one.bits,
    length: one.family === 4 ? 32 : 128,
  };
  return [...dice.some(subnets, 0.6), ...(alone === undefined ? [] : [alone])];
}

/** Public ranges by another gateway than the rest, and whole subnets of the own VPC through a middlebox. */
function addSpecific(dice: Dice, surroundings: Surroundings, owner: Owner, add: Add): void {
  const { vpc, isNats, others } = owner;
  if (dice.chance(0.35)) add(dice.pick(PUBLIC_RANGES[4]), way4(dice, surroundings, owner));
  if (vpc.block6 !== undefined && dice.chance(0.25))
    add(dice.pick(PUBLIC_RANGES[6]), way6(dice, surroundings, vpc));
  const subnet = dice.pickAny(dice.chance(0.8) && others.length > 0 ? others : vpc.subnets);
  const hasNat = surroundings.nats.some((each) => each.VpcId === vpc.id);
  if (subnet === undefined || !dice.chance(hasNat && !isNats ? 0.75 : 0.25)) return;
  const gone = { NetworkInterfaceId: idOf('eni', 0xdead), State: 'blackhole' };
  add(formatBlock(subnet.block), dice.chance(0.75) ? nat(dice, surroundings.nats, vpc) : gone);
  if (subnet.block6 !== undefined && dice.chance(0.3)) add(formatBlock(subnet.block6), gone);
}

function addLists(dice: Dice, surroundings: Surroundings, vpc: VpcPlan, add: Add): void {
  const { material, edges, nats, lists } = surroundings;
  const endpoint = edges.endpoints.find((each) => each.VpcId === vpc.id);
  if (endpoint !== undefined && dice.chance(0.7))
    add(s3List(vpc.target.region), { GatewayId: endpoint.VpcEndpointId });
  const list6 = lists.find(
    (each) => each.use === 'routes' && each.family === 6 && each.target === vpc.target,
  );
  if (list6 !== undefined && vpc.block6 !== undefined && dice.fork('six').chance(0.3))
    add(list6.list.PrefixListId, way6(dice.fork('way6'), surroundings, vpc));
  const list = lists.find((each) => each.use === 'routes' && each.family === 4 && each.target === vpc.target);
  if (!material.features.prefixListRoutes || list === undefined || !dice.chance(0.4)) return;
  // Within the VPC's own CIDRs only whole subnets may be routed elsewhere
  const isOutside = !list.entries.Entries.some(({ Cidr }) =>
    vpc.blocks.some((block) => overlap(block, blockOf(Cidr))),
  );
  if (!isOutside) return;
  const peering = edges.peerings.find((each) =>
    [each.RequesterVpcInfo.VpcId, each.AccepterVpcInfo.VpcId].includes(vpc.id),
  );
  const target =
    peering !== undefined && dice.chance(0.4)
      ? peered(dice, peering)
      : dice.chance(0.5)
        ? internet(dice, edges, vpc)
        : nat(dice, nats, vpc);
  add(list.list.PrefixListId, target);
}

/** Another subnet, or the internet, through a host: one that forwards, or one that drops what is not its own. */
function addAppliance(dice: Dice, { material }: Surroundings, { vpc, others }: Owner, add: Add): void {
  const host = dice.pickAny(material.hosts.filter(({ vpcId }) => vpcId === vpc.id));
  if (host === undefined || !dice.chance(0.5)) return;
  const over = { NetworkInterfaceId: host.id, State: stateFor(dice, true) };
  const subnet = dice.pickAny(others);
  if (subnet !== undefined && dice.chance(0.6)) add(formatBlock(subnet.block), over);
  else add(dice.pick(PUBLIC_RANGES[4]), over);
}

/** Each repeats the destination of a static route, or lies within a local one, and so loses to it (RT2). */
function propagated(dice: Dice, statics: readonly Route[], { vpc, vgw }: Owner): Route[] {
  const repeated = statics
    .filter((route) => route.GatewayId !== 'local')
    .flatMap((route) => route.DestinationCidrBlock ?? []);
  const inner = vpc.subnets.map((subnet) => formatBlock(subnet.block));
  const free = inner.filter((block) => !repeated.includes(block));
  return dice.some([...repeated, ...free], 0.4).map((DestinationCidrBlock) => ({
    DestinationCidrBlock,
    GatewayId: vgw,
    Origin: 'EnableVgwRoutePropagation',
    State: 'active',
  }));
}

/** To the other VPCs and the sites by the transit gateway, or to everywhere. */
function addTransit(dice: Dice, { material, transit }: Surroundings, { vpc, isNats }: Owner, add: Add): void {
  const gateway = transit.gateways.find(({ ends }) => ends.some((end) => end.resource === vpc.id));
  const end = gateway?.ends.find(({ resource }) => resource === vpc.id);
  if (gateway === undefined || end === undefined) return;
  const over = (own: Dice) => ({
    TransitGatewayId: gateway.id,
    // AWS takes no route to a transit gateway to which the VPC is not attached
    State: end.state === 'available' ? stateFor(own, true) : 'blackhole',
  });
  for (const other of material.vpcs.filter((each) => each.id !== vpc.id)) {
    const own = dice.fork(other.id);
    if (own.chance(0.05)) continue;
    for (const block of destinationsIn(own, material, other))
      if (!vpc.blocks.some((each) => overlap(each, block))) add(formatBlock(block), over(own));
  }
  if (gateway.ends.some(({ kind }) => kind === 'vpn'))
    for (const block of dice.fork('sites').some(SITE_BLOCKS, 0.7)) add(formatBlock(block), over(dice));
  if (!isNats && dice.fork('default').chance(0.35)) add('0.0.0.0/0', over(dice.fork('state')));
}

/** Routes to a site that somebody wrote, and so say nothing of what the site has. */
function addTypedSites(dice: Dice, { sites }: Surroundings, { vpc }: Owner, add: Add): void {
  const site = sites.find((each) => each.vpc === vpc);
  if (site === undefined || !dice.chance(0.25)) return;
  const block = dice.pickAny(SITE_BLOCKS);
  if (block === undefined) return;
  add(formatBlock(block), {
    GatewayId: site.gateway.VpnGatewayId,
    State: stateFor(dice, site.isUsable),
  });
}

/** What a site announces to the tables that listen; among it pieces of the VPC itself, which lose (RT2). */
function learntSites(dice: Dice, { sites }: Surroundings, { vpc }: Owner): Route[] {
  const site = sites.find((each) => each.vpc === vpc && each.isUsable);
  if (site === undefined || dice.chance(0.2)) return [];
  const inner = dice
    .fork('inner')
    .some(vpc.subnets, 0.3)
    .map((subnet) => subnet.block);
  return [...SITE_BLOCKS, ...inner].map((block) => ({
    DestinationCidrBlock: formatBlock(block),
    GatewayId: site.gateway.VpnGatewayId,
    Origin: 'EnableVgwRoutePropagation',
    State: 'active',
  }));
}
