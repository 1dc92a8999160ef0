import type { Address } from './address.ts';
import { enters, leaves, wayFrom } from './crossing.ts';
import type { Place } from './crossing.ts';
import { holds } from './interfaces.ts';
import type { Interface } from './interfaces.ts';
import type { Network } from './network.ts';
import type { Nat, Way } from './routes.ts';
import type { Packet } from './traffic.ts';
import { handOver, mayReferThrough } from './transit.ts';
import type { Attachment } from './transit.ts';

/** A network ACL that a packet meets on its way. */
export type Gate = { readonly name: string; readonly admits: (packet: Packet) => boolean };

/** Source and destination as the packet bears them on this stretch of its way. */
export type Header = { readonly from: Address; readonly to: Address };

/** A place outside AWS and the way to it: a VPC's own gateway, or a VPN connection of a transit gateway. */
export type Site =
  | { readonly kind: 'vpc'; readonly vpc: string }
  | { readonly kind: 'transit'; readonly attachment: Attachment };

/** Whether group rules may name groups over the way that was taken: `peered` asks for the two VPCs (SG8). */
export type Referring = 'peered' | 'ingress' | 'none';

/**
 * Where a packet is after routing alone has carried it as far as it does, and the ACLs it met.
 *
 * `beside` is the subnet it is in or comes from; for `vpc` the ACLs of the last step are not among the gates,
 * as they depend on the subnet that it goes to.
 */
export type Arrival =
  | {
      readonly kind: 'vpc';
      readonly vpc: string;
      readonly beside: string | undefined;
      readonly gates: readonly Gate[];
      readonly referring: Referring;
    }
  | {
      readonly kind: 'nat-gateway';
      readonly nat: Nat;
      readonly gates: readonly Gate[];
      readonly isFar: boolean;
    }
  | {
      readonly kind: 'internet-gateway' | 'egress-only-gateway' | 'gateway-endpoint';
      readonly gates: readonly Gate[];
    }
  | { readonly kind: 'site'; readonly site: Site; readonly gates: readonly Gate[] }
  | { readonly kind: 'drop'; readonly why: string }
  | {
      readonly kind: 'unknown';
      readonly why: string;
      readonly gates: readonly Gate[];
      /** The interface that may send it on under an address of its own. */
      readonly by?: Interface;
      /** What a NAT gateway may have sent it on as. */
      readonly as?: readonly Address[];
    };

/** From a subnet towards an address: one arrival for each choice that AWS has. */
export function travel(network: Network, from: Place, header: Header): Arrival[] {
  const way = wayFrom(network, from, header.to);
  switch (way.kind) {
    case 'local':
      return [{ kind: 'vpc', vpc: from.vpc, beside: from.subnet, gates: [], referring: 'peered' }];
    case 'peering':
      return [{ kind: 'vpc', vpc: way.otherVpc, beside: from.subnet, gates: [], referring: 'peered' }];
    case 'nat-gateway':
      return [
        {
          kind: way.kind,
          nat: way.nat,
          gates: between(network, from.subnet, way.nat.subnet, header),
          isFar: false,
        },
      ];
    case 'internet-gateway':
    case 'egress-only-gateway':
    case 'gateway-endpoint':
      return [{ kind: way.kind, gates: [leaving(network, from.subnet, header)] }];
    case 'site':
      return [
        {
          kind: 'site',
          site: { kind: 'vpc', vpc: from.vpc },
          gates: [leaving(network, from.subnet, header)],
        },
      ];
    case 'appliance':
      return [throughAppliance(network, way.id, header, from.subnet)];
    case 'transit':
      return intoTransit(network, from, way.gateway, header);
    case 'drop':
      return [way];
    default:
      return way satisfies never;
  }
}

/** The same, where within one subnet no table is asked. */
export function travelTo(network: Network, from: Place, to: Place, header: Header): Arrival[] {
  if (from.subnet !== to.subnet) return travel(network, from, header);
  return [{ kind: 'vpc', vpc: from.vpc, beside: from.subnet, gates: [], referring: 'peered' }];
}

/** From a site outside AWS towards an address. */
export function travelFromSite(network: Network, site: Site, header: Header): Arrival[] {
  if (site.kind === 'transit') return outOfTransit(network, site.attachment, header, undefined);
  const steered = network.edgeWay('site', site.vpc, header.to);
  if (steered !== undefined && steered.kind !== 'local') return [edgeArrival(network, steered, header)];
  return [{ kind: 'vpc', vpc: site.vpc, beside: undefined, gates: [], referring: 'none' }];
}

/** What an edge association does to packets that it does not simply let into the VPC (RT1). */
export function edgeArrival(network: Network, way: Way, header: Header): Arrival {
  if (way.kind === 'appliance') return throughAppliance(network, way.id, header, undefined);
  return { kind: 'drop', why: `the gateway’s own table says ${way.kind}` };
}

/** The ACLs of the last step, from where an arrival is into the subnet of its destination (NA3, NA5). */
export function lastGates(
  network: Network,
  beside: string | undefined,
  subnet: string,
  header: Header,
): readonly Gate[] {
  return beside === undefined
    ? [entering(network, subnet, header)]
    : between(network, beside, subnet, header);
}

/**
 * RT14, EN7: an interface that checks its addresses drops what is not its own. One that does not is an
 * appliance, and a Gateway Load Balancer endpoint stands for some: what they let through is not told.
 */
function throughAppliance(network: Network, id: string, header: Header, beside: string | undefined): Arrival {
  const card = network.interfaces.get(id);
  const gates = beside === undefined ? [] : [leaving(network, beside, header)];
  if (card === undefined) return { kind: 'unknown', why: 'inspected by something else', gates };
  if (!card.isLive) return { kind: 'drop', why: 'the appliance does not run' };
  // It sends on by the same subnet's ACL what did not have to pass it before
  if (!card.checksAddresses) return { kind: 'unknown', why: `inspected by ${id}`, gates, by: card };
  if (holds(card, header.to)) return { kind: 'vpc', vpc: card.vpc, beside, gates: [], referring: 'peered' };
  return { kind: 'drop', why: 'the interface drops what is not its own' };
}

/**
 * RT9: only by an attachment subnet in the same zone.
 * https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html
 */
function intoTransit(
  network: Network,
  from: Place,
  gateway: string,
  header: Header,
  seen: readonly string[] = [],
): Arrival[] {
  const attachment = network.transit.attachments.find(
    (each) => each.kind === 'vpc' && each.resource === from.vpc && each.gateway === gateway,
  );
  if (attachment === undefined) return [{ kind: 'drop', why: 'no attachment to the transit gateway' }];
  if (attachment.subnets === undefined)
    return [{ kind: 'unknown', why: 'attachment subnets not read', gates: [] }];
  const zone = network.zoneOf(from.subnet);
  const exit = attachment.subnets.find((subnet) => network.zoneOf(subnet) === zone);
  if (exit === undefined) return [{ kind: 'drop', why: 'no attachment in the zone' }];
  const gates = [leaving(network, from.subnet, header), entering(network, exit, header)];
  return outOfTransit(network, attachment, header, zone, seen).map((arrival) =>
    'gates' in arrival ? { ...arrival, gates: [...gates, ...arrival.gates] } : arrival,
  );
}

function outOfTransit(
  network: Network,
  from: Attachment,
  header: Header,
  zone: string | undefined,
  seen: readonly string[] = [],
): Arrival[] {
  return handOver(network.transit, from, header.to).flatMap((handover): Arrival[] => {
    if (handover.kind === 'unknown') return [{ ...handover, gates: [] }];
    if (handover.kind !== 'attachment') return [handover];
    const { attachment, by } = handover;
    if (attachment.kind === 'vpn')
      return [{ kind: 'site', site: { kind: 'transit', attachment }, gates: [] }];
    if (attachment.kind !== 'vpc')
      return [{ kind: 'unknown', why: `a ${attachment.kind} attachment`, gates: [] }];
    if (attachment.subnets === undefined)
      return [{ kind: 'unknown', why: 'attachment subnets not read', gates: [] }];
    if (attachment === from)
      return attachment.subnets.map((subnet) =>
        backInto(network, { subnet, vpc: attachment.resource }, header),
      );
    const mayRefer = mayReferThrough(network.transit, by, [from, attachment]);
    return entriesOf(network, attachment, zone).flatMap((subnet) =>
      intoVpc(network, { subnet, vpc: attachment.resource }, header, mayRefer ? 'ingress' : 'none', seen),
    );
  });
}

/**
 * Packets stay in their zone if the VPC has an attachment subnet there, and else may come in by any of them;
 * in appliance mode by any of them too.
 * https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html
 */
function entriesOf(network: Network, attachment: Attachment, zone: string | undefined): readonly string[] {
  const subnets = attachment.subnets ?? [];
  const near = subnets.filter((subnet) => zone !== undefined && network.zoneOf(subnet) === zone);
  return near.length === 0 || attachment.isApplianceMode ? subnets : near;
}

/** From an attachment subnet, packets go on by that subnet's table; what was sent by no interface there can do less. */
function intoVpc(
  network: Network,
  entry: Place,
  header: Header,
  referring: Referring,
  seen: readonly string[],
): Arrival[] {
  const way = wayFrom(network, entry, header.to);
  switch (way.kind) {
    case 'local':
      return [{ kind: 'vpc', vpc: entry.vpc, beside: entry.subnet, gates: [], referring }];
    case 'nat-gateway':
      return travel(network, entry, header).map((arrival) =>
        arrival.kind === 'nat-gateway' ? { ...arrival, isFar: true } : arrival,
      );
    case 'gateway-endpoint':
      // RT11: for the VPC's own interfaces alone
      // https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html
      return [{ kind: 'drop', why: 'a gateway endpoint is not for others' }];
    case 'internet-gateway':
      // EN5: the gateway serves the interfaces of its VPC, not whoever bears the same address
      // https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html
      return [{ kind: 'drop', why: 'the internet gateway is not for others' }];
    case 'appliance':
      return [throughAppliance(network, way.id, header, entry.subnet)];
    case 'drop':
      return [way];
    case 'peering':
    case 'egress-only-gateway':
    case 'site':
      // RT8: none of them takes packets from edge to edge
      // https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html
      return [{ kind: 'drop', why: `a ${way.kind} behind a transit gateway` }];
    case 'transit': {
      const isAgain = seen.includes(entry.subnet);
      const onward = isAgain ? [] : intoTransit(network, entry, way.gateway, header, [...seen, entry.subnet]);
      return onward.some((arrival) => arrival.kind !== 'drop' && !isNobodys(network, arrival, header.to))
        ? [{ kind: 'unknown', why: 'a transit behind a transit gateway', gates: [] }]
        : [{ kind: 'drop', why: 'nowhere from the second transit gateway' }];
    }
    default:
      return way satisfies never;
  }
}

/** Whether it is in a VPC where no interface holds the address. */
function isNobodys(network: Network, arrival: Arrival, to: Address): boolean {
  return (
    arrival.kind === 'vpc' &&
    ![...network.interfaces.values()].some((card) => card.vpc === arrival.vpc && holds(card, to))
  );
}

/** Whether a transit gateway hands a packet back to the attachment it came from is not told. */
function backInto(network: Network, entry: Place, header: Header): Arrival {
  const way = wayFrom(network, entry, header.to);
  if (way.kind === 'drop') return way;
  if (way.kind === 'transit') return { kind: 'drop', why: 'round and round through the transit gateway' };
  return {
    kind: 'unknown',
    why: 'back out of the attachment it came in by',
    gates: [],
    as: way.kind === 'nat-gateway' ? way.nat.addresses.map(({ address }) => address) : [],
  };
}

function between(network: Network, out: string, into: string, header: Header): Gate[] {
  return out === into ? [] : [leaving(network, out, header), entering(network, into, header)];
}

/** ACLs see the destination of what leaves a subnet and the source of what enters it (NA4). */
function leaving(network: Network, subnet: string, { to }: Header): Gate {
  return {
    name: `network ACL out of ${subnet}`,
    admits: (packet) => leaves(network, subnet, packet, to),
  };
}

function entering(network: Network, subnet: string, { from }: Header): Gate {
  return {
    name: `network ACL into ${subnet}`,
    admits: (packet) => enters(network, subnet, packet, from),
  };
}

export function isSameSite(a: Site, b: Site): boolean {
  if (a.kind === 'vpc') return b.kind === 'vpc' && a.vpc === b.vpc;
  return b.kind === 'transit' && a.attachment === b.attachment;
}
