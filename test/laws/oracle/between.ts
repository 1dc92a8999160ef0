import type { Address } from './address.ts';
import {
  accepts,
  bare,
  canListen,
  canSend,
  comesBackFromNat,
  crosses,
  deliversInto,
  isTranslatable,
  reaches,
  sends,
  someNatPort,
  wayFrom,
} from './crossing.ts';
import type { FarEnd } from './groups.ts';
import type { Interface } from './interfaces.ts';
import { noWay } from './journey.ts';
import type { Journey } from './journey.ts';
import type { Network } from './network.ts';
import type { Nat } from './routes.ts';
import type { Packet } from './traffic.ts';

/** An interface and the one of its addresses that the packet bears. */
export type Party = { readonly at: Interface; readonly address: Address };

/**
 * The ways from one interface to another within the private network.
 *
 * A packet that leaves by an internet gateway is outside, even if it would come in again at the other's
 * public address (RT17): that is another question.
 */
export function between(network: Network, a: Party, b: Party, packet: Packet): Journey[] {
  if (a.at.subnet === b.at.subnet) return [direct(network, a, b, packet)];
  const way = wayFrom(network, a.at, b.address);
  if (deliversInto(way, a.at.vpc, b.at.vpc)) return [direct(network, a, b, packet)];
  if (way.kind === 'nat-gateway') return throughNat(network, a, b, packet, way.nat);
  return [noWay(way.kind === 'drop' ? way.why : `the route is ${way.kind}`)];
}

function direct(network: Network, a: Party, b: Party, packet: Packet): Journey {
  const there: [string, string] = [a.at.subnet, b.at.subnet];
  const back: [string, string] = [b.at.subnet, a.at.subnet];
  return {
    isRouted: true,
    stops: [
      canSend(a.at),
      sends(a.at, packet, partyTo(network, a.at, b)),
      {
        name: 'network ACLs on the way there',
        admits: () => crosses(network, there, packet, [a.address, b.address]),
      },
      accepts(b.at, packet, partyTo(network, b.at, a)),
      canListen(b.at),
    ],
    // SG1: groups are not asked again; RT8: the other side needs a route of its own
    returns: (reply) =>
      reaches(network, b.at, a.at, a.address) && crosses(network, back, reply, [b.address, a.address]),
  };
}

/** One journey for each of the NAT's addresses, which B's subnet and groups see as the source (NA4, SG7). */
function throughNat(network: Network, a: Party, b: Party, packet: Packet, nat: Nat): Journey[] {
  if (!isTranslatable(packet, b.address)) return [noWay('the NAT gateway does not carry this')];
  if (nat.addresses.length === 0) return [noWay('the NAT gateway has no address')];
  if (!reaches(network, nat, b.at, b.address)) return [noWay('no way on from the NAT gateway')];
  return nat.addresses.map(({ address: translated }) => ({
    isRouted: true,
    stops: [
      canSend(a.at),
      sends(a.at, packet, partyTo(network, a.at, b)),
      {
        name: 'network ACLs before the NAT gateway',
        admits: () => crosses(network, [a.at.subnet, nat.subnet], packet, [a.address, b.address]),
      },
      {
        name: 'network ACLs after the NAT gateway',
        admits: () => crosses(network, [nat.subnet, b.at.subnet], packet, [translated, b.address]),
      },
      accepts(b.at, packet, bare(translated)),
      canListen(b.at),
    ],
    returns: (reply) =>
      reaches(network, b.at, nat, translated) &&
      someNatPort(network, reply, (each) =>
        crosses(network, [b.at.subnet, nat.subnet], each, [b.address, translated]),
      ) &&
      comesBackFromNat(network, nat, a.at, reply, [b.address, a.address]),
  }));
}

/** SG5, SG6, SG8: the other's groups count if it is in the same VPC or one that references may reach. */
function partyTo(network: Network, near: Interface, far: Party): FarEnd {
  return network.mayRefer(near.vpc, far.at.vpc)
    ? { address: far.address, carries: far.at.carries }
    : bare(far.address);
}
