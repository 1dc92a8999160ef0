import { describe, expect, it } from 'vitest';
import { explanationLines, NO_STYLE } from '#report';
import { explained, flowsOf, shown } from '../../../../support/ask.ts';
import { acl, card, group, mainTable, translated, type Bodies } from './account.ts';

const ANYONE = { IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
const ENTRIES = [false, true].map((Egress) => ({
  RuleNumber: 100,
  RuleAction: 'allow',
  Protocol: '-1',
  CidrBlock: '0.0.0.0/0',
  Egress,
}));

/** `eni-1` listens on 443 for everybody, in a subnet whose table has this route. */
function world(route: Bodies | undefined, address: Bodies, more: Bodies = {}) {
  return translated({
    DescribeSecurityGroups: {
      SecurityGroups: [
        group('sg-1', {
          IpPermissions: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, ...ANYONE }],
          IpPermissionsEgress: [],
        }),
      ],
    },
    DescribeNetworkAcls: { NetworkAcls: [acl('acl-1', ['subnet-a', 'subnet-b'], ENTRIES)] },
    DescribeInternetGateways: { InternetGateways: [] },
    DescribeRouteTables: { RouteTables: [mainTable(route === undefined ? [] : [route])] },
    DescribeNetworkInterfaces: {
      NetworkInterfaces: [
        card('eni-1', {
          PrivateIpAddresses: [{ PrivateIpAddress: '10.0.0.10', Primary: true, ...address }],
        }),
      ],
    },
    ...more,
  });
}

const OUT = { DestinationCidrBlock: '0.0.0.0/0' };

describe('EN11: zones that are not of the Region', () => {
  it('a carrier address is perhaps reached through the carrier gateway', () => {
    const network = world(
      { ...OUT, CarrierGatewayId: 'cagw-1' },
      { Association: { CarrierIp: '155.146.10.111' } },
    );
    expect(shown(network)).toEqual(['eni-1 (sg-1) v4 ? tcp 443 from 1.0.0.0']);
    expect(explained(network, '9.9.9.9', 'eni-1', 'tcp 443').because).toEqual(['route-not-modelled:cagw-1']);
  });

  it('a customer-owned address is perhaps reached through the local gateway', () => {
    const network = world(
      { DestinationCidrBlock: '192.168.0.0/16', LocalGatewayId: 'lgw-1' },
      { Association: { CustomerOwnedIp: '192.0.2.10' } },
    );
    const { verdict, because } = explained(network, '192.168.7.7', 'eni-1', 'tcp 443');
    expect([verdict, because]).toEqual(['unknown', ['route-not-modelled:lgw-1']]);
  });

  it('neither is where nothing routes to such a gateway', () => {
    expect(shown(world(undefined, { Association: { CarrierIp: '155.146.10.111' } }))).toEqual([]);
  });
});

describe('SG18: a closed way out', () => {
  const lines = (to: string) => {
    const network = world(undefined, {});
    return explanationLines(
      explained(network, 'eni-1', to, 'udp/53'),
      network,
      'eni-1',
      to,
      flowsOf('udp/53'),
      NO_STYLE,
    ).filter((line) => line.includes('DNS'));
  };

  it('does not close DNS, which is said', () => {
    expect(lines('9.9.9.9')).toEqual([
      '  no group and no ACL filters DNS at the resolver of the VPC, DHCP, instance metadata and time: DNS stays a way out',
    ]);
  });

  it('is not the matter of what stays open', () => {
    const network = world(undefined, {});
    const asked = flowsOf('tcp/443');
    const said = explanationLines(
      explained(network, '9.9.9.9', 'eni-1', 'tcp 443'),
      network,
      'x',
      'y',
      asked,
      NO_STYLE,
    );
    expect(said.join('\n')).not.toContain('DNS');
  });
});

describe('RT6: a regional NAT gateway', () => {
  const network = world(
    { ...OUT, NatGatewayId: 'nat-1' },
    {},
    {
      DescribeSecurityGroups: {
        SecurityGroups: [group('sg-1', { IpPermissionsEgress: [{ IpProtocol: '-1', ...ANYONE }] })],
      },
      DescribeNatGateways: {
        NatGateways: [
          { NatGatewayId: 'nat-1', VpcId: 'vpc-1', State: 'available', AvailabilityMode: 'regional' },
        ],
      },
    },
  );

  it('without an address is not known to lead anywhere, and not known to lead nowhere', () => {
    expect(explained(network, 'eni-1', '9.9.9.9', 'tcp 443').verdict).toBe('unknown');
  });
});
