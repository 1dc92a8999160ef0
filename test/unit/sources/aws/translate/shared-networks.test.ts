import { describe, expect, it } from 'vitest';
import { idOf } from '#model';
import { translate } from '#sources/aws';
import { between, explained } from '../../../../support/ask.ts';
import {
  acl,
  ACCOUNT,
  card,
  endpointOf,
  group,
  mainTable,
  policyOf,
  snapshot,
  table,
  translated,
} from './account.ts';

const PARTICIPANT = '222222222222';
const ANYONE = { IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
const open = (id: string, more: object = {}) =>
  group(id, {
    IpPermissions: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, ...ANYONE }],
    IpPermissionsEgress: [{ IpProtocol: '-1', ...ANYONE }],
    ...more,
  });
const at = (id: string, ip: string, more: object) =>
  card(id, { PrivateIpAddresses: [{ PrivateIpAddress: ip, Primary: true }], ...more });
const ENTRIES = [false, true].map((Egress) => ({
  RuleNumber: 100,
  RuleAction: 'allow',
  Protocol: '-1',
  CidrBlock: '0.0.0.0/0',
  Egress,
}));
const OWN = { SubnetId: 'subnet-b' };
/** The participant's interface in the owner's `subnet-a`. */
const GUEST = at('eni-guest', '10.0.0.20', { OwnerId: PARTICIPANT, Groups: [{ GroupId: 'sg-guest' }] });

const owner = (more: object = {}) =>
  snapshot({
    DescribeSecurityGroups: { SecurityGroups: [open('sg-1')] },
    DescribeNetworkAcls: { NetworkAcls: [acl('acl-1', ['subnet-a', 'subnet-b'], ENTRIES)] },
    DescribeNetworkInterfaces: { NetworkInterfaces: [at('eni-1', '10.0.1.10', OWN), GUEST] },
    DescribeRouteTables: {
      RouteTables: [mainTable([{ DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-1' }])],
    },
    ...more,
  });

/** What a participant sees of the network and the subnet, with no table, ACL or gateway unless it is said. */
const seenBy = (more: object = {}) =>
  snapshot(
    {
      DescribeSecurityGroups: { SecurityGroups: [open('sg-guest', { OwnerId: PARTICIPANT })] },
      DescribeNetworkInterfaces: { NetworkInterfaces: [GUEST] },
      DescribeRouteTables: { RouteTables: [] },
      DescribeNetworkAcls: { NetworkAcls: [] },
      DescribeInternetGateways: { InternetGateways: [] },
      ...more,
    },
    { account: PARTICIPANT },
  );
const participant = seenBy();

describe('EN10: an interface in a subnet that somebody shares', () => {
  it.each([
    ['owner first', [owner(), participant]],
    ['participant first', [participant, owner()]],
  ])('has the table and the ACL of the owner, and its own groups: %s', (_, snapshots) => {
    const network = translate(snapshots);
    expect(network.blindSpots.size).toBe(0);
    expect(endpointOf(network, 'eni-guest')).toMatchObject({ account: PARTICIPANT, policies: ['sg-guest'] });
    expect(between(network, 'eni-1', 'eni-guest')).toBe('tcp 443');
    expect(between(network, 'eni-guest', 'eni-1')).toBe('tcp 443');
  });

  it('has unknown borders where the owner was not collected, for one reason', () => {
    const network = translate([participant]);
    const reasons = ['account-not-collected:111122223333/eu-west-1'];
    expect([...network.blindSpots.keys()]).toEqual(reasons);
    // the owner may have a transit gateway that brings in anything
    for (const [from, to] of [
      ['9.9.9.9', 'eni-guest'],
      ['eni-guest', '9.9.9.9'],
    ] as const) {
      const { verdict, because } = explained(network, from, to, 'tcp 443');
      expect([verdict, because]).toEqual(['unknown', reasons]);
    }
  });

  // https://docs.aws.amazon.com/vpc/latest/userguide/vpc-share-limitations.html
  it('has the table and the ACL that a participant may see, and unknown ways out where they lead to what it may not', () => {
    const own = { SubnetId: 'subnet-a', AssociationState: { State: 'associated' } };
    const network = translate([
      seenBy({
        DescribeRouteTables: {
          RouteTables: [
            table('rtb-a', [own], [{ DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: 'nat-9' }]),
          ],
        },
        DescribeNetworkAcls: { NetworkAcls: [acl('acl-1', ['subnet-a'], ENTRIES)] },
      }),
    ]);
    const { routeTable, policy } = network.subnets.get(idOf<'subnet'>('subnet-a'))!;
    expect([routeTable, policy]).toEqual(['rtb-a', 'acl-1']);
    expect(explained(network, 'eni-guest', '9.9.9.9', 'tcp 443').verdict).toBe('unknown');
    expect(explained(network, '9.9.9.9', 'eni-guest', 'tcp 443').verdict).toBe('unknown');
  });

  it('has unknown groups where the participant was not collected, for one reason', () => {
    const second = at('eni-guest2', '10.0.0.21', {
      OwnerId: PARTICIPANT,
      Groups: [{ GroupId: 'sg-other' }],
    });
    const network = translate([
      owner({
        DescribeNetworkInterfaces: { NetworkInterfaces: [at('eni-1', '10.0.1.10', OWN), GUEST, second] },
      }),
    ]);
    expect([...network.blindSpots.keys()]).toEqual([`account-not-collected:${PARTICIPANT}/eu-west-1`]);
    expect(between(network, 'eni-1', 'eni-guest')).toBe('? all traffic');
  });

  it('SG17: may carry a group that the owner shares', () => {
    const guest = { ...GUEST, Groups: [{ GroupId: 'sg-1' }] };
    const network = translate([
      owner(),
      { ...participant, DescribeNetworkInterfaces: { NetworkInterfaces: [guest] } },
    ]);
    expect(endpointOf(network, 'eni-guest').policies).toEqual(['sg-1']);
    expect(policyOf(network, 'sg-1').at.account).toBe(ACCOUNT);
  });
});

describe('SG17: a group that is associated with a further network', () => {
  const world = (pcx: readonly object[]) =>
    translated({
      DescribeVpcs: {
        Vpcs: [
          { VpcId: 'vpc-1', OwnerId: ACCOUNT, CidrBlock: '10.0.0.0/16' },
          { VpcId: 'vpc-2', OwnerId: ACCOUNT, CidrBlock: '10.2.0.0/16' },
        ],
      },
      DescribeSecurityGroups: {
        SecurityGroups: [
          group('sg-1', {
            IpPermissions: [{ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: 'sg-1', UserId: ACCOUNT }] }],
            IpPermissionsEgress: [{ IpProtocol: '-1', ...ANYONE }],
          }),
        ],
      },
      DescribeSubnets: {
        Subnets: [
          { SubnetId: 'subnet-a', VpcId: 'vpc-1', CidrBlock: '10.0.0.0/24', OwnerId: ACCOUNT },
          { SubnetId: 'subnet-2', VpcId: 'vpc-2', CidrBlock: '10.2.0.0/24', OwnerId: ACCOUNT },
        ],
      },
      DescribeNetworkAcls: { NetworkAcls: [acl('acl-1', ['subnet-a', 'subnet-2'], ENTRIES)] },
      DescribeRouteTables: {
        RouteTables: [
          mainTable([{ DestinationCidrBlock: '10.2.0.0/16', VpcPeeringConnectionId: 'pcx-1' }]),
          {
            RouteTableId: 'rtb-2',
            VpcId: 'vpc-2',
            Associations: [{ Main: true, AssociationState: { State: 'associated' } }],
            Routes: [
              { DestinationCidrBlock: '10.2.0.0/16', GatewayId: 'local', State: 'active' },
              { DestinationCidrBlock: '10.0.0.0/16', VpcPeeringConnectionId: 'pcx-1', State: 'active' },
            ],
          },
        ],
      },
      DescribeVpcPeeringConnections: { VpcPeeringConnections: pcx },
      DescribeNetworkInterfaces: {
        NetworkInterfaces: [
          at('eni-1', '10.0.0.10', {}),
          at('eni-1b', '10.0.0.11', {}),
          at('eni-2', '10.2.0.10', { VpcId: 'vpc-2', SubnetId: 'subnet-2' }),
          at('eni-2b', '10.2.0.11', { VpcId: 'vpc-2', SubnetId: 'subnet-2' }),
        ],
      },
    });
  const peering = (code: string, region = 'eu-west-1') => ({
    VpcPeeringConnectionId: 'pcx-1',
    Status: { Code: code },
    RequesterVpcInfo: { VpcId: 'vpc-1', OwnerId: ACCOUNT, Region: 'eu-west-1' },
    AccepterVpcInfo: { VpcId: 'vpc-2', OwnerId: ACCOUNT, Region: region },
  });

  it('filters its members there', () => {
    const network = world([peering('active')]);
    expect(between(network, 'eni-1', 'eni-1b')).toBe('all traffic');
    expect(between(network, 'eni-2', 'eni-2b')).toBe('all traffic');
  });

  it.each([
    { what: 'an active peering', pcx: peering('active'), expected: 'all traffic' },
    { what: 'a peering to another Region', pcx: peering('active', 'us-east-1'), expected: 'no traffic' },
    { what: 'a deleted peering', pcx: peering('deleted'), expected: 'no traffic' },
  ])('SG8: names members across $what: $expected', ({ pcx, expected }) => {
    expect(between(world([pcx]), 'eni-1', 'eni-2')).toBe(expected);
  });
});

describe('SG5, SG6: members of a group', () => {
  it.each([
    { what: 'a stopped host', more: { Attachment: { InstanceId: 'i-1', Status: 'attached' } } },
    { what: 'a detached interface', more: { Status: 'available' } },
  ])('$what is one, which sends nothing', ({ more }) => {
    const network = translated({
      DescribeSecurityGroups: {
        SecurityGroups: [
          group('sg-1', {
            IpPermissions: [{ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: 'sg-1', UserId: ACCOUNT }] }],
            IpPermissionsEgress: [{ IpProtocol: '-1', ...ANYONE }],
          }),
        ],
      },
      DescribeInstances: {
        Reservations: [{ Instances: [{ InstanceId: 'i-1', State: { Name: 'stopped' } }] }],
      },
      DescribeNetworkInterfaces: {
        NetworkInterfaces: [at('eni-1', '10.0.0.10', more), at('eni-2', '10.0.0.11', {})],
      },
    });
    expect(endpointOf(network, 'eni-1').groups).toEqual(['sg-1']);
    expect(between(network, 'eni-1', 'eni-2')).toBe('no traffic');
    const { steps } = explained(network, 'eni-1', 'eni-2', 'tcp 22');
    expect(steps.find((step) => step.kind === 'group' && step.direction === 'ingress')).toMatchObject({
      mark: 'passes',
    });
  });

  it('SG6: are named by their IPv6 addresses and delegated prefixes too', () => {
    const v6 = { SubnetId: 'subnet-6' };
    const network = translated({
      DescribeSubnets: {
        Subnets: [
          {
            SubnetId: 'subnet-6',
            VpcId: 'vpc-1',
            CidrBlock: '10.0.6.0/24',
            Ipv6CidrBlockAssociationSet: [
              { Ipv6CidrBlock: '2600:1::/64', Ipv6CidrBlockState: { State: 'associated' } },
            ],
          },
        ],
      },
      DescribeSecurityGroups: {
        SecurityGroups: [
          group('sg-1', {
            IpPermissions: [{ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: 'sg-1', UserId: ACCOUNT }] }],
            IpPermissionsEgress: [{ IpProtocol: '-1', Ipv6Ranges: [{ CidrIpv6: '::/0' }] }],
          }),
        ],
      },
      DescribeNetworkInterfaces: {
        NetworkInterfaces: [
          { ...at('eni-1', '10.0.6.10', v6), Ipv6Prefixes: [{ Ipv6Prefix: '2600:1::1:0/112' }] },
          { ...at('eni-2', '10.0.6.11', v6), Ipv6Addresses: [{ Ipv6Address: '2600:1::11' }] },
        ],
      },
    });
    expect(between(network, 'eni-1', 'eni-2')).toBe('all traffic');
    expect(between(network, 'eni-2', 'eni-1')).toBe('all traffic');
  });
});
