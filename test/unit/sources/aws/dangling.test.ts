import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LiveCall, Responses } from '#sources/aws';
import { danglingIds } from '../../../../lib/sources/aws/collect/dangling.ts';
import { ACCOUNT, awsError, fakeAws, type FakeAws, type Input } from './fake-aws.ts';

/** One of each kind of thing, all of them known. */
const WHOLE = {
  DescribeVpcs: { Vpcs: [{ VpcId: 'vpc-1' }] },
  DescribeSubnets: { Subnets: [{ SubnetId: 'subnet-1', VpcId: 'vpc-1' }] },
  DescribeSecurityGroups: { SecurityGroups: [{ GroupId: 'sg-1', VpcId: 'vpc-1', OwnerId: ACCOUNT }] },
  DescribeNetworkInterfaces: { NetworkInterfaces: [{ NetworkInterfaceId: 'eni-1', OwnerId: ACCOUNT }] },
  DescribeInstances: { Reservations: [{ Instances: [{ InstanceId: 'i-1' }] }] },
  DescribeManagedPrefixLists: { PrefixLists: [{ PrefixListId: 'pl-1' }] },
  DescribeInternetGateways: { InternetGateways: [{ InternetGatewayId: 'igw-1' }] },
  DescribeEgressOnlyInternetGateways: {
    EgressOnlyInternetGateways: [{ EgressOnlyInternetGatewayId: 'eigw-1' }],
  },
  DescribeNatGateways: { NatGateways: [{ NatGatewayId: 'nat-1', State: 'available', SubnetId: 'subnet-1' }] },
  DescribeVpcPeeringConnections: { VpcPeeringConnections: [{ VpcPeeringConnectionId: 'pcx-1' }] },
  DescribeVpcEndpoints: { VpcEndpoints: [{ VpcEndpointId: 'vpce-1' }] },
  DescribeTransitGateways: { TransitGateways: [{ TransitGatewayId: 'tgw-1' }] },
  DescribeVpnGateways: { VpnGateways: [{ VpnGatewayId: 'vgw-1' }] },
} satisfies Responses;

const route = (member: string, id: string, more: object = {}): Responses => ({
  DescribeRouteTables: { RouteTables: [{ Routes: [{ [member]: id, ...more }] }] },
});
const card = (members: object): Responses => ({
  DescribeNetworkInterfaces: { NetworkInterfaces: [members] },
});
const group = (permission: object): Responses => ({
  DescribeSecurityGroups: {
    SecurityGroups: [{ GroupId: 'sg-1', OwnerId: ACCOUNT, IpPermissionsEgress: [permission] }],
  },
});

describe('danglingIds', () => {
  it.each<[string, Responses, LiveCall, string]>([
    ['a group', card({ Groups: [{ GroupId: 'sg-9' }] }), 'DescribeSecurityGroups', 'sg-9'],
    ['a subnet', card({ SubnetId: 'subnet-9' }), 'DescribeSubnets', 'subnet-9'],
    ['a network', card({ VpcId: 'vpc-9' }), 'DescribeVpcs', 'vpc-9'],
    ['an instance', card({ Attachment: { InstanceId: 'i-9' } }), 'DescribeInstances', 'i-9'],
    [
      "a subnet's network",
      { DescribeSubnets: { Subnets: [{ SubnetId: 'subnet-1', VpcId: 'vpc-9' }] } },
      'DescribeVpcs',
      'vpc-9',
    ],
    ["a route's NAT gateway", route('NatGatewayId', 'nat-9'), 'DescribeNatGateways', 'nat-9'],
    ["a route's internet gateway", route('GatewayId', 'igw-9'), 'DescribeInternetGateways', 'igw-9'],
    ["a route's VPN gateway", route('GatewayId', 'vgw-9'), 'DescribeVpnGateways', 'vgw-9'],
    ["a route's endpoint", route('GatewayId', 'vpce-9'), 'DescribeVpcEndpoints', 'vpce-9'],
    ["a route's peering", route('VpcPeeringConnectionId', 'pcx-9'), 'DescribeVpcPeeringConnections', 'pcx-9'],
    ["a route's transit gateway", route('TransitGatewayId', 'tgw-9'), 'DescribeTransitGateways', 'tgw-9'],
    ["a route's interface", route('NetworkInterfaceId', 'eni-9'), 'DescribeNetworkInterfaces', 'eni-9'],
    ["a route's prefix list", route('DestinationPrefixListId', 'pl-9'), 'DescribeManagedPrefixLists', 'pl-9'],
    [
      "a rule's prefix list",
      group({ PrefixListIds: [{ PrefixListId: 'pl-9' }] }),
      'DescribeManagedPrefixLists',
      'pl-9',
    ],
    [
      "a rule's group",
      group({ UserIdGroupPairs: [{ GroupId: 'sg-9', UserId: ACCOUNT }] }),
      'DescribeSecurityGroups',
      'sg-9',
    ],
    [
      "a running instance's interface",
      {
        DescribeInstances: {
          Reservations: [
            { Instances: [{ InstanceId: 'i-1', NetworkInterfaces: [{ NetworkInterfaceId: 'eni-9' }] }] },
          ],
        },
      },
      'DescribeNetworkInterfaces',
      'eni-9',
    ],
    [
      "a table's subnet",
      { DescribeRouteTables: { RouteTables: [{ Associations: [{ SubnetId: 'subnet-9' }] }] } },
      'DescribeSubnets',
      'subnet-9',
    ],
    [
      "an ACL's subnet",
      { DescribeNetworkAcls: { NetworkAcls: [{ Associations: [{ SubnetId: 'subnet-9' }] }] } },
      'DescribeSubnets',
      'subnet-9',
    ],
    [
      "a load balancer's group",
      { DescribeLoadBalancers: { LoadBalancers: [{ SecurityGroups: ['sg-9'] }] } },
      'DescribeSecurityGroups',
      'sg-9',
    ],
    [
      "a database's group",
      { DescribeDBInstances: { DBInstances: [{ VpcSecurityGroups: [{ VpcSecurityGroupId: 'sg-9' }] }] } },
      'DescribeSecurityGroups',
      'sg-9',
    ],
    [
      "an endpoint's interface",
      { DescribeVpcEndpoints: { VpcEndpoints: [{ State: 'available', NetworkInterfaceIds: ['eni-9'] }] } },
      'DescribeNetworkInterfaces',
      'eni-9',
    ],
  ])('%s', (_, changed, call, id) => {
    const found = danglingIds({ ...WHOLE, ...changed });
    expect(found.map((one) => [one.call, one.id])).toEqual([[call, id]]);
    expect(found[0]?.namedBy.split('.')[0]).toBe(Object.keys(changed)[0]);
  });

  it.each<[string, Responses]>([
    ['nothing is named', {}],
    [
      'a black hole, which says itself that its target is gone',
      route('NatGatewayId', 'nat-9', { State: 'blackhole' }),
    ],
    ['the local route', route('GatewayId', 'local')],
    [
      'an interface on a host of AWS',
      card({ OwnerId: ACCOUNT, Attachment: { InstanceId: 'i-9', InstanceOwnerId: 'amazon-elb' } }),
    ],
    [
      'a group of another account',
      group({ UserIdGroupPairs: [{ GroupId: 'sg-9', UserId: '999999999999' }] }),
    ],
    [
      'a group behind a peering',
      group({ UserIdGroupPairs: [{ GroupId: 'sg-9', UserId: ACCOUNT, VpcPeeringConnectionId: 'pcx-1' }] }),
    ],
    [
      'the interface of a terminated instance',
      {
        DescribeInstances: {
          Reservations: [
            {
              Instances: [
                { State: { Name: 'terminated' }, NetworkInterfaces: [{ NetworkInterfaceId: 'eni-9' }] },
              ],
            },
          ],
        },
      },
    ],
    ['an empty id', card({ SubnetId: '' })],
  ])('not: %s', (_, changed) => {
    expect(danglingIds({ ...WHOLE, ...changed })).toEqual([]);
  });

  it('nothing dangles in a call that was not read', () => {
    expect(danglingIds(card({ Groups: [{ GroupId: 'sg-9' }], SubnetId: 'subnet-9' }))).toEqual([]);
  });
});

describe('collect reads it once more', () => {
  let aws: FakeAws;
  beforeEach(() => {
    aws = fakeAws();
    aws.on('DescribeNetworkInterfaces', {
      NetworkInterfaces: [
        { NetworkInterfaceId: 'eni-1', Groups: [{ GroupId: 'sg-1' }, { GroupId: 'sg-new' }] },
      ],
    });
  });
  afterEach(() => {
    aws.restore();
  });
  const isAskedById = (input: Input): boolean =>
    input['Filters'] !== undefined || input['Filter'] !== undefined;

  it('by its id, and adds it', async () => {
    aws.on('DescribeSecurityGroups', (input: Input) => ({
      SecurityGroups: [{ GroupId: isAskedById(input) ? 'sg-new' : 'sg-1' }],
    }));
    const snapshot = await aws.collect();
    expect(snapshot.DescribeSecurityGroups?.SecurityGroups?.map(({ GroupId }) => GroupId)).toEqual([
      'sg-1',
      'sg-new',
    ]);
    expect(snapshot._meta.blindSpots).toEqual([]);
    expect(aws.asked('DescribeSecurityGroups')[1]?.['Filters']).toEqual([
      { Name: 'group-id', Values: ['sg-new'] },
    ]);
  });

  it.each([
    ['finds nothing', (): object => ({ SecurityGroups: [] })],
    [
      'is denied',
      (): object => {
        throw awsError('UnauthorizedOperation');
      },
    ],
  ])('and if that %s, it is a blind spot', async (_, again) => {
    aws.on('DescribeSecurityGroups', (input: Input) =>
      isAskedById(input) ? again() : { SecurityGroups: [{ GroupId: 'sg-1' }] },
    );
    const snapshot = await aws.collect();
    expect(snapshot._meta.blindSpots).toMatchObject([
      {
        code: 'dangling',
        call: 'DescribeSecurityGroups',
        id: 'sg-new',
        namedBy: 'DescribeNetworkInterfaces.NetworkInterfaces[0].Groups[1]',
      },
    ]);
    expect(aws.asked('DescribeSecurityGroups')).toHaveLength(2);
  });

  it('with the entries of a prefix list that it finds so', async () => {
    aws.on('DescribeNetworkInterfaces', { NetworkInterfaces: [] });
    aws.on('DescribeSecurityGroups', {
      SecurityGroups: [{ GroupId: 'sg-1', IpPermissions: [{ PrefixListIds: [{ PrefixListId: 'pl-new' }] }] }],
    });
    aws.on('DescribeManagedPrefixLists', (input: Input) => ({
      PrefixLists: isAskedById(input) ? [{ PrefixListId: 'pl-new' }] : [],
    }));
    aws.on('GetManagedPrefixListEntries', { Entries: [{ Cidr: '198.51.100.0/25' }] });
    const snapshot = await aws.collect();
    expect(snapshot.GetManagedPrefixListEntries).toEqual({
      'pl-new': { Entries: [{ Cidr: '198.51.100.0/25' }] },
    });
    expect(snapshot._meta.blindSpots).toEqual([]);
  });

  it('as a whole where there is no filter for ids', async () => {
    aws.on('DescribeSecurityGroups', { SecurityGroups: [{ GroupId: 'sg-1' }, { GroupId: 'sg-new' }] });
    aws.on('DescribeRouteTables', { RouteTables: [{ Routes: [{ EgressOnlyInternetGatewayId: 'eigw-1' }] }] });
    let times = 0;
    aws.on('DescribeEgressOnlyInternetGateways', () => ({
      EgressOnlyInternetGateways: times++ === 0 ? [] : [{ EgressOnlyInternetGatewayId: 'eigw-1' }],
    }));
    const snapshot = await aws.collect();
    expect(snapshot.DescribeEgressOnlyInternetGateways?.EgressOnlyInternetGateways).toHaveLength(1);
    expect(snapshot._meta.blindSpots).toEqual([]);
  });

  it('a NAT gateway by the filter that only that call spells otherwise, 200 ids at a time', async () => {
    aws.on('DescribeNetworkInterfaces', { NetworkInterfaces: [] });
    const Routes = Array.from({ length: 450 }, (_, index) => ({ NatGatewayId: `nat-${index}` }));
    aws.on('DescribeRouteTables', { RouteTables: [{ Routes }] });
    const { _meta } = await aws.collect();
    const again = aws.asked('DescribeNatGateways').slice(1);
    const sizes = again.map((input) => (input['Filter'] as { Values: unknown[] }[])[0]?.Values.length);
    expect(sizes).toEqual([200, 200, 50]);
    expect(_meta.blindSpots).toHaveLength(450);
  });
});
