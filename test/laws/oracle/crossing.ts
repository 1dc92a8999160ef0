import type { Address } from './address.ts';
import { aclAdmits } from './acls.ts';
import { groupsAdmit } from './groups.ts';
import type { FarEnd, GroupRule } from './groups.ts';
import type { Interface } from './interfaces.ts';
import type { Stop } from './journey.ts';
import { some } from './maybe.ts';
import type { Maybe } from './maybe.ts';
import type { Network } from './network.ts';
import { wayTo } from './routes.ts';
import type { Way } from './routes.ts';
import { ICMP, TCP, UDP } from './traffic.ts';
import type { Packet } from './traffic.ts';

/** The far end, and which of its groups count for sure; they may be fewer than those that possibly do. */
export type Far = { readonly sure: FarEnd; readonly possible: FarEnd };

/** The far end where no group reference can match: outside, or behind an address translation (SG5, SG7). */
export function bare(address: Address): Far {
  return known({ address, carries: new Set() });
}

export function known(far: FarEnd): Far {
  return { sure: far, possible: far };
}

export function sends(holder: Interface, packet: Packet, far: Far): Stop {
  return { name: 'egress rules of the source', admits: () => ruled(holder.egress, packet, far) };
}

export function accepts(holder: Interface, packet: Packet, far: Far): Stop {
  return { name: 'ingress rules of the destination', admits: () => ruled(holder.ingress, packet, far) };
}

function ruled(rules: readonly GroupRule[] | undefined, packet: Packet, far: Far): boolean | Maybe {
  if (rules === undefined) return true;
  return { sure: groupsAdmit(rules, packet, far.sure), possible: groupsAdmit(rules, packet, far.possible) };
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

/** A subnet of some VPC, as a place that packets start from or come to. */
export type Place = { readonly subnet: string; readonly vpc: string };

export function wayFrom(network: Network, place: Place, to: Address): Way {
  return wayTo(network.tableOf(place.subnet, place.vpc), to);
}

/** RT6: a NAT gateway translates these three over IPv4 (NAT64 apart, RT7) and drops the rest. */
export function isTranslatable(packet: Packet, to: Address): boolean {
  return to.family === 4 && [TCP, UDP, ICMP].includes(packet.protocol);
}

/** The NAT's own side of a conversation has a port that the NAT picks from 1024–65535 (NA2). */
export function someNatPort(
  network: Network,
  reply: Packet,
  admits: (packet: Packet) => boolean | Maybe,
): Maybe {
  if (reply.port === undefined) return some([admits(reply)]);
  return some(network.clientPorts.map((port) => admits({ ...reply, port })));
}
