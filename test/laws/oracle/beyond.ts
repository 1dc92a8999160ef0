import { isInternet } from './address.ts';
import type { Address } from './address.ts';
import type { Party } from './between.ts';
import {
  accepts,
  bare,
  canListen,
  canSend,
  comesBackFromNat,
  crosses,
  enters,
  isTranslatable,
  leaves,
  sends,
  someNatPort,
  wayFrom,
} from './crossing.ts';
import { hasPublicAddress } from './interfaces.ts';
import { noWay } from './journey.ts';
import type { Journey } from './journey.ts';
import type { Network } from './network.ts';
import type { Nat } from './routes.ts';
import type { Packet } from './traffic.ts';

/** From an interface to an outside address (RT3 to RT6, RT11). */
export function outbound(network: Network, a: Party, x: Address, packet: Packet): Journey {
  if (!isInternet(x)) return noWay('the address is not public');
  const way = wayFrom(network, a.at, x);
  switch (way.kind) {
    case 'internet-gateway':
      return isPublic(a) ? straightOut(network, a, x, packet) : noWay('the source has no public address');
    case 'egress-only-gateway':
      // RT5; the gateway translates nothing, so the source must be public of itself
      return x.family === 6 && isPublic(a)
        ? straightOut(network, a, x, packet)
        : noWay('the source has no public address');
    case 'gateway-endpoint':
      return straightOut(network, a, x, packet);
    case 'nat-gateway':
      return outThroughNat(network, a, x, packet, way.nat);
    case 'drop':
      return noWay(way.why);
    case 'local':
    case 'peering':
      return noWay('no interface holds the address');
    default:
      return way satisfies never;
  }
}

/** From an outside address to an interface: by an internet gateway alone (RT3, RT4, EN5, EN6). */
export function inbound(network: Network, x: Address, b: Party, packet: Packet): Journey {
  if (!isInternet(x)) return noWay('the address is not public');
  if (!network.vpcsWithInternetGateway.has(b.at.vpc)) return noWay('no internet gateway');
  if (!isPublic(b)) return noWay('the destination has no public address');
  return {
    isRouted: true,
    stops: [
      {
        name: 'network ACL of the destination',
        admits: () => enters(network, b.at.subnet, packet, x),
      },
      accepts(b.at, packet, bare(x)),
      canListen(b.at),
    ],
    // RT3: what comes in needs no route, but the answer does
    returns: (reply) =>
      wayFrom(network, b.at, x).kind === 'internet-gateway' && leaves(network, b.at.subnet, reply, x),
  };
}

/** EN5: IPv4 by the association of that very address; EN6: IPv6 by nature. */
function isPublic({ at, address }: Party): boolean {
  return address.family === 6 ? isInternet(address) : hasPublicAddress(at, address);
}

function straightOut(network: Network, a: Party, x: Address, packet: Packet): Journey {
  return {
    isRouted: true,
    stops: [
      canSend(a.at),
      sends(a.at, packet, bare(x)),
      { name: 'network ACL of the source', admits: () => leaves(network, a.at.subnet, packet, x) },
    ],
    returns: (reply) => enters(network, a.at.subnet, reply, x),
  };
}

/** RT6, NA4: the ACL of the NAT's own subnet is asked four times, there and back on either side. */
function outThroughNat(network: Network, a: Party, x: Address, packet: Packet, nat: Nat): Journey {
  if (!isTranslatable(packet, x)) return noWay('the NAT gateway does not carry this');
  if (!nat.addresses.some((address) => address.hasPublic))
    return noWay('the NAT gateway has no public address');
  if (wayFrom(network, nat, x).kind !== 'internet-gateway')
    return noWay('no internet gateway for the NAT gateway');
  return {
    isRouted: true,
    stops: [
      canSend(a.at),
      sends(a.at, packet, bare(x)),
      {
        name: 'network ACLs before the NAT gateway',
        admits: () => crosses(network, [a.at.subnet, nat.subnet], packet, [a.address, x]),
      },
      {
        name: 'network ACL after the NAT gateway',
        admits: () => leaves(network, nat.subnet, packet, x),
      },
    ],
    returns: (reply) =>
      someNatPort(network, reply, (each) => enters(network, nat.subnet, each, x)) &&
      comesBackFromNat(network, nat, a.at, reply, [x, a.address]),
  };
}
