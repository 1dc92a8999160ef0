import { describe, expect, it } from 'vitest';
import { formatCidr } from '#netset';
import { idOf, type Network, type Route } from '#model';
import { codesOf, mainTable, subnet, table, tableOf, translated, vpc, type Bodies } from './account.ts';

function withRoutes(routes: readonly Bodies[], bodies: Bodies = {}): Network {
  return translated({ DescribeRouteTables: { RouteTables: [mainTable(routes)] }, ...bodies });
}

function textOf({ destination, target }: Route): string {
  const to = destination === undefined ? 'anything' : formatCidr(destination);
  switch (target.kind) {
    case 'local':
      return `${to} local`;
    case 'gateway':
      return `${to} ${target.gateway}`;
    case 'blackhole':
      return `${to} blackhole`;
    case 'unknown':
    case 'inspected':
      return `${to} ${target.kind} ${target.text}`;
  }
}

function routesOf(network: Network, id = 'rtb-main'): string[] {
  return tableOf(network, id).routes.map(textOf).slice(1);
}

const EVERYWHERE = { DestinationCidrBlock: '0.0.0.0/0' };
const NAT = {
  NatGatewayId: 'nat-1',
  State: 'available',
  SubnetId: 'subnet-a',
  VpcId: 'vpc-1',
  NatGatewayAddresses: [{ PrivateIp: '10.0.0.5', PublicIp: '203.0.113.5' }],
};

describe('RT1: which table a subnet has', () => {
  const own = table(
    'rtb-own',
    [{ SubnetId: 'subnet-a' }, { SubnetId: 'subnet-b', AssociationState: { State: 'disassociated' } }],
    [],
  );
  const tablesOf = (network: Network) =>
    ['subnet-a', 'subnet-b'].map((id) => network.subnets.get(idOf<'subnet'>(id))!.routeTable);

  it('is its own, else the main one; an association that ended is none', () => {
    const network = translated({ DescribeRouteTables: { RouteTables: [mainTable([]), own] } });
    expect(tablesOf(network)).toEqual(['rtb-own', 'rtb-main']);
  });

  it.each([
    { why: 'the call was not made', body: undefined, code: 'not-collected' },
    { why: 'no main one is there', body: { RouteTables: [own] }, code: 'dangling' },
    {
      why: 'another table is unreadable',
      body: { RouteTables: [mainTable([]), own, 7] },
      code: 'member-not-understood',
    },
  ])('is unknown where $why', ({ body, code }) => {
    const network = translated({ DescribeRouteTables: body });
    const [, id] = tablesOf(network);
    expect(id).toBe('not-collected:routes:subnet-b');
    expect(tableOf(network, id).routes.map(textOf)).toEqual(['10.0.0.0/16 local', `anything unknown ${id!}`]);
    expect(codesOf(network)).toContain(code);
  });

  it('is its own even where another table is unreadable', () => {
    expect(tablesOf(translated({ DescribeRouteTables: { RouteTables: [own, null] } }))[0]).toBe('rtb-own');
  });
});

it('RT2: among equal prefixes local, then static, then prefix lists, then propagated', () => {
  const network = withRoutes(
    [
      { ...EVERYWHERE, GatewayId: 'vgw-1', Origin: 'EnableVgwRoutePropagation' },
      { DestinationPrefixListId: 'pl-1', GatewayId: 'igw-1' },
      { ...EVERYWHERE, GatewayId: 'igw-1' },
      { DestinationCidrBlock: '10.0.0.0/16', GatewayId: 'local' },
    ],
    {
      GetManagedPrefixListEntries: { 'pl-1': { Entries: [{ Cidr: '0.0.0.0/0' }, { Cidr: '192.0.2.0/24' }] } },
    },
  );
  expect(routesOf(network)).toEqual([
    '10.0.0.0/16 local',
    '0.0.0.0/0 igw-1',
    '0.0.0.0/0 igw-1',
    '192.0.2.0/24 igw-1',
    '0.0.0.0/0 unknown vgw-1',
  ]);
});

it('RT2: what a private gateway announces of the network itself loses to the local route, however long it is', () => {
  const announced = { GatewayId: 'vgw-1', Origin: 'EnableVgwRoutePropagation' };
  const network = withRoutes([
    { ...announced, DestinationCidrBlock: '10.0.1.0/24' },
    { ...announced, DestinationCidrBlock: '10.0.0.0/8' },
    { ...announced, DestinationCidrBlock: '10.1.0.0/24' },
    // a route that somebody wrote may be longer than the local one
    { DestinationCidrBlock: '10.0.2.0/24', GatewayId: 'vgw-1' },
    { DestinationCidrBlock: '10.0.0.0/16', GatewayId: 'local' },
  ]);
  const others = routesOf(network).filter((text) => !text.endsWith('local'));
  expect(others.map((text) => text.split(' ')[0])).toEqual(['10.0.2.0/24', '10.0.0.0/8', '10.1.0.0/24']);
});

it('a prefix list that was not read may send any packet to its target', () => {
  expect(routesOf(withRoutes([{ DestinationPrefixListId: 'pl-1', GatewayId: 'igw-1' }]))).toEqual([
    'anything igw-1',
  ]);
});

it('a destination that cannot be read may be any', () => {
  expect(routesOf(withRoutes([{ DestinationCidrBlock: '10/8', GatewayId: 'igw-1' }]))).toEqual([
    'anything igw-1',
  ]);
});

describe('where a route leads', () => {
  it.each([
    { rt: 'RT4', route: { ...EVERYWHERE, GatewayId: 'igw-1' }, leads: '0.0.0.0/0 igw-1' },
    {
      rt: 'RT5',
      route: { DestinationIpv6CidrBlock: '::/0', EgressOnlyInternetGatewayId: 'eigw-1' },
      leads: '::/0 eigw-1',
    },
    { rt: 'RT6', route: { ...EVERYWHERE, NatGatewayId: 'nat-1' }, leads: '0.0.0.0/0 nat-1' },
    {
      rt: 'RT13',
      route: { ...EVERYWHERE, NatGatewayId: 'nat-gone', State: 'blackhole' },
      leads: '0.0.0.0/0 blackhole',
    },
    { rt: 'RT13', route: { ...EVERYWHERE, State: 'blackhole' }, leads: '0.0.0.0/0 blackhole' },
    {
      rt: 'RT11',
      route: { DestinationPrefixListId: 'pl-s3', GatewayId: 'vpce-s3' },
      leads: '192.0.2.0/24 vpce-s3',
    },
  ])('$rt: $leads', ({ route, leads }) => {
    const network = withRoutes([route], {
      DescribeNatGateways: { NatGateways: [NAT] },
      DescribeEgressOnlyInternetGateways: {
        EgressOnlyInternetGateways: [
          { EgressOnlyInternetGatewayId: 'eigw-1', Attachments: [{ State: 'attached', VpcId: 'vpc-1' }] },
        ],
      },
      DescribeVpcEndpoints: {
        VpcEndpoints: [
          {
            VpcEndpointId: 'vpce-s3',
            VpcEndpointType: 'Gateway',
            VpcId: 'vpc-1',
            State: 'Available',
            ServiceName: 's3',
          },
        ],
      },
      DescribePrefixLists: { PrefixLists: [{ PrefixListId: 'pl-s3', Cidrs: ['192.0.2.0/24'] }] },
    });
    expect(routesOf(network)).toEqual([leads]);
    expect(network.blindSpots.size).toBe(0);
  });

  it.each([
    { rt: 'RT9', route: { TransitGatewayId: 'tgw-1' }, id: 'tgw-1', code: 'dangling', door: true },
    { rt: 'RT10', route: { GatewayId: 'vgw-1' }, id: 'vgw-1', code: 'dangling', door: true },
    {
      rt: 'RT14',
      route: { CarrierGatewayId: 'cagw-1' },
      id: 'cagw-1',
      code: 'route-not-modelled',
      door: true,
    },
    { rt: 'RT14', route: { LocalGatewayId: 'lgw-1' }, id: 'lgw-1', code: 'route-not-modelled', door: true },
    {
      rt: 'RT14',
      route: { CoreNetworkArn: 'arn:aws:networkmanager::1:core-network/core-network-1' },
      id: 'arn:aws:networkmanager::1:core-network/core-network-1',
      code: 'route-not-modelled',
      door: true,
    },
    {
      rt: 'RT14',
      route: { OdbNetworkArn: 'arn:aws:odb:eu-west-1:1:odb-network/odbnet_1' },
      id: 'arn:aws:odb:eu-west-1:1:odb-network/odbnet_1',
      code: 'route-not-modelled',
      door: true,
    },
    {
      rt: 'RT14',
      route: { NetworkInterfaceId: 'eni-1', InstanceId: 'i-1' },
      id: 'eni-1',
      code: 'route-not-modelled',
      door: false,
    },
    { rt: 'RT14', route: { FutureGatewayId: 'fgw-1' }, id: 'fgw-1', code: 'route-not-modelled', door: false },
    {
      rt: 'RT6',
      route: { NatGatewayId: 'nat-regional' },
      id: 'nat-regional',
      code: 'route-not-modelled',
      door: false,
    },
    {
      rt: 'a gateway that is not listed',
      route: { GatewayId: 'igw-9' },
      id: 'igw-9',
      code: 'dangling',
      door: false,
    },
    {
      rt: 'a state that is new',
      route: { GatewayId: 'igw-1', State: 'filtered' },
      id: 'igw-1',
      code: 'member-not-understood',
      door: false,
    },
    { rt: 'no target', route: {}, id: 'nothing', code: 'member-not-understood', door: false },
    {
      rt: 'a target that is no text',
      route: { GatewayId: 7 },
      id: '7',
      code: 'member-not-understood',
      door: false,
    },
  ])('is unknown: $rt', ({ route, id, code, door }) => {
    const network = withRoutes([{ ...EVERYWHERE, ...route }], {
      DescribeNatGateways: { NatGateways: [{ ...NAT, NatGatewayId: 'nat-regional', SubnetId: undefined }] },
    });
    expect(routesOf(network)).toEqual([`0.0.0.0/0 unknown ${id}`]);
    expect(codesOf(network)).toEqual([code]);
    expect(network.sideDoors.map((each) => each.text)).toEqual(door ? [id] : []);
  });

  it.each([
    { what: 'without addresses', more: { NatGatewayAddresses: [] } },
    {
      what: 'with an address that cannot be read',
      more: { NatGatewayAddresses: [{ PrivateIp: '10.0.0.5', PublicIp: 5 }] },
    },
    { what: 'without a state', more: { State: undefined } },
  ])('is unknown: a NAT gateway $what', ({ more }) => {
    const network = withRoutes([{ ...EVERYWHERE, NatGatewayId: 'nat-1' }], {
      DescribeNatGateways: { NatGateways: [{ ...NAT, ...more }] },
    });
    expect(routesOf(network)).toEqual(['0.0.0.0/0 unknown nat-1']);
  });

  it.each([
    { call: 'DescribeInternetGateways', route: { GatewayId: 'igw-1' } },
    { call: 'DescribeNatGateways', route: { NatGatewayId: 'nat-1' } },
    { call: 'DescribeEgressOnlyInternetGateways', route: { EgressOnlyInternetGatewayId: 'eigw-1' } },
    { call: 'DescribeVpcPeeringConnections', route: { VpcPeeringConnectionId: 'pcx-1' } },
    { call: 'DescribeVpcEndpoints', route: { GatewayId: 'vpce-1' } },
  ])('is unknown where $call was not made', ({ call, route }) => {
    const network = withRoutes([{ ...EVERYWHERE, ...route }], { [call]: undefined });
    const [, { target } = { target: undefined }] = tableOf(network).routes;
    expect(target).toMatchObject({
      kind: 'unknown',
      because: `not-collected:${call}:111122223333/eu-west-1`,
    });
  });

  it('RT7: what a NAT gateway translates from IPv6 is not modelled', () => {
    const route = { DestinationIpv6CidrBlock: '64:ff9b::/96', NatGatewayId: 'nat-1' };
    const network = withRoutes([route], { DescribeNatGateways: { NatGateways: [NAT] } });
    expect(routesOf(network)).toEqual(['64:ff9b::/96 unknown nat-1']);
  });

  it('one blind spot stands for a gateway, however many routes lead there', () => {
    const routes = ['10.1.0.0/16', '10.2.0.0/16', '10.3.0.0/16'].map((block) => ({
      DestinationCidrBlock: block,
      TransitGatewayId: 'tgw-1',
    }));
    expect([...withRoutes(routes).blindSpots.keys()]).toEqual(['dangling:tgw-1']);
  });
});

describe('networks and subnets', () => {
  it('RT15: a network has all blocks that are associated', () => {
    const network = translated({
      DescribeVpcs: {
        Vpcs: [
          vpc('vpc-1', '10.0.0.0/16', {
            CidrBlockAssociationSet: [
              { CidrBlock: '10.0.0.0/16', CidrBlockState: { State: 'associated' } },
              { CidrBlock: '10.8.0.0/16', CidrBlockState: { State: 'associated' } },
              { CidrBlock: '10.9.0.0/16', CidrBlockState: { State: 'disassociated' } },
            ],
            Ipv6CidrBlockAssociationSet: [
              { Ipv6CidrBlock: '2001:db8::/56', Ipv6CidrBlockState: { State: 'associated' } },
            ],
          }),
        ],
      },
    });
    expect(network.networks.get(idOf<'network'>('vpc-1'))?.cidrs.toString()).toBe(
      '10.0.0.0/16, 10.8.0.0/16, 2001:db8::/56',
    );
  });

  it('that were not collected get stand-ins, of which little is known', () => {
    const network = translated({
      DescribeVpcs: undefined,
      DescribeInternetGateways: { InternetGateways: [] },
    });
    expect(network.networks.get(idOf<'network'>('vpc-1'))?.cidrs.toString()).toBe('10.0.0.0/23');
    expect(network.internetUnknown.get(idOf<'network'>('vpc-1'))).toContain('DescribeVpcs');
  });

  it('an internet gateway that was read says that the internet comes in, also into a stand-in', () => {
    expect(translated({ DescribeVpcs: undefined }).internetUnknown.size).toBe(0);
  });

  it('an interface in a subnet that was not collected gets one with unknown borders', () => {
    const network = translated({
      DescribeSubnets: { Subnets: [subnet('subnet-b', '10.0.1.0/24')] },
      DescribeNetworkAcls: { NetworkAcls: [] },
    });
    const { cidrs, policy, routeTable } = network.subnets.get(idOf<'subnet'>('subnet-a'))!;
    expect([cidrs.isEmpty, policy, routeTable]).toEqual([true, 'not-collected:acl:subnet-a', 'rtb-main']);
  });

  it('EN10: a network of an account that was not collected is unknown where only its owner sees it', () => {
    const network = translated({
      DescribeVpcs: { Vpcs: [vpc('vpc-1', '10.0.0.0/16', { OwnerId: '999999999999' })] },
      DescribeRouteTables: { RouteTables: [] },
      DescribeNetworkAcls: { NetworkAcls: [] },
      DescribeInternetGateways: { InternetGateways: [] },
    });
    const because = 'account-not-collected:999999999999/eu-west-1';
    expect([...network.internetUnknown.values(), ...network.sideDoors.map((door) => door.because)]).toEqual([
      because,
      because,
    ]);
    expect(tableOf(network, 'not-collected:routes:subnet-a').routes.at(-1)?.target).toMatchObject({
      because,
    });
  });
});
