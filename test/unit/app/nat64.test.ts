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

/** The ACLs of the client's subnet and of the gateway's, and the gateway's public address, if it has one. */
type Links = {
  readonly near?: readonly Bodies[];
  readonly far?: readonly Bodies[];
  readonly publicIp?: string;
};

/** `eni-1` has IPv6 alone, `eni-2` IPv4 alone. */
function world(
  egress: readonly Bodies[],
  routes: readonly Bodies[],
  { near = ENTRIES, far = ENTRIES, publicIp = '203.0.113.5' }: Links = {},
) {
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
    DescribeNetworkAcls: {
      NetworkAcls: [acl('acl-1', ['subnet-a'], near), acl('acl-2', ['subnet-b'], far)],
    },
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
          NatGatewayAddresses: [{ PrivateIp: '10.0.1.5', ...(publicIp !== '' && { PublicIp: publicIp }) }],
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

  const onward = [
    ...TRANSLATED,
    { DestinationIpv6CidrBlock: '2600:1::/64', GatewayId: 'local', Origin: 'CreateRouteTable' },
    { DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-1' },
  ];
  const verdicts = (links: Links, to = '9.9.9.9', flows = 'tcp/443'): string[] => {
    const network = world(ANYWHERE, onward, links);
    const analysis = analyse(network);
    return alsoByNat64(endsOf(findNamed(network, to), analysis), network).flatMap((target) => {
      const found = explain(analysis, endOf(network, 'eni-1'), target, flowsOf(flows));
      return found === undefined ? [] : [`${found.verdict} ${found.steps.at(-1)?.kind ?? ''}`];
    });
  };

  it('is allowed where all on the way surely lets it through', () => {
    expect(verdicts({})).toEqual(['allowed translated']);
    expect(verdicts({}, 'internet', 'udp/53')).toContain('allowed translated');
    expect(verdicts({}, 'internet', 'icmpv6/128/0').join()).not.toContain('translated');
    expect(verdicts({}, 'eni-2').join()).toMatch(/^unknown/);
  });

  it.each<[string, Links]>([
    ["the client's list lets nothing out", { near: ENTRIES.filter(({ Egress }) => !Egress) }],
    ["the client's list lets no answer in", { near: ENTRIES.filter(({ Egress }) => Egress) }],
    ['the gateway has no public address', { publicIp: '' }],
    ...ENTRIES.map((entry): [string, Links] => [
      `the gateway's list lacks ${JSON.stringify(entry)}`,
      { far: ENTRIES.filter((each) => each !== entry) },
    ]),
  ])('is not said to be where %s', (_, links) => {
    expect(verdicts(links).join()).not.toContain('allowed');
  });
});
