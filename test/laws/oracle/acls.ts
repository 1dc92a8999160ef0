import { isWithin, parseBlock } from './address.ts';
import type { Address, Block } from './address.ts';
import type { AclEntry, NetworkAcl } from './responses.ts';
import { covers, parseProtocol } from './traffic.ts';
import type { Packet, Traffic } from './traffic.ts';

export type Entry = { readonly allows: boolean; readonly block: Block; readonly traffic: Traffic };

/** The two lists of a network ACL, in the order in which AWS asks them. */
export type Acl = { readonly ingress: readonly Entry[]; readonly egress: readonly Entry[] };

/** NA1: ascending rule number whatever the order in the response; ingress and egress apart. */
export function readAcl(acl: NetworkAcl): Acl {
  const sorted = acl.Entries.toSorted((a, b) => a.RuleNumber - b.RuleNumber);
  return {
    ingress: sorted.filter((entry) => !entry.Egress).flatMap(readEntry),
    egress: sorted.filter((entry) => entry.Egress).flatMap(readEntry),
  };
}

/** NA1: the first entry that matches decides; none denies. `far` is the remote address (NA4). */
export function aclAdmits(entries: readonly Entry[], packet: Packet, far: Address): boolean {
  return (
    entries.find((entry) => isWithin(far, entry.block) && covers(entry.traffic, packet))?.allows ?? false
  );
}

/** NA6: protocols are numbers as text; no port range and no ICMP type mean any; IPv6 has a member of its own. */
function readEntry(entry: AclEntry): Entry[] {
  const block = parseBlock(entry.CidrBlock ?? entry.Ipv6CidrBlock ?? '');
  const protocol = parseProtocol(entry.Protocol);
  if (block === undefined || protocol === undefined) return [];
  const { PortRange: range, IcmpTypeCode: icmp } = entry;
  const traffic: Traffic = {
    protocol,
    ports: [range?.From ?? 0, range?.To ?? 65535],
    type: icmp?.Type === -1 ? undefined : icmp?.Type,
    code: icmp?.Code === -1 ? undefined : icmp?.Code,
  };
  return [{ allows: entry.RuleAction === 'allow', block, traffic }];
}
