import { describe, expect, it } from 'vitest';
import type { IpPermission } from './responses.ts';
import { ask, draw, groupPair, outcome, peering } from './sketch.ts';

const FROM = { ip: '10.0.0.10', ip6: '2001:db8:a::10' };
const TO = { ip: '10.0.0.20', ip6: '2001:db8:a::20' };

function admits(
  permissions: readonly Partial<IpPermission>[],
  packet: string,
  from = 'from',
  to = 'to',
): boolean {
  const account = draw({
    groups: { guard: { in: permissions }, other: { out: [{ IpRanges: [{ CidrIp: '0.0.0.0/0' }] }] } },
    cards: { from: { ...FROM, groups: ['open', 'other'] }, to: { ...TO, groups: ['guard'] } },
    more: {
      GetManagedPrefixListEntries: {
        'pl-1': { Entries: [{ Cidr: '10.0.0.8/30' }, { Cidr: '2001:db8:a::/64' }] },
      },
    },
  });
  return ask(account, from, to, packet).forward;
}

const ANY = { IpRanges: [{ CidrIp: '0.0.0.0/0' }], Ipv6Ranges: [{ CidrIpv6: '::/0' }] };

describe('one permission', () => {
  it.each<[line: string, permission: Partial<IpPermission>, packet: string, expected: boolean]>([
    ['SG13 -1 is every protocol', { IpProtocol: '-1', ...ANY }, 'proto/47', true],
    ['SG13 -1 ignores ports', { IpProtocol: '-1', FromPort: 22, ToPort: 22, ...ANY }, 'tcp/23', true],
    ['SG13 "6" is tcp', { IpProtocol: '6', FromPort: 22, ToPort: 22, ...ANY }, 'tcp/22', true],
    ['SG13 "6" has ports', { IpProtocol: '6', FromPort: 22, ToPort: 22, ...ANY }, 'tcp/23', false],
    ['SG13 "17" is udp', { IpProtocol: '17', FromPort: 53, ToPort: 53, ...ANY }, 'udp/53', true],
    ['SG13 "58" is icmpv6', { IpProtocol: '58', FromPort: 128, ToPort: -1, ...ANY }, 'icmpv6/128/0', true],
    ['SG13 47 is the whole protocol', { IpProtocol: '47', FromPort: 5, ToPort: 5, ...ANY }, 'proto/47', true],
    ['SG13 47 is no other protocol', { IpProtocol: '47', ...ANY }, 'proto/50', false],
    ['SG13 0 is a protocol, not all', { IpProtocol: '0', ...ANY }, 'tcp/22', false],
    ['SG13 an unreadable protocol admits nothing', { IpProtocol: 'banana', ...ANY }, 'tcp/22', false],
    ['SG14 first port', { IpProtocol: 'tcp', FromPort: 20, ToPort: 22, ...ANY }, 'tcp/20', true],
    ['SG14 last port', { IpProtocol: 'tcp', FromPort: 20, ToPort: 22, ...ANY }, 'tcp/22', true],
    ['SG14 below', { IpProtocol: 'tcp', FromPort: 20, ToPort: 22, ...ANY }, 'tcp/19', false],
    ['SG14 above', { IpProtocol: 'tcp', FromPort: 20, ToPort: 22, ...ANY }, 'tcp/23', false],
    ['SG14 port 0', { IpProtocol: 'tcp', FromPort: 0, ToPort: 65535, ...ANY }, 'tcp/0', true],
    ['SG14 port 65535', { IpProtocol: 'udp', FromPort: 0, ToPort: 65535, ...ANY }, 'udp/65535', true],
    ['SG14 tcp is not udp', { IpProtocol: 'tcp', FromPort: 53, ToPort: 53, ...ANY }, 'udp/53', false],
    ['SG14 absent ports are all', { IpProtocol: 'tcp', ...ANY }, 'tcp/1', true],
    ['SG14 null ports are all', { IpProtocol: 'tcp', FromPort: null, ToPort: null, ...ANY }, 'tcp/1', true],
    ['SG14 -1/-1 ports are all', { IpProtocol: 'tcp', FromPort: -1, ToPort: -1, ...ANY }, 'tcp/65535', true],
    ['SG15 type and code', { IpProtocol: 'icmp', FromPort: 8, ToPort: 0, ...ANY }, 'icmp/8/0', true],
    ['SG15 code 0 is not any', { IpProtocol: 'icmp', FromPort: 8, ToPort: 0, ...ANY }, 'icmp/8/1', false],
    ['SG15 another type', { IpProtocol: 'icmp', FromPort: 8, ToPort: -1, ...ANY }, 'icmp/9/0', false],
    ['SG15 any code', { IpProtocol: 'icmp', FromPort: 3, ToPort: -1, ...ANY }, 'icmp/3/4', true],
    ['SG15 any type', { IpProtocol: 'icmp', FromPort: -1, ToPort: -1, ...ANY }, 'icmp/255/255', true],
    ['SG15 type 0 is not any', { IpProtocol: 'icmp', FromPort: 0, ToPort: 0, ...ANY }, 'icmp/8/0', false],
    [
      'SG15 a code without a type',
      { IpProtocol: 'icmp', FromPort: -1, ToPort: 0, ...ANY },
      'icmp/8/0',
      false,
    ],
    [
      'SG15 icmp is not icmpv6',
      { IpProtocol: 'icmp', FromPort: -1, ToPort: -1, ...ANY },
      'icmpv6/128/0',
      false,
    ],
    ['SG16 no remotes admit nothing', { IpProtocol: '-1' }, 'tcp/22', false],
    ['a CIDR that holds the source', { IpRanges: [{ CidrIp: '10.0.0.8/30' }] }, 'tcp/22', true],
    ['a CIDR that ends before it', { IpRanges: [{ CidrIp: '10.0.0.8/31' }] }, 'tcp/22', false],
    ['a CIDR that begins after it', { IpRanges: [{ CidrIp: '10.0.0.11/32' }] }, 'tcp/22', false],
    ['the source alone', { IpRanges: [{ CidrIp: '10.0.0.10/32' }] }, 'tcp/22', true],
    ['an unreadable CIDR', { IpRanges: [{ CidrIp: '10.0.0.0/33' }] }, 'tcp/22', false],
    ['SG12 ::/0 says nothing of IPv4', { Ipv6Ranges: [{ CidrIpv6: '::/0' }] }, 'tcp/22', false],
    ['SG11 a prefix list', { PrefixListIds: [{ PrefixListId: 'pl-1' }] }, 'tcp/22', true],
    ['SG11 an unknown prefix list', { PrefixListIds: [{ PrefixListId: 'pl-2' }] }, 'tcp/22', false],
    ['SG5 a group that the source carries', { UserIdGroupPairs: [groupPair('other')] }, 'tcp/22', true],
    ['SG4 a group that it does not carry', { UserIdGroupPairs: [groupPair('guard')] }, 'tcp/22', false],
    [
      'SG16 any of several remotes',
      { IpRanges: [{ CidrIp: '1.1.1.1/32' }], UserIdGroupPairs: [groupPair('other')] },
      'tcp/22',
      true,
    ],
  ])('%s', (_, permission, packet, expected) => {
    expect(admits([permission], packet)).toBe(expected);
  });

  it.each<[line: string, permission: Partial<IpPermission>, expected: boolean]>([
    ['SG12 an IPv6 range', { Ipv6Ranges: [{ CidrIpv6: '2001:db8:a::10/128' }] }, true],
    ['SG12 a neighbour', { Ipv6Ranges: [{ CidrIpv6: '2001:db8:a::11/128' }] }, false],
    ['SG12 0.0.0.0/0 says nothing of IPv6', { IpRanges: [{ CidrIp: '0.0.0.0/0' }] }, false],
    ['SG11 an IPv6 prefix list', { PrefixListIds: [{ PrefixListId: 'pl-1' }] }, true],
    ['SG6 a group reference counts for IPv6', { UserIdGroupPairs: [groupPair('other')] }, true],
  ])('%s', (_, permission, expected) => {
    expect(admits([permission], 'tcp/22', 'from@2001:db8:a::10', 'to@2001:db8:a::20')).toBe(expected);
  });
});

describe('groups together', () => {
  const ssh = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, ...ANY };
  const web = { IpProtocol: 'tcp', FromPort: 80, ToPort: 80, ...ANY };
  const account = draw({
    groups: {
      ssh: { in: [ssh] },
      web: { in: [web] },
      mute: { in: [ANY], out: [] },
      self: { in: [{ UserIdGroupPairs: [groupPair('self')] }], out: [ANY] },
      callsSelf: { in: [ANY], out: [{ UserIdGroupPairs: [groupPair('self')] }] },
    },
    cards: {
      client: FROM,
      both: { ip: '10.0.0.21', groups: ['ssh', 'web'] },
      none: { ip: '10.0.0.22', groups: [] },
      mute: { ip: '10.0.0.23', groups: ['mute'] },
      self: { ip: '10.0.0.24', groups: ['self'] },
      twin: { ip: '10.0.0.25', groups: ['self'] },
      caller: { ip: '10.0.0.26', groups: ['callsSelf'] },
    },
  });

  it.each([
    ['SG2 the union admits by the first', 'client', 'both', 'tcp/22', true],
    ['SG2 the union admits by the second', 'client', 'both', 'tcp/80', true],
    ['SG2 nothing else', 'client', 'both', 'tcp/81', false],
    ['SG2 no group, no traffic in', 'client', 'none', 'tcp/22', false],
    ['SG2 no group, no traffic out', 'none', 'client', 'tcp/22', false],
    ['SG3 an empty egress denies all', 'mute', 'client', 'tcp/22', false],
    ['SG1 yet answers leave', 'client', 'mute', 'tcp/22', true],
    ['SG4 members of one group', 'self', 'twin', 'tcp/22', true],
    ['SG4 strangers', 'client', 'self', 'tcp/22', false],
    ['SG5 an egress reference by the destination', 'caller', 'self', 'tcp/22', false],
    ['SG5 which must carry the group', 'caller', 'client', 'tcp/22', false],
  ])('%s', (_, from, to, packet, expected) => {
    expect(ask(account, from, to, packet).session).toBe(expected);
  });

  it('SG5 an egress reference admits towards a member that lets it in', () => {
    const open = draw({
      groups: { calls: { out: [{ UserIdGroupPairs: [groupPair('open')] }] } },
      cards: { caller: { ...FROM, groups: ['calls'] }, to: TO },
    });
    expect(outcome(open, 'caller', 'to')).toBe('session');
  });
});

describe('SG8 references across a peering', () => {
  const routes = [{ DestinationCidrBlock: '10.0.0.0/8', VpcPeeringConnectionId: 'pcx-vpc-b' }];
  const across = (status: string, region = 'eu-west-1', referenced = true) =>
    draw({
      subnets: { s: { routes }, t: { vpc: 'b', routes } },
      groups: { guard: { vpc: 'b', in: [referenced ? { UserIdGroupPairs: [groupPair('open')] } : ANY] } },
      cards: { from: FROM, to: { subnet: 't', ip: '10.1.0.20', groups: ['guard'] } },
      peerings: [peering(status, region)],
    });

  it.each([
    ['active in one Region', 'active', 'eu-west-1', 'session'],
    ['active across Regions carries, but no reference', 'active', 'eu-central-1', 'routed'],
    ['pending', 'pending-acceptance', 'eu-west-1', 'not routed'],
    ['deleted', 'deleted', 'eu-west-1', 'not routed'],
  ])('%s', (_, status, region, expected) => {
    expect(outcome(across(status, region), 'from', 'to')).toBe(expected);
  });

  it('RT8 a CIDR rule works across Regions', () => {
    expect(outcome(across('active', 'eu-central-1', false), 'from', 'to')).toBe('session');
  });
});

describe('SG17 a group of another VPC', () => {
  it('counts wherever an interface carries it', () => {
    const account = draw({
      groups: { foreign: { vpc: 'b', in: [{ UserIdGroupPairs: [groupPair('open')] }], out: [] } },
      cards: { from: FROM, to: { ...TO, groups: ['foreign'] } },
    });
    expect(outcome(account, 'from', 'to')).toBe('session');
  });
});
