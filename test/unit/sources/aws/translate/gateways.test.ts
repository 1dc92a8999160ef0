import { describe, expect, it } from 'vitest';
import { idOf, type Gateway, type Network } from '#model';
import { translate } from '#sources/aws';
import { ACCOUNT, mainTable, snapshot, tableOf, translated, vpc, type Bodies } from './account.ts';

function gatewayOf(network: Network, id: string): Gateway | undefined {
  return network.gateways.get(idOf<'gateway'>(id));
}

describe('RT4: an internet gateway', () => {
  it.each([
    { state: 'available', network: 'vpc-1' },
    { state: 'attached', network: 'vpc-1' },
    { state: 'detaching', network: undefined },
  ])('that is $state', ({ state, network }) => {
    const body = {
      InternetGateways: [{ InternetGatewayId: 'igw-1', Attachments: [{ State: state, VpcId: 'vpc-1' }] }],
    };
    expect(gatewayOf(translated({ DescribeInternetGateways: body }), 'igw-1')).toMatchObject({
      kind: 'internet',
      network,
    });
  });

  it('is called by its Name tag', () => {
    const body = {
      InternetGateways: [
        { InternetGatewayId: 'igw-1', Attachments: [], Tags: [{ Key: 'Name', Value: 'front' }] },
      ],
    };
    expect(gatewayOf(translated({ DescribeInternetGateways: body }), 'igw-1')?.name).toBe('front');
  });

  it('that was not read leaves it unknown whether the internet comes in', () => {
    const network = translated({ DescribeInternetGateways: undefined });
    expect(network.internetUnknown.get(idOf<'network'>('vpc-1'))).toBe(
      'not-collected:DescribeInternetGateways:111122223333/eu-west-1',
    );
  });

  it('that is attached to something unreadable leaves both sides unknown', () => {
    const network = translated({
      DescribeInternetGateways: {
        InternetGateways: [{ InternetGatewayId: 'igw-1', Attachments: [{ State: 'available', VpcId: 1 }] }],
      },
      DescribeRouteTables: {
        RouteTables: [mainTable([{ DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-1' }])],
      },
    });
    expect(network.internetUnknown.size).toBe(1);
    expect(tableOf(network).routes[1]?.target.kind).toBe('unknown');
  });
});

describe('RT6: a NAT gateway', () => {
  const nat = (more: Bodies) => ({
    DescribeNatGateways: {
      NatGateways: [
        {
          NatGatewayId: 'nat-1',
          State: 'available',
          SubnetId: 'subnet-a',
          VpcId: 'vpc-1',
          NatGatewayAddresses: [
            { PrivateIp: '10.0.0.5', PublicIp: '203.0.113.5' },
            { PrivateIp: '10.0.0.6', PublicIp: '203.0.113.6' },
          ],
          ...more,
        },
      ],
    },
  });
  const five = { family: 4, value: 0x0a000005 };

  it('keeps all its addresses', () => {
    expect(gatewayOf(translated(nat({})), 'nat-1')).toMatchObject({
      isAvailable: true,
      subnet: 'subnet-a',
      addresses: [
        { ip: five, publicIp: { family: 4, value: 0xcb007105 } },
        { publicIp: { value: 0xcb007106 } },
      ],
    });
  });

  it('that is private has no public address', () => {
    const gateway = gatewayOf(translated(nat({ ConnectivityType: 'private' })), 'nat-1');
    expect(gateway?.kind === 'nat' && gateway.addresses[0]).toEqual({ ip: five });
  });

  it.each(['pending', 'failed', 'deleting', 'deleted'])('that is %s carries nothing', (state) => {
    const network = translated(nat({ State: state, NatGatewayAddresses: [] }));
    expect(gatewayOf(network, 'nat-1')).toMatchObject({ isAvailable: false });
    expect(network.blindSpots.size).toBe(0);
  });

  it('in a subnet that was not collected gets a stand-in for it', () => {
    expect(translated(nat({ SubnetId: 'subnet-x' })).subnets.has(idOf<'subnet'>('subnet-x'))).toBe(true);
  });
});

describe('RT8: a peering', () => {
  const peering = (status: string, far: Bodies = {}) => ({
    VpcPeeringConnections: [
      {
        VpcPeeringConnectionId: 'pcx-1',
        Status: { Code: status },
        RequesterVpcInfo: { VpcId: 'vpc-1', OwnerId: ACCOUNT, Region: 'eu-west-1' },
        AccepterVpcInfo: { VpcId: 'vpc-2', OwnerId: ACCOUNT, Region: 'eu-west-1', ...far },
      },
    ],
  });
  const route = {
    DescribeRouteTables: {
      RouteTables: [mainTable([{ DestinationCidrBlock: '10.2.0.0/16', VpcPeeringConnectionId: 'pcx-1' }])],
    },
  };
  const both = { DescribeVpcs: { Vpcs: [vpc('vpc-1', '10.0.0.0/16'), vpc('vpc-2', '10.2.0.0/16')] } };

  it.each([
    { status: 'active', far: {}, isActive: true, sharesGroups: true },
    { status: 'active', far: { Region: 'us-east-1' }, isActive: true, sharesGroups: false },
    { status: 'pending-acceptance', far: {}, isActive: false, sharesGroups: false },
    { status: 'deleted', far: {}, isActive: false, sharesGroups: false },
  ])('$status, far side $far', ({ status, far, isActive, sharesGroups }) => {
    const network = translated({ ...both, DescribeVpcPeeringConnections: peering(status, far) });
    expect(gatewayOf(network, 'pcx-1')).toMatchObject({ sides: ['vpc-1', 'vpc-2'], isActive, sharesGroups });
    expect(network.sideDoors).toEqual([]);
  });

  it.each([
    { far: { OwnerId: '999999999999' }, because: 'account-not-collected:999999999999/eu-west-1' },
    { far: { Region: 'us-east-1' }, because: `account-not-collected:${ACCOUNT}/us-east-1` },
    { far: {}, because: 'dangling:vpc-2' },
  ])('with a network that was not read ($because)', ({ far, because }) => {
    const network = translated({ ...route, DescribeVpcPeeringConnections: peering('active', far) });
    expect(tableOf(network).routes[1]?.target).toMatchObject({ kind: 'unknown', because });
    expect(network.sideDoors).toMatchObject([{ network: 'vpc-1', because }]);
  });

  it('that ended carries nothing, whoever was at the far side', () => {
    const network = translated({
      ...route,
      DescribeVpcPeeringConnections: peering('deleted', { OwnerId: '999999999999' }),
    });
    expect(tableOf(network).routes[1]?.target).toMatchObject({ kind: 'blackhole' });
    expect(network.blindSpots.size).toBe(0);
  });

  it('whose status cannot be read is unknown', () => {
    const odd = {
      VpcPeeringConnections: [{ ...peering('active').VpcPeeringConnections[0], Status: 'active' }],
    };
    const network = translated({ ...both, ...route, DescribeVpcPeeringConnections: odd });
    expect(tableOf(network).routes[1]?.target.kind).toBe('unknown');
    expect(network.sideDoors.map((door) => door.network)).toEqual(['vpc-1', 'vpc-2']);
  });

  it('between two accounts is one gateway, read from both', () => {
    const far = { OwnerId: '999999999999' };
    const mine = snapshot({ ...route, DescribeVpcPeeringConnections: peering('active', far) });
    const theirs = snapshot(
      {
        DescribeVpcs: { Vpcs: [vpc('vpc-2', '10.2.0.0/16', far)] },
        DescribeSubnets: { Subnets: [] },
        DescribeNetworkInterfaces: { NetworkInterfaces: [] },
        DescribeRouteTables: { RouteTables: [] },
        DescribeInternetGateways: { InternetGateways: [] },
        DescribeVpcPeeringConnections: peering('active', far),
      },
      { account: '999999999999' },
    );
    const network = translate([mine, theirs]);
    expect(tableOf(network).routes[1]?.target).toEqual({ kind: 'gateway', gateway: 'pcx-1' });
    expect(network.networks.get(idOf<'network'>('vpc-2'))?.account).toBe('999999999999');
    expect(network.blindSpots.size).toBe(0);
  });
});

describe('side doors', () => {
  it.each([
    {
      what: 'an attachment to a transit gateway whose tables were not read',
      bodies: {
        DescribeTransitGatewayVpcAttachments: {
          TransitGatewayVpcAttachments: [
            {
              TransitGatewayAttachmentId: 'tgw-attach-1',
              TransitGatewayId: 'tgw-1',
              VpcId: 'vpc-1',
              State: 'available',
            },
          ],
        },
      },
      doors: ['tgw-1'],
    },
    {
      what: 'an attachment that ended',
      bodies: {
        DescribeTransitGatewayVpcAttachments: {
          TransitGatewayVpcAttachments: [
            {
              TransitGatewayAttachmentId: 'tgw-attach-1',
              TransitGatewayId: 'tgw-1',
              VpcId: 'vpc-1',
              State: 'deleted',
            },
          ],
        },
      },
      doors: [],
    },
    {
      what: 'an attachment whose id cannot be read',
      bodies: {
        DescribeTransitGatewayVpcAttachments: {
          TransitGatewayVpcAttachments: [
            {
              TransitGatewayAttachmentId: 1,
              TransitGatewayId: 'tgw-1',
              VpcId: 'vpc-1',
              State: 'available',
            },
          ],
        },
      },
      doors: ['tgw-1'],
    },
    {
      what: 'an attachment of something else',
      bodies: {
        DescribeTransitGatewayAttachments: {
          TransitGatewayAttachments: [
            { TransitGatewayId: 'tgw-1', ResourceType: 'vpn', ResourceId: 'vpc-1', State: 'available' },
          ],
        },
      },
      doors: [],
    },
    {
      what: 'a virtual private gateway, which is modelled',
      bodies: {
        DescribeVpnGateways: {
          VpnGateways: [
            {
              VpnGatewayId: 'vgw-1',
              State: 'available',
              VpcAttachments: [{ State: 'attached', VpcId: 'vpc-1' }],
            },
          ],
        },
      },
      doors: [],
    },
    {
      what: 'a detached one',
      bodies: {
        DescribeVpnGateways: {
          VpnGateways: [
            {
              VpnGatewayId: 'vgw-1',
              State: 'available',
              VpcAttachments: [{ State: 'detached', VpcId: 'vpc-1' }],
            },
          ],
        },
      },
      doors: [],
    },
    {
      what: 'a table that takes routes from one',
      bodies: {
        DescribeRouteTables: { RouteTables: [mainTable([], { PropagatingVgws: [{ GatewayId: 'vgw-1' }] })] },
      },
      doors: ['vgw-1'],
    },
    {
      what: 'peerings that were not read',
      bodies: { DescribeVpcPeeringConnections: undefined },
      doors: ['peerings that were not read'],
    },
  ])('$what', ({ bodies, doors }) => {
    expect(translated(bodies).sideDoors.map(({ text }) => text)).toEqual(doors);
  });
});
