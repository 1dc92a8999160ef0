import { blockAround, formatBlock, overlap } from '../address.ts';
import type { Block } from '../address.ts';
import type { TransitRoute } from '../responses-transit.ts';
import type { Dice } from './dice.ts';
import type { VpcPlan } from './layout.ts';
import { nth, SITE_BLOCKS } from './picks.ts';
import type { EndPlan, GatewayPlan } from './transit.ts';

/**
 * One table: what attachments announce to it, and static routes beside, above and below that. AWS lists no
 * two announced routes of one prefix, but a static one beside it.
 */
export function transitRoutes(
  dice: Dice,
  gateway: GatewayPlan,
  gateways: readonly GatewayPlan[],
  vpcs: readonly VpcPlan[],
): TransitRoute[] {
  const usable = gateway.ends.filter((end) => end.state === 'available');
  const statics = new Map<string, TransitRoute>();
  const add = (destination: string, end: EndPlan | undefined) => {
    if (!statics.has(destination)) statics.set(destination, routeTo(destination, 'static', end));
  };
  const peering = usable.find((end) => end.kind === 'peering');
  const attached = usable.filter((end) => end.kind === 'vpc');
  const near = attached.map((end) => end.resource);
  if (peering !== undefined)
    for (const vpc of vpcs.filter((each) => !near.includes(each.id)))
      if (isBehind(gateways, peering, vpc) && dice.fork('peer', vpc.id).chance(0.9))
        for (const block of blocksOf(vpc)) add(formatBlock(block), peering);
  addFixed(dice.fork('fixed'), usable, vpcs, add);
  return [...announced(dice.fork('announced'), usable), ...statics.values()];
}

function isBehind(gateways: readonly GatewayPlan[], peering: EndPlan, vpc: VpcPlan): boolean {
  const other = gateways.find(({ id }) => id === peering.resource);
  return other?.ends.some((end) => end.resource === vpc.id) ?? false;
}

function announced(dice: Dice, ends: readonly EndPlan[]): TransitRoute[] {
  const learnt: Block[] = [];
  const routes: TransitRoute[] = [];
  for (const end of ends) {
    if (end.kind === 'peering' || !dice.fork(end.id).chance(0.94)) continue;
    const blocks = end.vpc === undefined ? SITE_BLOCKS : blocksOf(end.vpc);
    for (const block of blocks) {
      if (block.family === 6 && end.details?.Options.Ipv6Support !== 'enable') continue;
      // A VPC whose CIDR overlaps one that is attached already is not announced
      if (end.vpc !== undefined && learnt.some((each) => overlap(each, block))) continue;
      learnt.push(block);
      routes.push(routeTo(formatBlock(block), 'propagated', end));
    }
  }
  return routes;
}

/** A default route to one VPC, holes, and routes that repeat or narrow what is announced. */
function addFixed(
  dice: Dice,
  ends: readonly EndPlan[],
  vpcs: readonly VpcPlan[],
  add: (destination: string, end: EndPlan | undefined) => void,
): void {
  const attached = ends.filter((end) => end.kind === 'vpc');
  if (dice.fork('default').chance(0.6)) add('0.0.0.0/0', dice.fork('egress').pickAny(attached));
  for (const vpc of vpcs) {
    const own = dice.fork(vpc.id);
    const end = attached.find((each) => each.resource === vpc.id);
    const block = vpc.blocks[0];
    const subnet = own.pickAny(vpc.subnets);
    if (block === undefined || subnet === undefined) continue;
    const kind = own.below(100);
    const seat = formatBlock(blockAround(nth(subnet.block, own.between(4, 14)), own.pick([30, 31, 32])));
    if (kind < 10) add(seat, undefined);
    else if (kind < 14) add(formatBlock(subnet.block), undefined);
    else if (kind < 16) add(formatBlock(block), undefined);
    else if (kind < 22) add(formatBlock(block), own.pickAny(attached));
    else if (kind < 30) add(formatBlock(subnet.block), own.pickAny(attached));
    else if (kind < 55) add(formatBlock(block), end);
    if (vpc.block6 !== undefined && own.fork('six').chance(0.1)) add(formatBlock(vpc.block6), undefined);
  }
}

function routeTo(destination: string, type: 'static' | 'propagated', end: EndPlan | undefined): TransitRoute {
  const head = { DestinationCidrBlock: destination, Type: type };
  if (end === undefined) return { ...head, State: 'blackhole' };
  return {
    ...head,
    State: 'active',
    TransitGatewayAttachments: [
      { TransitGatewayAttachmentId: end.id, ResourceId: end.resource, ResourceType: end.kind },
    ],
  };
}

function blocksOf(vpc: VpcPlan): Block[] {
  return [...vpc.blocks, ...(vpc.block6 === undefined ? [] : [vpc.block6])];
}
