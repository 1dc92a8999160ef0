import { addressOf, addressText } from './address.ts';
import { HOSTILE_NAMES } from './hostile-names.ts';
import { REGION } from './owner.ts';
import { idOf, idsOf, name, smallAccount, type AclEntry, type SmallAccount } from './small-account.ts';
import { addRule, tcp } from './small-rules.ts';
import type { Snapshot } from './snapshot.ts';
import {
  emptyBodies,
  emptyInnerLists,
  emptyLists,
  extraMembers,
  mapMembers,
  nullBodies,
  nullEntries,
  nullLeaves,
  nullLists,
  nullMembers,
  numbersAsText,
  wrongTypes,
  type Member,
} from './spoil.ts';

export { HOSTILE_NAMES } from './hostile-names.ts';
export type { Snapshot } from './snapshot.ts';
export * from './spoil.ts';

const ACCOUNTS = ['111122223333', '444455556666', '123456789012'] as const;

/** Three peered accounts whose groups admit one another in a ring, and each itself. */
export function groupRing(): Snapshot[] {
  const accounts = ACCOUNTS.map((account, i) => smallAccount(account, i + 1));
  const pairs = [
    [0, 1],
    [1, 2],
    [2, 0],
  ] as const;
  pairs.forEach(([from, to], i) => {
    const id = idOf('pcx', 0, i + 1);
    for (const index of [from, to]) {
      const account = accounts[index] as SmallAccount;
      const other = index === from ? to : from;
      account.DescribeVpcPeeringConnections.VpcPeeringConnections.push({
        VpcPeeringConnectionId: id,
        RequesterVpcInfo: peeredVpc(from),
        AccepterVpcInfo: peeredVpc(to),
        Status: { Code: 'active', Message: 'Active' },
        Tags: name(`ring-${i + 1}`),
      });
      for (const table of account.DescribeRouteTables.RouteTables) {
        const route = { DestinationCidrBlock: blockOf(other), VpcPeeringConnectionId: id };
        table.Routes.push({ ...route, Origin: 'CreateRoute', State: 'active' });
      }
    }
    const account = accounts[from] as SmallAccount;
    const { webGroup } = idsOf(from + 1);
    for (const end of [to, from]) {
      addRule(account, webGroup, 'ingress', {
        ...tcp(22),
        peer: { group: idsOf(end + 1).webGroup, owner: ACCOUNTS[end] },
      });
    }
  });
  return accounts;
}

function blockOf(index: number): string {
  return `${addressText(addressOf(10, index + 1))}/16`;
}

function peeredVpc(index: 0 | 1 | 2) {
  const cidr = blockOf(index);
  const { vpc } = idsOf(index + 1);
  return {
    CidrBlock: cidr,
    CidrBlockSet: [{ CidrBlock: cidr }],
    OwnerId: ACCOUNTS[index],
    VpcId: vpc,
    Region: REGION,
  };
}

/** One group with as many rules as there are ports, no two of which can be merged. */
export function hugeGroup(rules = 65_536): Snapshot[] {
  const account = smallAccount();
  const { webGroup } = idsOf(1);
  for (let port = 0; port < rules; port += 1) {
    addRule(account, webGroup, 'ingress', {
      ...tcp(port),
      peer: { cidr: `${addressText(addressOf(10, 64) + port * 2)}/32` },
    });
  }
  return [account];
}

/** Every name, description and tag is one of the hostile names, each at least once. */
export function hostileNames(): Snapshot[] {
  const account = smallAccount();
  let next = 0;
  for (const hostile of HOSTILE_NAMES) {
    addRule(account, idsOf(1).webGroup, 'ingress', {
      ...tcp(8_080),
      peer: { cidr: '0.0.0.0/0' },
      description: hostile,
    });
  }
  const labels = new Set(['Value', 'Description', 'GroupName', 'PrefixListName']);
  const rename = ({ key, value }: Member): unknown =>
    typeof key === 'string' && labels.has(key) && typeof value === 'string'
      ? HOSTILE_NAMES[next++ % HOSTILE_NAMES.length]
      : value;
  return [mapMembers(account, rename)];
}

/** Lists of 1,000 entries, AWS's limit: scattered hosts, all of IPv4 in pieces, and IPv6. Groups and a route use them. */
export function longPrefixLists(): Snapshot[] {
  const account = smallAccount();
  const { webGroup, dbGroup, gateway } = idsOf(1);
  const host = (i: number): string => `${addressText(addressOf(10, 128) + i * 2)}/32`;
  // 24 blocks of a /9 and 976 of a /10 are all of IPv4.
  const piece = (i: number): string =>
    i < 24 ? `${addressText(i * 2 ** 23)}/9` : `${addressText(24 * 2 ** 23 + (i - 24) * 2 ** 22)}/10`;
  const network = (i: number): string => `2001:db8:${(i * 2).toString(16)}::/48`;
  const lists = [host, piece, network].map((cidrOf, i) => {
    const id = idOf('pl', 1, i + 1);
    const entries = Array.from({ length: 1_000 }, (_, j) => ({
      Cidr: cidrOf(j),
      Description: `entry ${j + 1}`,
    }));
    account.GetManagedPrefixListEntries[id] = { Entries: entries };
    account.DescribeManagedPrefixLists.PrefixLists.push({
      PrefixListId: id,
      PrefixListName: `long-${i + 1}`,
      AddressFamily: cidrOf === network ? 'IPv6' : 'IPv4',
      State: 'create-complete',
      MaxEntries: 1_000,
      Version: 1,
      OwnerId: account._meta.account,
      Tags: [],
    });
    return id;
  });
  for (const list of lists) {
    addRule(account, webGroup, 'ingress', { ...tcp(22), peer: { list } });
    addRule(account, dbGroup, 'egress', { ...tcp(443), peer: { list } });
  }
  account.DescribeRouteTables.RouteTables[1]?.Routes.push({
    DestinationPrefixListId: lists[1] ?? '',
    GatewayId: gateway,
    Origin: 'CreateRoute',
    State: 'active',
  });
  return [account];
}

/** An ACL whose numbers stand twice in one direction, with opposite actions. AWS never gives this. */
export function duplicateAclNumbers(): Snapshot[] {
  const account = smallAccount();
  const entries = account.DescribeNetworkAcls.NetworkAcls[0]?.Entries ?? [];
  const twice = entries.map((entry): AclEntry => ({
    ...entry,
    RuleAction: entry.RuleAction === 'allow' ? 'deny' : 'allow',
  }));
  entries.push(...twice);
  return [account];
}

/** Port ranges that end before they begin, and ports that do not exist. */
export function reversedPorts(): Snapshot[] {
  const account = smallAccount();
  const { webGroup, dbGroup } = idsOf(1);
  const anywhere = { cidr: '0.0.0.0/0' };
  const ranges = [
    [443, 80],
    [65_535, 0],
    [80, -1],
    [-1, 80],
    [-5, -2],
    [65_530, 65_540],
    [70_000, 80_000],
    [1.5, 2.5],
  ] as const;
  for (const [from, to] of ranges) {
    for (const protocol of ['tcp', 'udp', 'icmp', 'icmpv6', '6', '47', '256', '-2', 'TCP', '']) {
      addRule(account, webGroup, 'ingress', { protocol, from, to, peer: anywhere });
      addRule(account, dbGroup, 'egress', { protocol, from, to, peer: anywhere });
    }
  }
  const entries = account.DescribeNetworkAcls.NetworkAcls[0]?.Entries ?? [];
  ranges.forEach(([From, To], i) => {
    const line = { Protocol: '6', CidrBlock: '0.0.0.0/0', PortRange: { From, To } };
    entries.push({
      ...line,
      RuleNumber: 10 + i,
      Egress: i % 2 === 0,
      RuleAction: i % 3 === 0 ? 'deny' : 'allow',
    });
  });
  return [account];
}

/** All builders by name, for tests that hold for every one. Each call makes new accounts: one for each target of a run. */
export const HOSTILE_ACCOUNTS: Readonly<Record<string, () => Snapshot[]>> = {
  groupRing,
  hugeGroup,
  hostileNames,
  longPrefixLists,
  duplicateAclNumbers,
  reversedPorts,
  nullMembers,
  nullLeaves,
  nullEntries,
  nullLists,
  nullBodies,
  emptyBodies,
  emptyLists,
  emptyInnerLists,
  extraMembers,
  numbersAsText,
  wrongTypes,
};
