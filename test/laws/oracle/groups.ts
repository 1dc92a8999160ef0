import { isWithin, parseBlock } from './address.ts';
import type { Address, Block } from './address.ts';
import type { IpPermission, SecurityGroup } from './responses.ts';
import { covers, hasIcmpKind, parseProtocol } from './traffic.ts';
import type { Packet, Traffic } from './traffic.ts';

/** One `IpPermissions` element: any of its ranges, lists or groups may match (SG16). */
export type GroupRule = {
  readonly traffic: Traffic;
  readonly blocks: readonly Block[];
  readonly references: readonly string[];
};

export type Group = { readonly ingress: readonly GroupRule[]; readonly egress: readonly GroupRule[] };

/**
 * The far end of a packet as a group sees it.
 *
 * `carries` holds the groups that a reference may match: those of the far interface, if the packet really
 * comes from it or goes to it. It is empty for outside addresses (SG5), for sources that a NAT gateway
 * rewrote (SG7), and across VPCs that no active peering of one Region joins (SG8).
 */
export type FarEnd = { readonly address: Address; readonly carries: ReadonlySet<string> };

export type PrefixLists = ReadonlyMap<string, readonly Block[]>;

export function readGroup(group: SecurityGroup, lists: PrefixLists): Group {
  return {
    ingress: group.IpPermissions.flatMap((permission) => readPermission(permission, lists)),
    egress: group.IpPermissionsEgress.flatMap((permission) => readPermission(permission, lists)),
  };
}

/** SG2: the union over all groups and rules; no rule admits nothing (SG3), membership alone neither (SG4). */
export function groupsAdmit(rules: readonly GroupRule[], packet: Packet, far: FarEnd): boolean {
  return rules.some(
    (rule) =>
      covers(rule.traffic, packet) &&
      (rule.blocks.some((block) => isWithin(far.address, block)) ||
        rule.references.some((group) => far.carries.has(group))),
  );
}

function readPermission(permission: IpPermission, lists: PrefixLists): GroupRule[] {
  const traffic = trafficOf(permission);
  if (traffic === undefined) return [];
  const cidrs = [
    ...permission.IpRanges.map((range) => range.CidrIp),
    ...permission.Ipv6Ranges.map((range) => range.CidrIpv6), // SG12
  ];
  const blocks = cidrs.map(parseBlock).filter((block) => block !== undefined);
  const listed = permission.PrefixListIds.flatMap((list) => lists.get(list.PrefixListId) ?? []); // SG11
  const references = permission.UserIdGroupPairs.map((pair) => pair.GroupId);
  return [{ traffic, blocks: [...blocks, ...listed], references }];
}

/** Absent, null and -1 bounds are open (SG14, SG15). */
function trafficOf(permission: IpPermission): Traffic | undefined {
  const protocol = parseProtocol(permission.IpProtocol);
  if (protocol === undefined) return undefined;
  const from = bound(permission.FromPort);
  const to = bound(permission.ToPort);
  if (hasIcmpKind(protocol)) {
    // SG15: a code without a type is invalid and admits nothing
    if (from === undefined && to !== undefined) return undefined;
    return { protocol, ports: [0, 65535], type: from, code: to };
  }
  return { protocol, ports: [from ?? 0, to ?? 65535], type: undefined, code: undefined };
}

function bound(port: number | null | undefined): number | undefined {
  return port === null || port === undefined || port === -1 ? undefined : port;
}
