import { describe, expect, it } from 'vitest';
import type { Network } from '#model';
import { between, explained, shown } from '../../../../support/ask.ts';
import { card, codesOf, group, mainTable, subnet, table, translated, type Bodies } from './account.ts';

const ANYONE = { IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
const OPEN_GROUP = group('sg-1', {
  IpPermissions: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, ...ANYONE }],
  IpPermissionsEgress: [{ IpProtocol: '-1', ...ANYONE }],
});
const associated = (id: string) => ({ SubnetId: id, AssociationState: { State: 'associated' } });
const acl = {
  NetworkAclId: 'acl-1',
  VpcId: 'vpc-1',
  Associations: ['subnet-a', 'subnet-b', 'subnet-fw'].map((id) => ({ SubnetId: id, NetworkAclId: 'acl-1' })),
  Entries: [false, true].map((Egress) => ({
    RuleNumber: 100,
    RuleAction: 'allow',
    Protocol: '-1',
    CidrBlock: '0.0.0.0/0',
    Egress,
  })),
};
const web = card('eni-1', {
  PrivateIpAddresses: [
    { PrivateIpAddress: '10.0.0.10', Primary: true, Association: { PublicIp: '198.51.100.10' } },
  ],
});
const database = card('eni-2', {
  SubnetId: 'subnet-b',
  PrivateIpAddresses: [{ PrivateIpAddress: '10.0.1.10', Primary: true }],
});
const firewall = {
  VpcEndpointId: 'vpce-fw',
  VpcEndpointType: 'GatewayLoadBalancer',
  VpcId: 'vpc-1',
  State: 'available',
  SubnetIds: ['subnet-fw'],
  RequesterManaged: true,
  Tags: [{ Key: 'AWSNetworkFirewallManaged', Value: 'true' }],
};
const TO_INTERNET = { DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-1' };
const TO_FIREWALL = { DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'vpce-fw' };

/** `eni-1` in `subnet-a` is public, `eni-2` in `subnet-b` is not; the firewall's endpoint stands in `subnet-fw`. */
function world(tables: readonly unknown[], more: Bodies = {}): Network {
  return translated({
    DescribeSubnets: {
      Subnets: [
        subnet('subnet-a', '10.0.0.0/24'),
        subnet('subnet-b', '10.0.1.0/24'),
        subnet('subnet-fw', '10.0.2.0/24'),
      ],
    },
    DescribeSecurityGroups: { SecurityGroups: [OPEN_GROUP] },
    DescribeNetworkAcls: { NetworkAcls: [acl] },
    DescribeNetworkInterfaces: { NetworkInterfaces: [web, database] },
    DescribeVpcEndpoints: { VpcEndpoints: [firewall] },
    DescribeRouteTables: { RouteTables: [mainTable([]), ...tables] },
    ...more,
  });
}

const publicTable = table('rtb-a', [associated('subnet-a')], [TO_INTERNET]);
const inspectedTable = table('rtb-a', [associated('subnet-a')], [TO_FIREWALL]);
const firewallTable = table('rtb-fw', [associated('subnet-fw')], [TO_INTERNET]);
const edge = (route: Bodies) =>
  table(
    'rtb-edge',
    [{ GatewayId: 'igw-1', AssociationState: { State: 'associated' } }],
    [{ DestinationCidrBlock: '10.0.0.0/24', ...route }],
  );

const SURE = ['eni-1 (sg-1) v4 tcp 443 from 1.0.0.0'];
const PERHAPS = ['eni-1 (sg-1) v4 ? tcp 443 from 1.0.0.0'];
const INSPECTED = 'inspected by the AWS Network Firewall endpoint vpce-fw; what it drops is not read';

/** What is said of a flow that is in doubt. */
function reasons(network: Network, from: string, to: string, flows = 'tcp 443'): string[] {
  const { verdict, because } = explained(network, from, to, flows);
  return [verdict, ...because.map((id) => network.blindSpots.get(id)!.what)];
}

describe('RT1, RT18: a route table of an internet gateway', () => {
  it('steers what comes in through a firewall: perhaps, and said so', () => {
    const network = world([inspectedTable, firewallTable, edge({ GatewayId: 'vpce-fw' })]);
    expect(shown(network)).toEqual(PERHAPS);
    expect(reasons(network, '9.9.9.9', 'eni-1')).toEqual(['unknown', INSPECTED]);
  });

  it('counts although the way back leads straight out', () => {
    const network = world([publicTable, firewallTable, edge({ GatewayId: 'vpce-fw' })]);
    expect(shown(network)).toEqual(PERHAPS);
    expect(reasons(network, '9.9.9.9', 'eni-1')).toEqual(['unknown', INSPECTED]);
  });

  it('steers the answers to what goes out, too', () => {
    const network = world([publicTable, firewallTable, edge({ GatewayId: 'vpce-fw' })]);
    expect(reasons(network, 'eni-1', '9.9.9.9')[0]).toBe('unknown');
  });

  it('with local routes alone changes nothing', () => {
    const network = world([publicTable, table('rtb-edge', [{ GatewayId: 'igw-1' }], [])]);
    expect(shown(network)).toEqual(SURE);
  });

  it('for another subnet changes nothing', () => {
    const other = { DestinationCidrBlock: '10.0.1.0/24', GatewayId: 'vpce-fw' };
    expect(shown(world([publicTable, firewallTable, edge(other)]))).toEqual(SURE);
  });

  it('leads to an endpoint whose subnet has no way to the target', () => {
    const astray = { DestinationCidrBlock: '10.0.0.0/24', NetworkInterfaceId: 'eni-9', State: 'blackhole' };
    const lost = table('rtb-fw', [associated('subnet-fw')], [TO_INTERNET, astray]);
    expect(shown(world([publicTable, lost, edge({ GatewayId: 'vpce-fw' })]))).toEqual([]);
  });

  it.each([
    { what: 'that forwards', more: { SourceDestCheck: false }, expected: PERHAPS },
    { what: 'of which it is not known', more: {}, expected: PERHAPS },
    { what: 'that drops what is not for it', more: { SourceDestCheck: true }, expected: [] },
    { what: 'that is detached', more: { SourceDestCheck: false, Status: 'available' }, expected: [] },
  ])('leads to an appliance $what', ({ more, expected }) => {
    const appliance = card('eni-fw', {
      SubnetId: 'subnet-fw',
      PrivateIpAddresses: [{ PrivateIpAddress: '10.0.2.10', Primary: true }],
      ...more,
    });
    const network = world([publicTable, firewallTable, edge({ NetworkInterfaceId: 'eni-fw' })], {
      DescribeNetworkInterfaces: { NetworkInterfaces: [web, appliance] },
    });
    expect(shown(network)).toEqual(expected);
  });

  it.each([
    { what: 'two tables of one gateway', associations: [{ GatewayId: 'igw-1' }, { GatewayId: 'igw-1' }] },
    { what: 'an association that cannot be read', associations: [{ GatewayId: 7 }] },
  ])('is not known: $what', ({ associations }) => {
    const tables = associations.map((association, i) => table(`rtb-edge-${String(i)}`, [association], []));
    const network = world([publicTable, ...tables]);
    expect(shown(network)).toEqual(PERHAPS);
    expect(reasons(network, '9.9.9.9', 'eni-1')).toHaveLength(2);
  });

  it('of a virtual private gateway leaves what comes in by it unknown', () => {
    const steering = { ...edge({ GatewayId: 'vpce-fw' }), Associations: [{ GatewayId: 'vgw-1' }] };
    const network = world([publicTable, firewallTable, steering]);
    expect(network.sideDoors.map(({ text }) => text)).toEqual(['vgw-1']);
    expect(codesOf(network)).toContain('gateway-not-modelled');
  });

  it.each(['an appliance', 'nothing but local routes'])(
    'of a virtual private gateway that was read, to %s, counts for what its site sends',
    (to) => {
      const Associations = [{ GatewayId: 'vgw-1' }];
      const steering =
        to === 'an appliance'
          ? { ...edge({ GatewayId: 'vpce-fw' }), Associations }
          : table('rtb-edge', Associations, []);
      const back = table(
        'rtb-a',
        [associated('subnet-a')],
        [{ DestinationCidrBlock: '192.168.0.0/16', GatewayId: 'vgw-1' }],
      );
      const network = world([back, firewallTable, steering], {
        DescribeVpnGateways: {
          VpnGateways: [
            {
              VpnGatewayId: 'vgw-1',
              State: 'available',
              VpcAttachments: [{ State: 'attached', VpcId: 'vpc-1' }],
            },
          ],
        },
        DescribeVpnConnections: {
          VpnConnections: [{ VpnConnectionId: 'vpn-1', VpnGatewayId: 'vgw-1', State: 'available' }],
        },
      });
      const found = reasons(network, '192.168.0.1', 'eni-1');
      expect(found[0]).toBe(to === 'an appliance' ? 'unknown' : 'allowed');
      if (to === 'an appliance') expect(found.join()).toContain('steers what comes in by vgw-1');
    },
  );
});

describe('RT18: a route to a firewall', () => {
  it('leads on as the table of its subnet says, perhaps', () => {
    const network = world([inspectedTable, firewallTable]);
    expect(reasons(network, 'eni-1', '9.9.9.9')).toEqual(['unknown', INSPECTED]);
    // nothing there routes to the private range of somebody else
    expect(explained(network, 'eni-1', '192.168.0.1', 'tcp 443').verdict).toBe('denied');
  });

  it('leads nowhere if that table leads nowhere', () => {
    const astray = table('rtb-fw', [associated('subnet-fw')], []);
    expect(explained(world([inspectedTable, astray]), 'eni-1', '9.9.9.9', 'tcp 443').verdict).toBe('denied');
  });

  it('of somebody else may lead to the internet by a second arm', () => {
    const other = { ...firewall, Tags: [] };
    const astray = table('rtb-fw', [associated('subnet-fw')], []);
    const network = world([inspectedTable, astray], { DescribeVpcEndpoints: { VpcEndpoints: [other] } });
    expect(reasons(network, 'eni-1', '9.9.9.9')).toEqual([
      'unknown',
      'inspected by firewall endpoint vpce-fw; what it drops is not read',
    ]);
    expect(explained(network, 'eni-1', '192.168.0.1', 'tcp 443').verdict).toBe('denied');
  });

  it('that ended leads nowhere', () => {
    const ended = { ...firewall, State: 'rejected' };
    const network = world([inspectedTable, firewallTable], {
      DescribeVpcEndpoints: { VpcEndpoints: [ended] },
    });
    expect(explained(network, 'eni-1', '9.9.9.9', 'tcp 443').verdict).toBe('denied');
  });

  it('whose subnet is not known may lead anywhere', () => {
    const network = world([inspectedTable], {
      DescribeVpcEndpoints: { VpcEndpoints: [{ ...firewall, SubnetIds: [] }] },
    });
    expect(explained(network, 'eni-1', '192.168.0.1', 'tcp 443').verdict).toBe('unknown');
  });

  it('between two subnets of one network narrows the local route', () => {
    const here = { DestinationCidrBlock: '10.0.1.0/24', GatewayId: 'vpce-fw' };
    const back = { DestinationCidrBlock: '10.0.0.0/24', GatewayId: 'vpce-fw' };
    const network = world([
      table('rtb-a', [associated('subnet-a')], [here]),
      table('rtb-b', [associated('subnet-b')], [back]),
    ]);
    expect(between(network, 'eni-1', 'eni-2')).toBe('? tcp 443');
    const oneWay = world([table('rtb-b', [associated('subnet-b')], [back])]);
    expect(between(oneWay, 'eni-1', 'eni-2')).toBe('? tcp 443');
    expect(between(world([]), 'eni-1', 'eni-2')).toBe('tcp 443');
  });

  it('that leads back to itself ends somewhere', () => {
    const loop = table('rtb-fw', [associated('subnet-fw')], [TO_FIREWALL]);
    const network = world([inspectedTable, loop]);
    expect(explained(network, 'eni-1', '9.9.9.9', 'tcp 443').verdict).toBe('unknown');
  });

  it('carries on to a NAT gateway, whose answers an edge table may steer', () => {
    const nat = {
      NatGatewayId: 'nat-1',
      State: 'available',
      SubnetId: 'subnet-a',
      VpcId: 'vpc-1',
      NatGatewayAddresses: [{ PrivateIp: '10.0.0.5', PublicIp: '203.0.113.5' }],
    };
    const out = table(
      'rtb-b',
      [associated('subnet-b')],
      [{ DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: 'nat-1' }],
    );
    const verdict = (tables: readonly unknown[]) =>
      explained(
        world([...tables, out], { DescribeNatGateways: { NatGateways: [nat] } }),
        'eni-2',
        '9.9.9.9',
        'tcp 443',
      ).verdict;
    expect(verdict([publicTable])).toBe('allowed');
    expect(verdict([inspectedTable, firewallTable])).toBe('unknown');
    expect(verdict([publicTable, firewallTable, edge({ GatewayId: 'vpce-fw' })])).toBe('unknown');
  });
});

describe('RT18: whatever the firewall does, the answer holds', () => {
  const gone = { DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'vpce-fw', State: 'blackhole' };
  const lost = { DestinationCidrBlock: '10.0.0.0/24', NetworkInterfaceId: 'eni-gone', State: 'blackhole' };
  const inspected = world([inspectedTable, firewallTable, edge({ GatewayId: 'vpce-fw' })]);
  const worlds = {
    'drops all': world([table('rtb-a', [associated('subnet-a')], [gone]), firewallTable, edge(lost)]),
    'drops what comes in': world([publicTable, firewallTable, edge(lost)]),
    'drops what goes out': world([table('rtb-a', [associated('subnet-a')], [gone]), firewallTable]),
    'lets all through': world([publicTable, firewallTable]),
  };

  it.each(Object.entries(worlds))('%s', (_, truth) => {
    for (const [from, to] of [
      ['9.9.9.9', 'eni-1'],
      ['eni-1', '9.9.9.9'],
      ['eni-1', 'eni-2'],
      ['eni-2', 'eni-1'],
      ['192.168.0.1', 'eni-1'],
    ] as const) {
      const claimed = explained(inspected, from, to, 'all');
      const actual = explained(truth, from, to, 'all');
      expect(actual.verdict).not.toBe('unknown');
      expect(claimed.sure.isSubsetOf(actual.sure)).toBe(true);
      expect(actual.sure.isSubsetOf(claimed.possible)).toBe(true);
    }
  });
});

describe('EN7, RT13: a route to an interface', () => {
  const out = (more: Bodies, route: Bodies, bodies: Bodies = {}) => {
    const attached = { InstanceId: 'i-fw', Status: 'attached' };
    const appliance = card('eni-fw', {
      SubnetId: 'subnet-fw',
      PrivateIpAddresses: [{ PrivateIpAddress: '10.0.2.10', Primary: true }],
      Attachment: attached,
      ...more,
    });
    return world([table('rtb-b', [associated('subnet-b')], [route]), firewallTable], {
      DescribeNetworkInterfaces: { NetworkInterfaces: [web, database, appliance] },
      DescribeInstances: {
        Reservations: [{ Instances: [{ InstanceId: 'i-fw', State: { Name: 'running' } }] }],
      },
      ...bodies,
    });
  };
  const stopped = {
    DescribeInstances: {
      Reservations: [{ Instances: [{ InstanceId: 'i-fw', State: { Name: 'stopped' } }] }],
    },
  };
  const away = { DestinationCidrBlock: '0.0.0.0/0' };

  it.each([
    { what: 'check off', more: { SourceDestCheck: false }, bodies: {}, verdict: 'unknown' },
    { what: 'check not known', more: {}, bodies: {}, verdict: 'unknown' },
    { what: 'check on', more: { SourceDestCheck: true }, bodies: {}, verdict: 'denied' },
    { what: 'stopped', more: { SourceDestCheck: false }, bodies: stopped, verdict: 'denied' },
  ])('$what: $verdict', ({ more, bodies, verdict }) => {
    for (const route of [{ NetworkInterfaceId: 'eni-fw' }, { InstanceId: 'i-fw' }]) {
      const network = out(more, { ...away, ...route }, bodies);
      expect(explained(network, 'eni-2', '9.9.9.9', 'tcp 443').verdict).toBe(verdict);
    }
  });

  it('whose check is on delivers what is for itself', () => {
    const route = { DestinationCidrBlock: '10.0.2.0/24', NetworkInterfaceId: 'eni-fw' };
    const network = out({ SourceDestCheck: true }, route);
    expect(between(network, 'eni-2', 'eni-fw')).toBe('tcp 443');
  });

  it('of an instance with several is not known, as long as one of them forwards', () => {
    const second = card('eni-fw2', {
      SubnetId: 'subnet-fw',
      PrivateIpAddresses: [{ PrivateIpAddress: '10.0.2.11', Primary: true }],
      Attachment: { InstanceId: 'i-fw', Status: 'attached' },
      SourceDestCheck: true,
    });
    const first = card('eni-fw', {
      SubnetId: 'subnet-fw',
      PrivateIpAddresses: [{ PrivateIpAddress: '10.0.2.10', Primary: true }],
      Attachment: { InstanceId: 'i-fw', Status: 'attached' },
      SourceDestCheck: false,
    });
    const network = out(
      {},
      { ...away, InstanceId: 'i-fw' },
      {
        DescribeNetworkInterfaces: { NetworkInterfaces: [web, database, first, second] },
      },
    );
    expect(explained(network, 'eni-2', '9.9.9.9', 'tcp 443').verdict).toBe('unknown');
  });

  it('that was not read may lead anywhere', () => {
    const network = out({}, { ...away, NetworkInterfaceId: 'eni-far' });
    expect(explained(network, 'eni-2', '192.168.0.1', 'tcp 443').verdict).toBe('unknown');
  });
});
