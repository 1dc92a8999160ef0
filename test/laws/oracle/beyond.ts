import { isInternet } from './address.ts';
import type { Address } from './address.ts';
import type { Party } from './between.ts';
import {
  accepts,
  bare,
  canListen,
  canSend,
  enters,
  isTranslatable,
  leaves,
  sends,
  someNatPort,
  wayFrom,
} from './crossing.ts';
import type { Place } from './crossing.ts';
import { hasPublicAddress } from './interfaces.ts';
import { noWay, unknownWay } from './journey.ts';
import type { Journey, Stop, Ways } from './journey.ts';
import { comesInto, stopsAt, whyElsewhere } from './legs.ts';
import { every, NO, oneOf, UNKNOWN, YES } from './maybe.ts';
import type { Maybe } from './maybe.ts';
import type { Network } from './network.ts';
import { fromSite, toSite } from './sites.ts';
import { behindNat } from './public-access.ts';
import type { Access } from './public-access.ts';
import type { Nat } from './routes.ts';
import type { Packet } from './traffic.ts';
import { edgeArrival, travel } from './travel.ts';
import type { Arrival, Gate } from './travel.ts';

/** From an interface to an outside address (RT3 to RT6, RT10, RT11). */
export function outbound(network: Network, a: Party, x: Address, packet: Packet): Ways[] {
  return travel(network, a.at, { from: a.address, to: x }).map((arrival) => [
    outWith(network, a, x, packet, arrival),
  ]);
}

function outWith(network: Network, a: Party, x: Address, packet: Packet, arrival: Arrival): Journey {
  if (arrival.kind === 'site') return toSite(network, a, x, packet, arrival);
  if (arrival.kind === 'unknown') {
    // The answer crosses the subnet's list, unless what sends it stands in the subnet itself
    const isBeside =
      arrival.by?.subnet === a.at.subnet ||
      network.transit.attachments.some(({ subnets }) => subnets?.includes(a.at.subnet));
    return unknownWay(
      arrival.why,
      setsOut(a, x, packet, arrival.gates),
      (reply) => isBeside || enters(network, a.at.subnet, reply, x),
    );
  }
  if (arrival.kind === 'nat-gateway') return outThroughNat(network, a, x, packet, arrival.nat, arrival.gates);
  if (!isInternet(x)) return noWay('the address is not public');
  switch (arrival.kind) {
    case 'internet-gateway':
      return isPublic(a)
        ? straightOut(network, a, x, packet, arrival.gates, 'out')
        : noWay('the source has no public address');
    case 'egress-only-gateway':
      // RT5; the gateway translates nothing, so the source must be public of itself
      return x.family === 6 && isPublic(a)
        ? straightOut(network, a, x, packet, arrival.gates, 'out only')
        : noWay('the source has no public address');
    case 'gateway-endpoint':
      return straightOut(network, a, x, packet, arrival.gates);
    case 'vpc':
    case 'drop':
      return noWay(whyElsewhere(arrival));
    default:
      return arrival satisfies never;
  }
}

/** From an outside address to an interface: by an internet gateway, or from a site outside AWS. */
export function inbound(network: Network, x: Address, b: Party, packet: Packet): Ways[] {
  const straight = fromInternet(network, x, b, packet);
  return fromSite(network, x, b, packet).map((ways) => [straight, ...ways]);
}

/** RT3, RT4, EN5, EN6. */
function fromInternet(network: Network, x: Address, b: Party, packet: Packet): Journey {
  if (!isInternet(x)) return noWay('the address is not public');
  if (!network.vpcsWithInternetGateway.has(b.at.vpc)) return noWay('no internet gateway');
  if (!isPublic(b)) return noWay('the destination has no public address');
  const steered = network.edgeWay('internet', b.at.vpc, b.address);
  if (steered !== undefined && steered.kind !== 'local') {
    const arrival = edgeArrival(network, steered, { from: x, to: b.address });
    if (arrival.kind === 'unknown') return unknownWay(arrival.why, [canListen(b.at)]);
    return noWay(whyElsewhere(arrival));
  }
  return {
    isRouted: true,
    stops: [
      blocked(() => network.publicAccess(b.at.vpc, b.at.subnet, 'in')),
      {
        name: 'network ACL of the destination',
        admits: () => enters(network, b.at.subnet, packet, x),
      },
      accepts(b.at, packet, bare(x)),
      canListen(b.at),
    ],
    // RT3: what comes in needs no route, but the answer does
    returns: (reply) => {
      const isBack =
        wayFrom(network, b.at, x).kind === 'internet-gateway'
          ? YES
          : oneOf(
              travel(network, b.at, { from: b.address, to: x }).map(({ kind }) =>
                kind === 'unknown' ? UNKNOWN : NO,
              ),
            );
      return every([isBack, leaves(network, b.at.subnet, reply, x)]);
    },
  };
}

function blocked(admits: () => Maybe): Stop {
  return { name: 'VPC Block Public Access', admits, isOfWay: true };
}

/** EN5: IPv4 by the association of that very address; EN6: IPv6 by nature. */
function isPublic({ at, address }: Party): boolean {
  return address.family === 6 ? isInternet(address) : hasPublicAddress(at, address);
}

function setsOut(a: Party, x: Address, packet: Packet, gates: readonly Gate[]): Stop[] {
  return [canSend(a.at), sends(a.at, packet, bare(x)), ...stopsAt(gates, packet)];
}

function straightOut(
  network: Network,
  a: Party,
  x: Address,
  packet: Packet,
  gates: readonly Gate[],
  access?: Access,
): Journey {
  const { vpc, subnet } = a.at;
  return {
    isRouted: true,
    stops: [
      ...setsOut(a, x, packet, gates),
      ...(access === undefined ? [] : [blocked(() => network.publicAccess(vpc, subnet, access))]),
    ],
    returns: (reply) =>
      every([entersFromInternet(network, a.at, a.address), enters(network, a.at.subnet, reply, x)]),
  };
}

/** Whether an answer that comes in by the internet gateway gets to its place untouched (RT1). */
function entersFromInternet(network: Network, { vpc }: Place, to: Address): Maybe | true {
  const steered = network.edgeWay('internet', vpc, to);
  if (steered === undefined || steered.kind === 'local') return true;
  return edgeArrival(network, steered, { from: to, to }).kind === 'unknown' ? UNKNOWN : NO;
}

/** RT6, NA4: the ACL of the NAT's own subnet is asked four times, there and back on either side. */
function outThroughNat(
  network: Network,
  a: Party,
  x: Address,
  packet: Packet,
  nat: Nat,
  gates: readonly Gate[],
): Journey {
  if (!isTranslatable(packet, x)) return noWay('the NAT gateway does not carry this');
  const translated = nat.addresses[0]?.address;
  if (translated === undefined) return noWay('the NAT gateway has no address');
  const before = setsOut(a, x, packet, gates);
  const ways = travel(network, nat, { from: translated, to: x }).map((arrival) =>
    onFromNat(network, a, x, packet, nat, translated, before, arrival),
  );
  const [way] = ways;
  // AWS takes one of several, untold which; where none leads on, none need be told
  if (way !== undefined && (ways.length === 1 || ways.every(({ isRouted }) => !isRouted))) return way;
  return unknownWay('where a NAT gateway leads', before);
}

function onFromNat(
  network: Network,
  a: Party,
  x: Address,
  packet: Packet,
  nat: Nat,
  translated: Address,
  before: readonly Stop[],
  arrival: Arrival,
): Journey {
  if (arrival.kind === 'unknown')
    return unknownWay('where a NAT gateway leads', [...before, ...stopsAt(arrival.gates, packet)]);
  if (arrival.kind === 'site') {
    return {
      isRouted: true,
      stops: [...before, ...stopsAt(arrival.gates, packet)],
      returns: (reply) =>
        every([
          someNatPort(network, reply, (each) =>
            comesInto(network, arrival.site, nat, { from: x, to: translated }, each),
          ),
          comesInto(network, nat, a.at, { from: x, to: a.address }, reply),
        ]),
    };
  }
  if (arrival.kind === 'nat-gateway' && arrival.isFar) return unknownWay('a second NAT gateway', before);
  if (!isInternet(x)) return noWay('the address is not public');
  if (!nat.addresses.some((address) => address.hasPublic))
    return noWay('the NAT gateway has no public address');
  if (arrival.kind !== 'internet-gateway') return noWay('no internet gateway for the NAT gateway');
  return {
    isRouted: true,
    stops: [
      ...before,
      ...stopsAt(arrival.gates, packet),
      blocked(() => behindNat(network.publicAccess, a.at, nat)),
    ],
    returns: (reply) =>
      every([
        entersFromInternet(network, nat, translated),
        someNatPort(network, reply, (each) => enters(network, nat.subnet, each, x)),
        comesInto(network, nat, a.at, { from: x, to: a.address }, reply),
      ]),
  };
}
