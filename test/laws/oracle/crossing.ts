import type { Address } from './address.ts';
import { aclAdmits } from './acls.ts';
import { groupsAdmit } from './groups.ts';
import type { FarEnd } from './groups.ts';
import type { Interface } from './interfaces.ts';
import type { Stop } from './journey.ts';
import type { Network } from './network.ts';
import { wayTo } from './routes.ts';
import type { Nat, Way } from './routes.ts';
import { ICMP, TCP, UDP } from './traffic.ts';
import type { Packet } from './traffic.ts';

/** The far end where no group reference can match: outside, or behind an address translation (SG5, SG7). */
export function bare(address: Address): FarEnd {
  return { address, carries: new Set() };
}

export function sends(holder: Interface, packet: Packet, far: FarEnd): Stop {
  return {
    name: 'egress rules of the source',
    admits: () => holder.egress === undefined || groupsAdmit(holder.egress, packet, far),
  };
}

export function accepts(holder: Interface, packet: Packet, far: FarEnd): Stop {
  return {
    name: 'ingress rules of the destination',
    admits: () => holder.ingress === undefined || groupsAdmit(holder.ingress, packet, far),
  };
}

/** EN8, EN9: these interfaces open no connections of their own. */
export function canSend({ role }: Interface): Stop {
  return {
    name: `source is a ${role}`,
    admits: () => role !== 'nat-gateway' && role !== 'transit-gateway',
  };
}

/** EN9: nothing listens on these, and a NAT gateway drops what it did not ask for. */
export function canListen({ role }: Interface): Stop {
  return { name: `destination is a ${role}`, admits: () => role === 'host' };
}

export function leaves(network: Network, subnet: string, packet: Packet, to: Address): boolean {
  const acl = network.acls.get(subnet);
  return acl !== undefined && aclAdmits(acl.egress, packet, to);
}

export function enters(network: Network, subnet: string, packet: Packet, from: Address): boolean {
  const acl = network.acls.get(subnet);
  return acl !== undefined && aclAdmits(acl.ingress, packet, from);
}

/** Both ACLs between two subnets; within one subnet no ACL is asked (NA3). */
export function crosses(
  network: Network,
  subnets: readonly [from: string, to: string],
  packet: Packet,
  addresses: readonly [from: Address, to: Address],
): boolean {
  const [out, into] = subnets;
  if (out === into) return true;
  return leaves(network, out, packet, addresses[1]) && enters(network, into, packet, addresses[0]);
}

/** A subnet of some VPC, as a place that packets start from or come to. */
export type Place = { readonly subnet: string; readonly vpc: string };

export function wayFrom(network: Network, place: Place, to: Address): Way {
  return wayTo(network.tableOf(place.subnet, place.vpc), to);
}

/**
 * Whether a way ends at an address held in that VPC.
 *
 * RT15: `local` delivers by the VPC's own addresses, so an equal address in an overlapping VPC is another.
 * RT8: a peering delivers into the other VPC and no further. An interface's address always lies within
 * its VPC's CIDRs, so there is no need to ask for those.
 */
export function deliversInto(way: Way, from: string, vpc: string): boolean {
  if (way.kind === 'local') return from === vpc;
  return way.kind === 'peering' && way.otherVpc === vpc;
}

/** Whether packets get from one place to an address in another; within one subnet no table is asked. */
export function reaches(network: Network, from: Place, to: Place, address: Address): boolean {
  return from.subnet === to.subnet || deliversInto(wayFrom(network, from, address), from.vpc, to.vpc);
}

/** RT6: a NAT gateway translates these three over IPv4 (NAT64 apart, RT7) and drops the rest. */
export function isTranslatable(packet: Packet, to: Address): boolean {
  return to.family === 4 && [TCP, UDP, ICMP].includes(packet.protocol);
}

/** The NAT's own side of a conversation has a port that the NAT picks from 1024–65535 (NA2). */
export function someNatPort(network: Network, reply: Packet, admits: (packet: Packet) => boolean): boolean {
  if (reply.port === undefined) return admits(reply);
  return network.clientPorts.some((port) => admits({ ...reply, port }));
}

/**
 * Whether the NAT hands an answer on to the client.
 *
 * The packet starts in the NAT's subnet, so it needs a way from there to the client by that subnet's table.
 */
export function comesBackFromNat(
  network: Network,
  nat: Nat,
  client: Place,
  reply: Packet,
  addresses: readonly [from: Address, client: Address],
): boolean {
  return (
    reaches(network, nat, client, addresses[1]) &&
    crosses(network, [nat.subnet, client.subnet], reply, addresses)
  );
}
