import { describe, expect, it } from 'vitest';
import { alsoByNat64, endsOf, findNamed } from '#app';
import { analyse, explain, type Explanation } from '#engine';
import {
  acl,
  card,
  group,
  mainTable,
  subnet,
  translated,
  type Bodies,
} from '../sources/aws/translate/account.ts';
import { endOf, flowsOf } from '../../support/ask.ts';

const ENTRIES = [false, true].flatMap((Egress) =>
  [{ CidrBlock: '0.0.0.0/0' }, { Ipv6CidrBlock: '::/0' }].map((block, i) => ({
    RuleNumber: 100 + i,
    RuleAction: 'allow',
    Protocol: '-1',
    Egress,
    ...block,
  })),
);

/** `eni-1` has IPv6 alone, `eni-2` IPv4 alone. */
function world(egress: readonly Bodies[], routes: readonly Bodies[]) {
  return translated({
    DescribeSubnets: {
      Subnets: [
        subnet('subnet-a', '10.0.0.0/24', {
          Ipv6CidrBlockAssociationSet: [
            { Ipv6CidrBlock: '2600:1::/64', Ipv6CidrBlockState: { State: 'associated' } },
          ],
        }),
        subnet('subnet-b', '10.0.1.0/24'),
      ],
    },
    DescribeSecurityGroups: {
      SecurityGroups: [group('sg-1', { IpPermissionsEgress: [{ IpProtocol: '-1', Ipv6Ranges: egress }] })],
    },
    DescribeNetworkAcls: { NetworkAcls: [acl('acl-1', ['subnet-a', 'subnet-b'], ENTRIES)] },
    DescribeNetworkInterfaces: {
      NetworkInterfaces: [
        card('eni-1', { PrivateIpAddresses: [], Ipv6Addresses: [{ Ipv6Address: '2600:1::10' }] }),
        card('eni-2', {
          SubnetId: 'subnet-b',
          PrivateIpAddresses: [{ PrivateIpAddress: '10.0.1.10', Primary: true }],
        }),
      ],
    },
    DescribeNatGateways: {
      NatGateways: [
        {
          NatGatewayId: 'nat-1',
          State: 'available',
          SubnetId: 'subnet-b',
          VpcId: 'vpc-1',
          NatGatewayAddresses: [{ PrivateIp: '10.0.1.5', PublicIp: '203.0.113.5' }],
        },
      ],
    },
    DescribeRouteTables: { RouteTables: [mainTable(routes)] },
  });
}

function asked(network: ReturnType<typeof world>, to: string): readonly Explanation[] {
  const analysis = analyse(network);
  const targets = alsoByNat64(endsOf(findNamed(network, to), analysis), network);
  return targets.flatMap(
    (target) => explain(analysis, endOf(network, 'eni-1'), target, flowsOf('tcp/443')) ?? [],
  );
}

const TRANSLATED = [{ DestinationIpv6CidrBlock: '64:ff9b::/96', NatGatewayId: 'nat-1' }];
const ANYWHERE = [{ CidrIpv6: '::/0' }];

describe('RT7: IPv4 by NAT64', () => {
  it.each(['9.9.9.9', 'eni-2'])('is not known to whoever routes there, and said so: %s', (to) => {
    const [found, ...more] = asked(world(ANYWHERE, TRANSLATED), to);
    expect([found?.verdict, found?.because, more]).toEqual([
      'unknown',
      ['route-not-modelled:nat64:nat-1'],
      [],
    ]);
  });

  it('is refused by a group that does not let out to the translated address', () => {
    const narrow = [{ CidrIpv6: '64:ff9b::a00:10a/128' }];
    expect(asked(world(narrow, TRANSLATED), '9.9.9.9').map(({ verdict }) => verdict)).toEqual(['denied']);
    expect(asked(world(narrow, TRANSLATED), 'eni-2').map(({ verdict }) => verdict)).toEqual(['unknown']);
  });

  it('is not asked about where no NAT gateway translates', () => {
    expect(asked(world(ANYWHERE, []), '9.9.9.9')).toEqual([]);
  });
});
