import { describe, expect, it } from 'vitest';
import type { Instance, NetworkInterface } from './responses.ts';
import { ask, draw, groupPair, outcome } from './sketch.ts';

const OTHER = { ip: '10.0.0.20', publicIp: '54.0.0.2' };
const PUBLIC = { s: { routes: [{ DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-a' }] } };

function attached(status: string, instance?: string): Pick<NetworkInterface, 'Attachment'> {
  const base = { AttachmentId: 'eni-attach-1', DeviceIndex: 0, InstanceOwnerId: '111122223333' };
  return {
    Attachment: { ...base, Status: status, ...(instance === undefined ? {} : { InstanceId: instance }) },
  };
}

function withCard(card: Partial<NetworkInterface>, state?: string) {
  const instances: Instance[] =
    state === undefined ? [] : [{ InstanceId: 'i-1', State: { Code: 0, Name: state } }];
  return draw({
    subnets: PUBLIC,
    cards: { other: OTHER, card: { ip: '10.0.0.10', publicIp: '54.0.0.1', ...card } },
    more: {
      DescribeInstances: {
        Reservations: [{ ReservationId: 'r-1', OwnerId: '111122223333', Instances: instances }],
      },
    },
  });
}

describe('what takes part', () => {
  it.each<[line: string, card: Partial<NetworkInterface>, state: string | undefined, expected: string]>([
    ['EN3 in use, with no attachment printed', { Status: 'in-use' }, undefined, 'session'],
    ['EN3 attached', attached('attached'), undefined, 'session'],
    ['EN3 available', { Status: 'available' }, undefined, 'not routed'],
    ['EN3 attaching', attached('attaching'), undefined, 'not routed'],
    ['EN3 detaching', attached('detaching'), undefined, 'not routed'],
    ['EN3 detached', attached('detached'), undefined, 'not routed'],
    ['EN2 running', attached('attached', 'i-1'), 'running', 'session'],
    ['EN2 pending', attached('attached', 'i-1'), 'pending', 'session'],
    ['EN2 stopping', attached('attached', 'i-1'), 'stopping', 'not routed'],
    ['EN2 stopped', attached('attached', 'i-1'), 'stopped', 'not routed'],
    ['EN2 terminated', attached('attached', 'i-1'), 'terminated', 'not routed'],
    ['EN2 an instance that is not known', attached('attached', 'i-2'), 'stopped', 'session'],
  ])('%s', (_, card, state, expected) => {
    const account = withCard(card, state);
    expect(outcome(account, 'card', 'other')).toBe(expected);
    expect(outcome(account, 'other', 'card')).toBe(expected);
    expect(outcome(account, 'card', '8.8.8.8')).toBe(expected);
    expect(outcome(account, '8.8.8.8', 'card')).toBe(expected);
  });
});

describe('EN8, EN9 what sends and listens', () => {
  it.each<[line: string, card: Partial<NetworkInterface>, sends: string, listens: string]>([
    ['a host', {}, 'session', 'session'],
    ['a NAT gateway', { InterfaceType: 'nat_gateway' }, 'routed', 'routed'],
    [
      'a NAT gateway of an older record',
      { Description: 'Interface for NAT Gateway nat-0123' },
      'routed',
      'routed',
    ],
    ['a function', { InterfaceType: 'lambda' }, 'session', 'routed'],
    ['a function of an older record', { Description: 'AWS Lambda VPC ENI-resize-1' }, 'session', 'routed'],
    ['a transit gateway', { InterfaceType: 'transit_gateway' }, 'routed', 'routed'],
    [
      'a transit gateway of an older record',
      { Description: 'Network Interface for Transit Gateway Attachment tgw-attach-1' },
      'routed',
      'routed',
    ],
    ['a database', { Description: 'RDSNetworkInterface', RequesterManaged: true }, 'session', 'session'],
    ['an interface endpoint', { InterfaceType: 'vpc_endpoint' }, 'session', 'session'],
  ])('%s', (_, card, sends, listens) => {
    const account = withCard(card);
    expect(outcome(account, 'card', 'other')).toBe(sends);
    expect(outcome(account, 'card', '8.8.8.8')).toBe(sends);
    expect(outcome(account, 'other', 'card')).toBe(listens);
    expect(outcome(account, '8.8.8.8', 'card')).toBe(listens);
  });

  it.each([
    ['SG20, LB2 a network load balancer without groups lets all in', 'network_load_balancer', [], 'session'],
    ['with groups it obeys them', 'network_load_balancer', ['none'], 'routed'],
    ['a host without groups lets nothing in', 'interface', [], 'routed'],
  ])('%s', (_, InterfaceType, groups, expected) => {
    const account = draw({
      groups: { none: {} },
      cards: { other: OTHER, card: { ip: '10.0.0.10', InterfaceType, groups } },
    });
    expect(outcome(account, 'other', 'card')).toBe(expected);
  });
});

describe('EN4 the addresses of one interface', () => {
  const account = draw({
    subnets: PUBLIC,
    groups: {
      guard: { in: [{ UserIdGroupPairs: [groupPair('many')] }, { IpRanges: [{ CidrIp: '8.8.8.8/32' }] }] },
      many: { out: [{ IpRanges: [{ CidrIp: '0.0.0.0/0' }], Ipv6Ranges: [{ CidrIpv6: '::/0' }] }] },
    },
    cards: {
      guarded: { ip: '10.0.0.20', ip6: '2001:db8:a::20', groups: ['guard'] },
      many: {
        ip: '10.0.0.10',
        groups: ['many', 'guard'],
        PrivateIpAddresses: [
          { Primary: true, PrivateIpAddress: '10.0.0.10' },
          {
            Primary: false,
            PrivateIpAddress: '10.0.0.11',
            Association: { PublicIp: '54.0.0.11', IpOwnerId: '111122223333' },
          },
        ],
        Ipv6Addresses: [{ Ipv6Address: '2001:db8:a::10' }],
        Ipv4Prefixes: [{ Ipv4Prefix: '10.0.0.32/28' }],
        Ipv6Prefixes: [{ Ipv6Prefix: '2001:db8:a:0:1::/80' }],
      },
    },
  });

  it.each([
    ['SG5 by the primary address', 'many@10.0.0.10', 'guarded'],
    ['SG5 by a secondary address', 'many@10.0.0.11', 'guarded'],
    ['SG6 by the first address of a prefix', 'many@10.0.0.32', 'guarded'],
    ['SG6 by the last address of a prefix', 'many@10.0.0.47', 'guarded'],
    ['SG6 by IPv6', 'many@2001:db8:a::10', 'guarded@2001:db8:a::20'],
    ['SG6 by an IPv6 prefix', 'many@2001:db8:a:0:1::ffff', 'guarded@2001:db8:a::20'],
  ])('a group reference matches %s', (_, from, to) => {
    expect(outcome(account, from, to)).toBe('session');
  });

  it.each([
    ['the primary without one', 'many@10.0.0.10', 'not routed'],
    ['the secondary with one', 'many@10.0.0.11', 'session'],
    ['a prefix never has one', 'many@10.0.0.33', 'not routed'],
  ])('EN5 public addresses are per address: %s', (_, card, expected) => {
    expect(outcome(account, card, '8.8.8.8')).toBe(expected);
    expect(outcome(account, '8.8.8.8', card)).toBe(expected);
  });

  it.each(['many@10.0.0.12', 'many@10.0.0.48', 'many@2001:db8:a::11', 'many@2001:db8:a:0:2::'])(
    '%s is not one of them',
    (card) => {
      expect(() => ask(account, card, 'guarded', 'tcp/22')).toThrow(TypeError);
    },
  );

  it('EN5 the record of an interface without a list of addresses counts', () => {
    const alone = draw({
      subnets: PUBLIC,
      cards: {
        card: {
          ip: '10.0.0.10',
          PrivateIpAddresses: [],
          Association: { PublicIp: '54.0.0.1', IpOwnerId: 'amazon' },
        },
      },
    });
    expect(outcome(alone, '8.8.8.8', 'card@10.0.0.10')).toBe('session');
  });
});
