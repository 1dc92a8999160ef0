import { describe, expect, it } from 'vitest';
import { analyse, egress, explain, reachBetween } from '#engine';
import { idOf, type Attachment, type Gateway, type Network, type TransitGateway } from '#model';
import { TransportSet } from '#netset';
import { translate } from '#sources/aws';
import { found, snapshot, type Bodies } from './account.ts';
import { hub, HUB, spoke, SPOKE, wideWorld } from './wide-world.ts';

function gatewayOf(network: Network, id: string): Gateway {
  return found(network.gateways.get(idOf<'gateway'>(id)), id);
}

function transitOf(network: Network, id = 'tgw-1'): TransitGateway {
  const gateway = gatewayOf(network, id);
  if (gateway.kind !== 'transit') throw new Error(`${id} is no transit gateway`);
  return gateway;
}

function attachmentOf(network: Network, id: string): Attachment {
  return found(transitOf(network).attachments.get(id), id);
}

/** The routes of a table as `10.0.0.0/16 tgw-attach-1`. */
function routesOf(network: Network, table = 'tgw-rtb-1'): string[] {
  return found(transitOf(network).tables.get(table), table).routes.map(({ at, target }) =>
    target.kind === 'attachments' ? `${at.id} ${target.attachments.join()}` : `${at.id} ${target.kind}`,
  );
}

function between(network: Network, from = 'eni-1', to = 'eni-2'): string {
  const { sure, possible } = reachBetween(analyse(network), idOf(from), idOf(to));
  return possible.equals(sure)
    ? sure.toString()
    : `${sure.toString()} ? ${possible.subtract(sure).toString()}`;
}

const [attachments, vpcAttachments] = [
  hub['DescribeTransitGatewayAttachments'],
  hub['DescribeTransitGatewayVpcAttachments'],
] as [{ TransitGatewayAttachments: Bodies[] }, { TransitGatewayVpcAttachments: Bodies[] }];

/** The world with one attachment changed. */
function withAttachment(index: number, more: Bodies): Network {
  const changed = attachments.TransitGatewayAttachments.map((each, i) =>
    i === index ? { ...each, ...more } : each,
  );
  return translate(
    wideWorld({ hub: { DescribeTransitGatewayAttachments: { TransitGatewayAttachments: changed } } }),
  );
}

function withVpcAttachment(index: number, more: Bodies): Network {
  const changed = vpcAttachments.TransitGatewayVpcAttachments.map((each, i) =>
    i === index ? { ...each, ...more } : each,
  );
  return translate(
    wideWorld({ hub: { DescribeTransitGatewayVpcAttachments: { TransitGatewayVpcAttachments: changed } } }),
  );
}

function withRoutes(Routes: readonly Bodies[], more: Bodies = {}, others: Bodies = {}): Network {
  const rest = hub['SearchTransitGatewayRoutes'] as Bodies;
  return translate(
    wideWorld({
      hub: { SearchTransitGatewayRoutes: { ...rest, 'tgw-rtb-1': { Routes, ...more } }, ...others },
    }),
  );
}

const TO_2 = [{ TransitGatewayAttachmentId: 'tgw-attach-2', ResourceType: 'vpc' }];
const TO_1 = [{ TransitGatewayAttachmentId: 'tgw-attach-1', ResourceType: 'vpc' }];
const BACK = { DestinationCidrBlock: '10.0.0.0/16', State: 'active', TransitGatewayAttachments: TO_1 };

describe('RT9: a transit gateway', () => {
  it('of one account, shared with another', () => {
    const network = translate(wideWorld());
    expect([between(network), between(network, 'eni-2', 'eni-1')]).toEqual(['tcp 22,443', 'all traffic']);
    expect(network.sideDoors).toEqual([]);
  });

  it.each([
    ['available', {}, 'network'],
    ['that ended', { State: 'deleted' }, undefined],
    ['that nobody accepted', { State: 'pendingAcceptance' }, undefined],
    ['of a VPN', { ResourceType: 'vpn', ResourceId: 'vpn-9' }, 'site'],
    ['of Direct Connect', { ResourceType: 'direct-connect-gateway', ResourceId: 'dxgw' }, 'site'],
    ['of an appliance outside', { ResourceType: 'connect', ResourceId: 'tgw-attach-9' }, 'site'],
    ['of a kind that came later', { ResourceType: 'teleporter', ResourceId: 'x' }, 'unknown'],
    ['of a network that was not read', { ResourceId: 'vpc-9', ResourceOwnerId: '999999999999' }, 'unknown'],
    ['to a peer that was not read', { ResourceType: 'peering', ResourceId: 'tgw-9' }, 'unknown'],
  ])('an attachment %s', (_, more, kind) => {
    expect(transitOf(withAttachment(1, more)).attachments.get('tgw-attach-2')?.to.kind).toBe(kind);
  });

  it.each([
    ['its table', {}, { table: 'tgw-rtb-1' }],
    ['none without an association', { Association: undefined }, { table: undefined }],
    [
      'none while it is being taken away',
      { Association: { TransitGatewayRouteTableId: 'tgw-rtb-1', State: 'disassociating' } },
      { table: undefined },
    ],
    [
      'an unknown one where the table was not read',
      { Association: { TransitGatewayRouteTableId: 'tgw-rtb-9', State: 'associated' } },
      { table: undefined, tableUnread: 'dangling:tgw-rtb-9' },
    ],
  ])('association: %s', (_, more, expected) => {
    expect(attachmentOf(withAttachment(1, more), 'tgw-attach-2')).toMatchObject(expected);
  });

  it.each([
    ['keeps to the zone', {}, { keepsZone: true, announces: [4], subnets: ['subnet-u'] }],
    ['appliance mode', { Options: { ApplianceModeSupport: 'enable' } }, { keepsZone: false }],
    ['IPv6', { Options: { Ipv6Support: 'enable' } }, { announces: [4, 6] }],
    [
      'SG9: not with the option off',
      { Options: { SecurityGroupReferencingSupport: 'disable' } },
      { sharesGroups: false },
    ],
    [
      'subnets that were not read',
      { SubnetIds: ['subnet-9'] },
      { zonesUnread: expect.any(String) as string },
    ],
  ])('a network’s attachment: %s', (_, more, expected) => {
    expect(attachmentOf(withVpcAttachment(1, more), 'tgw-attach-2').to).toMatchObject(expected);
  });

  it.each([
    ['by the attachment they share', 'tgw-attach-4', 'tgw-attach-4'],
    ['of one Region by the gateway that each names', 'tgw-attach-4', 'tgw-attach-5'],
  ])('peers of one account know each other %s', (_, own, far) => {
    const link = (TransitGatewayId: string, ResourceId: string) => ({
      TransitGatewayAttachmentId: TransitGatewayId === 'tgw-1' ? own : far,
      TransitGatewayId,
      TransitGatewayOwnerId: HUB,
      ResourceType: 'peering',
      ResourceId,
      State: 'available',
      Association: { TransitGatewayRouteTableId: 'tgw-rtb-1', State: 'associated' },
    });
    const tables = hub['DescribeTransitGatewayRouteTables'] as { TransitGatewayRouteTables: Bodies[] };
    const network = translate(
      wideWorld({
        hub: {
          DescribeTransitGateways: {
            TransitGateways: [
              { TransitGatewayId: 'tgw-1', OwnerId: HUB },
              { TransitGatewayId: 'tgw-2', OwnerId: HUB },
            ],
          },
          DescribeTransitGatewayAttachments: {
            TransitGatewayAttachments: [
              ...attachments.TransitGatewayAttachments,
              link('tgw-1', 'tgw-2'),
              link('tgw-2', 'tgw-1'),
            ],
          },
          DescribeTransitGatewayRouteTables: {
            TransitGatewayRouteTables: [
              ...tables.TransitGatewayRouteTables,
              { TransitGatewayRouteTableId: 'tgw-rtb-3', TransitGatewayId: 'tgw-2' },
            ],
          },
        },
      }),
    );
    expect(attachmentOf(network, own).to).toEqual({ kind: 'peer', gateway: 'tgw-2', attachment: far });
    expect(transitOf(network, 'tgw-2').attachments.get(far)?.to).toEqual({
      kind: 'peer',
      gateway: 'tgw-1',
      attachment: own,
    });
  });

  describe('a peer in another Region', () => {
    const TO_PEER = [{ TransitGatewayAttachmentId: 'tgw-attach-4', ResourceType: 'peering' }];
    const peered = (more: Bodies) =>
      translate(
        wideWorld({
          hub: {
            DescribeTransitGatewayAttachments: {
              TransitGatewayAttachments: [
                ...attachments.TransitGatewayAttachments,
                {
                  TransitGatewayAttachmentId: 'tgw-attach-4',
                  TransitGatewayId: 'tgw-1',
                  TransitGatewayOwnerId: HUB,
                  ResourceOwnerId: '777788889999',
                  ResourceType: 'peering',
                  ResourceId: 'tgw-9',
                  State: 'available',
                  Association: { TransitGatewayRouteTableId: 'tgw-rtb-1', State: 'associated' },
                },
              ],
            },
            SearchTransitGatewayRoutes: {
              'tgw-rtb-1': {
                Routes: [
                  {
                    DestinationCidrBlock: '172.16.0.0/12',
                    State: 'active',
                    Type: 'static',
                    TransitGatewayAttachments: TO_PEER,
                  },
                ],
                AdditionalRoutesAvailable: false,
              },
            },
            ...more,
          },
        }),
      );
    const side = (TransitGatewayId: string, OwnerId: string, Region: string) => ({
      TransitGatewayId,
      OwnerId,
      Region,
    });
    const PEERINGS = {
      TransitGatewayPeeringAttachments: [
        {
          TransitGatewayAttachmentId: 'tgw-attach-4',
          RequesterTgwInfo: side('tgw-1', HUB, 'eu-west-1'),
          AccepterTgwInfo: side('tgw-9', '777788889999', 'us-east-1'),
          State: 'available',
        },
      ],
    };

    it.each([
      [
        'and in which, its peering tells',
        { DescribeTransitGatewayPeeringAttachments: PEERINGS },
        'tgw-9 of account 777788889999 in us-east-1',
        'Collect account 777788889999 in us-east-1 together with this one.',
      ],
      [
        'of which no peering was read',
        {},
        'tgw-9 of account 777788889999',
        'Collect account 777788889999 and the Region of tgw-9 together with this one.',
      ],
    ])('%s', (_, more, who, remedy) => {
      const network = peered(more);
      const spot = network.blindSpots.get(idOf<'blind-spot'>('account-not-collected:transit-gateway:tgw-9'));
      expect(spot?.what).toBe(
        `where ${who}, a peer of tgw-1, passes packets on is not known: its tables were not collected`,
      );
      expect(spot?.remedy).toBe(remedy);
      const source = { kind: 'endpoint', id: idOf<'endpoint'>('eni-1') } as const;
      const far = { kind: 'outside', ip: { family: 4, value: 0xac_10_00_05 } } as const;
      const found = explain(analyse(network), source, far, TransportSet.tcp(443));
      expect([found?.verdict, found?.because]).toEqual(['unknown', [spot?.id]]);
    });
  });

  it.each([
    ['its own block, as tables mostly do', '10.0.0.0/16', {}, undefined],
    ['everything', '0.0.0.0/0', {}, 'route-not-modelled:return:tgw-attach-1'],
  ])('a table that leads back to the attachment for %s', (_, destination, more, expected) => {
    const network = withRoutes(
      [{ DestinationCidrBlock: destination, State: 'active', TransitGatewayAttachments: TO_1 }],
      more,
    );
    const { to } = attachmentOf(network, 'tgw-attach-1');
    expect(to.kind === 'network' && to.returnsUnread).toBe(expected);
  });
});

describe('the tables of a transit gateway', () => {
  it.each([
    ['active', { State: 'active', TransitGatewayAttachments: TO_2 }, ['10.2.0.0/16 tgw-attach-2']],
    ['blackhole', { State: 'blackhole' }, ['10.2.0.0/16 blackhole']],
    ['being deleted', { State: 'deleting', TransitGatewayAttachments: TO_2 }, []],
    [
      'in a state that came later',
      { State: 'resting', TransitGatewayAttachments: TO_2 },
      ['10.2.0.0/16 unknown'],
    ],
    ['without an attachment', { State: 'active' }, ['10.2.0.0/16 unknown']],
    [
      'to an attachment that was not read',
      { State: 'active', TransitGatewayAttachments: [{ TransitGatewayAttachmentId: 'tgw-attach-9' }] },
      ['10.2.0.0/16 unknown'],
    ],
  ])('a route that is %s', (_, more, expected) => {
    expect(routesOf(withRoutes([{ DestinationCidrBlock: '10.2.0.0/16', ...more }]))).toEqual(expected);
  });

  it('of equal prefixes the static one comes first', () => {
    const route = (Type: string, TransitGatewayAttachments: readonly Bodies[]) => ({
      DestinationCidrBlock: '10.2.0.0/16',
      State: 'active',
      Type,
      TransitGatewayAttachments,
    });
    expect(routesOf(withRoutes([route('propagated', TO_2), route('static', TO_1)]))).toEqual([
      '10.2.0.0/16 tgw-attach-1',
      '10.2.0.0/16 tgw-attach-2',
    ]);
  });

  it('a search that was not whole leaves the rest unknown', () => {
    const network = withRoutes([BACK], { AdditionalRoutesAvailable: true });
    expect(routesOf(network)).toEqual(['10.0.0.0/16 tgw-attach-1', ' unknown']);
    expect(between(network)).toBe('no traffic ? tcp 22,443');
  });

  it('that was not searched is unknown', () => {
    const rest = (hub['SearchTransitGatewayRoutes'] as Bodies)['tgw-rtb-2'];
    const network = translate(wideWorld({ hub: { SearchTransitGatewayRoutes: { 'tgw-rtb-2': rest } } }));
    expect(between(network)).toBe('no traffic ? tcp 22,443');
    expect([...network.blindSpots.keys()]).toContain(
      `not-collected:SearchTransitGatewayRoutes/tgw-rtb-1:${HUB}/eu-west-1`,
    );
  });

  it('in a saved file: the static ones, and the blocks of each network that announces itself', () => {
    const list = ['tgw-attach-1', 'tgw-attach-2'].map((id) => ({
      TransitGatewayAttachmentId: id,
      ResourceType: 'vpc',
      State: 'enabled',
    }));
    const propagations = (all: readonly Bodies[]) => ({
      GetTransitGatewayRouteTablePropagations: { 'tgw-rtb-1': { TransitGatewayRouteTablePropagations: all } },
    });
    expect(routesOf(withRoutes([], {}, propagations(list)))).toEqual([
      'tgw-attach-1 tgw-attach-1',
      'tgw-attach-2 tgw-attach-2',
    ]);
    expect(between(withRoutes([], {}, propagations(list)))).toBe('tcp 22,443');
    expect(between(withRoutes([], {}, propagations([list[0]!, { ...list[1]!, State: 'disabled' }])))).toBe(
      'no traffic',
    );
    const vpn = [
      ...list,
      { TransitGatewayAttachmentId: 'tgw-attach-3', ResourceType: 'vpn', State: 'enabled' },
    ];
    // what a site announces is not in the file
    expect(between(withRoutes([], {}, propagations(vpn)))).toBe('no traffic ? tcp 22,443');
  });
});

describe('an account that was not collected is unknown, not empty', () => {
  it('the owner of a shared gateway: one blind spot, and a door in each network that is attached', () => {
    const network = translate([snapshot(spoke, { account: SPOKE })]);
    const id = 'account-not-collected:transit-gateway:tgw-1';
    expect(network.gateways.has(idOf<'gateway'>('tgw-1'))).toBe(false);
    expect(network.sideDoors).toEqual([{ network: 'vpc-2', text: 'tgw-1', because: id }]);
    expect(network.blindSpots.get(idOf<'blind-spot'>(id))?.what).toBe(
      `where tgw-1 passes packets on is not known: it belongs to account ${HUB}, which was not collected in eu-west-1`,
    );
  });

  it('an account whose network is attached: what is routed there, and what comes from there', () => {
    const network = translate([snapshot(hub, { account: HUB })]);
    expect(attachmentOf(network, 'tgw-attach-2').to).toEqual({
      kind: 'unknown',
      text: 'vpc-2',
      because: `account-not-collected:${SPOKE}/eu-west-1`,
    });
    expect(network.sideDoors).toEqual([]);
  });

  it('an active route of a network whose attachment was not read', () => {
    const without = attachments.TransitGatewayAttachments.filter((_, i) => i !== 0);
    const network = translate(
      wideWorld({
        hub: {
          DescribeTransitGatewayAttachments: { TransitGatewayAttachments: without },
          DescribeTransitGatewayVpcAttachments: { TransitGatewayVpcAttachments: [] },
        },
      }),
    );
    expect(between(network)).toBe('no traffic ? tcp 22,443');
    expect(network.sideDoors.map((door) => `${door.network} ${door.text}`)).toEqual(['vpc-1 tgw-1']);
  });
});

describe('zones', () => {
  const moved = (more: Bodies): Network => {
    const { Subnets } = hub['DescribeSubnets'] as { Subnets: Bodies[] };
    const [first, ...rest] = Subnets;
    return translate(wideWorld({ hub: { DescribeSubnets: { Subnets: [{ ...first, ...more }, ...rest] } } }));
  };

  it.each([
    ['the zone of the attachment', {}, 'tcp 22,443'],
    ['another zone', { AvailabilityZone: 'eu-west-1b', AvailabilityZoneId: 'euw1-az2' }, 'no traffic'],
    // its parent zone is not told
    [
      'a Local Zone',
      { AvailabilityZone: 'eu-west-1-ham-1a', AvailabilityZoneId: 'euw1-ham1-az1' },
      'no traffic ? tcp 22,443',
    ],
    ['no ids: names will do within one account', { AvailabilityZoneId: undefined }, 'tcp 22,443'],
  ])('a subnet in %s', (_, more, expected) => {
    expect(between(moved(more))).toBe(expected);
  });
});

describe('RT10: a virtual private gateway', () => {
  const site = (bodies: Bodies): Gateway | undefined =>
    translate(wideWorld({ spoke: bodies })).gateways.get(idOf<'gateway'>('vgw-2'));

  it.each([
    ['with a VPN connection', {}, true],
    [
      'whose connection was deleted',
      { DescribeVpnConnections: { VpnConnections: [] } },
      'not-collected:connections:vgw-2',
    ],
    [
      'without a connection or an interface',
      {
        DescribeVpnConnections: { VpnConnections: [] },
        DescribeVirtualInterfaces: { VirtualInterfaces: [] },
      },
      false,
    ],
    [
      'with an interface of Direct Connect',
      {
        DescribeVpnConnections: { VpnConnections: [] },
        DescribeVirtualInterfaces: {
          VirtualInterfaces: [
            { VirtualInterfaceId: 'dxvif-1', VirtualGatewayId: 'vgw-2', VirtualInterfaceState: 'available' },
          ],
        },
      },
      true,
    ],
    [
      'with interfaces at a Direct Connect gateway, which may lead to it',
      {
        DescribeVpnConnections: { VpnConnections: [] },
        DescribeVirtualInterfaces: {
          VirtualInterfaces: [{ VirtualInterfaceId: 'dxvif-1', DirectConnectGatewayId: 'dxgw-1' }],
        },
      },
      'not-collected:connections:vgw-2',
    ],
  ])('%s', (_, bodies, isConnected) => {
    const own = 'DescribeVpnConnections' in bodies ? { hub: bodies } : {};
    const network = translate(
      wideWorld({ ...own, spoke: { DescribeVpnConnections: spoke['DescribeVpnConnections'], ...bodies } }),
    );
    expect(gatewayOf(network, 'vgw-2')).toMatchObject({
      kind: 'site',
      network: 'vpc-2',
      site: { isConnected },
    });
  });

  it('names what leads there', () => {
    expect(site({})).toMatchObject({ site: { by: ['vpn-2', 'cgw-1'] } });
  });

  it('that is attached to nothing is a blackhole to routes', () => {
    const bodies = {
      DescribeVpnGateways: {
        VpnGateways: [{ VpnGatewayId: 'vgw-2', State: 'available', VpcAttachments: [] }],
      },
    };
    const network = translate(wideWorld({ spoke: bodies }));
    const [, , route] = found(network.routeTables.get(idOf<'route-table'>('rtb-2')), 'rtb-2').routes;
    expect(route?.target).toEqual({ kind: 'blackhole', text: 'vgw-2' });
  });

  it('says once that nobody sees what lies behind it', () => {
    const spots = [...translate(wideWorld()).blindSpots.values()].filter(
      ({ code }) => code === 'site-not-seen',
    );
    expect(spots.map(({ id }) => id).sort()).toEqual(['site-not-seen:tgw-1', 'site-not-seen:vgw-2']);
  });
});

describe('networks that no one has a way out of', () => {
  it('reach no internet by a transit gateway whose tables send none there', () => {
    expect(egress(analyse(translate(wideWorld())))).toEqual([]);
  });
});
