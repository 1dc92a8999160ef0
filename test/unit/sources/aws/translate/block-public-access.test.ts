import { describe, expect, it } from 'vitest';
import type { Network } from '#model';
import { explanationLines, NO_STYLE } from '#report';
import { explained, flowsOf } from '../../../../support/ask.ts';
import { ACCOUNT, card, group, mainTable, subnet, table, translated, type Bodies } from './account.ts';

const ALL = { IpRanges: [{ CidrIp: '0.0.0.0/0' }], Ipv6Ranges: [{ CidrIpv6: '::/0' }] };
const OPEN_GROUP = group('sg-1', {
  IpPermissions: [{ IpProtocol: '-1', ...ALL }],
  IpPermissionsEgress: [{ IpProtocol: '-1', ...ALL }],
});
const entry = (Egress: boolean, block: Bodies, RuleNumber: number) => ({
  RuleNumber,
  RuleAction: 'allow',
  Protocol: '-1',
  Egress,
  ...block,
});
const acl = {
  NetworkAclId: 'acl-1',
  VpcId: 'vpc-1',
  Associations: ['subnet-a', 'subnet-b', 'subnet-c'].map((id) => ({ SubnetId: id, NetworkAclId: 'acl-1' })),
  Entries: [false, true].flatMap((egress) => [
    entry(egress, { CidrBlock: '0.0.0.0/0' }, 100),
    entry(egress, { Ipv6CidrBlock: '::/0' }, 101),
  ]),
};
const at = (id: string, SubnetId: string, ip: string, more: Bodies = {}) =>
  card(id, { SubnetId, PrivateIpAddresses: [{ PrivateIpAddress: ip, Primary: true, ...more }] });
const of = (SubnetId: string) => [{ SubnetId, AssociationState: { State: 'associated' } }];
const PUBLIC = { Association: { PublicIp: '198.51.100.10' } };

/**
 * `eni-a` is public in `subnet-a`, where a NAT gateway stands too; `eni-b` in `subnet-b` goes out by the NAT gateway, `eni-c` in
 * `subnet-c` by an egress-only gateway.
 */
function world(mode: string, exclusions: readonly unknown[], more: Bodies = {}): Network {
  return translated({
    DescribeSubnets: {
      Subnets: [
        subnet('subnet-a', '10.0.0.0/24'),
        subnet('subnet-b', '10.0.1.0/24'),
        subnet('subnet-c', '10.0.2.0/24', {
          Ipv6CidrBlockAssociationSet: [
            { Ipv6CidrBlock: '2600:1::/64', Ipv6CidrBlockState: { State: 'associated' } },
          ],
        }),
      ],
    },
    DescribeSecurityGroups: { SecurityGroups: [OPEN_GROUP] },
    DescribeNetworkAcls: { NetworkAcls: [acl] },
    DescribeNetworkInterfaces: {
      NetworkInterfaces: [
        at('eni-a', 'subnet-a', '10.0.0.10', PUBLIC),
        at('eni-b', 'subnet-b', '10.0.1.10'),
        { ...at('eni-c', 'subnet-c', '10.0.2.10'), Ipv6Addresses: [{ Ipv6Address: '2600:1::10' }] },
      ],
    },
    DescribeNatGateways: {
      NatGateways: [
        {
          NatGatewayId: 'nat-1',
          State: 'available',
          SubnetId: 'subnet-a',
          VpcId: 'vpc-1',
          NatGatewayAddresses: [{ PrivateIp: '10.0.0.5', PublicIp: '203.0.113.5' }],
        },
      ],
    },
    DescribeEgressOnlyInternetGateways: {
      EgressOnlyInternetGateways: [
        { EgressOnlyInternetGatewayId: 'eigw-1', Attachments: [{ State: 'attached', VpcId: 'vpc-1' }] },
      ],
    },
    DescribeRouteTables: {
      RouteTables: [
        mainTable([]),
        table('rtb-a', of('subnet-a'), [{ DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-1' }]),
        table('rtb-b', of('subnet-b'), [{ DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: 'nat-1' }]),
        table('rtb-c', of('subnet-c'), [
          { DestinationIpv6CidrBlock: '::/0', EgressOnlyInternetGatewayId: 'eigw-1' },
        ]),
      ],
    },
    DescribeVpcBlockPublicAccessOptions: {
      VpcBlockPublicAccessOptions: { InternetGatewayBlockMode: mode, State: 'update-complete' },
    },
    DescribeVpcBlockPublicAccessExclusions: { VpcBlockPublicAccessExclusions: exclusions },
    ...more,
  });
}

const exclusion = (resource: string, mode: string, State = 'create-complete') => ({
  ExclusionId: resource,
  ResourceArn: `arn:aws:ec2:eu-west-1:${ACCOUNT}:${resource}`,
  InternetGatewayExclusionMode: mode,
  State,
});

/** Into `eni-a`, out of it, out by the NAT gateway, out by the egress-only gateway, and from one subnet to another. */
function verdicts(network: Network): string {
  return (
    [
      ['9.9.9.9', 'eni-a'],
      ['eni-a', '9.9.9.9'],
      ['eni-b', '9.9.9.9'],
      ['eni-c', '2a00::1'],
      ['eni-b', 'eni-a'],
    ] as const
  )
    .map(([from, to]) => explained(network, from, to, 'tcp 443').verdict[0])
    .join('');
}

describe('RT16: VPC Block Public Access', () => {
  it('of a network that was not read, nobody says whether it counts', () => {
    const unread = (mode: string): string => verdicts(world(mode, [], { DescribeVpcs: undefined }));
    expect(unread('off')).toBe('aaaaa');
    expect(unread('block-bidirectional')).toBe('uuuua');
    expect(unread('block-ingress')).toBe('uuaaa');
  });

  it.each([
    { mode: 'off', exclusions: [], expected: 'aaaaa' },
    { mode: 'block-bidirectional', exclusions: [], expected: 'dddda' },
    { mode: 'block-ingress', exclusions: [], expected: 'ddaaa' },
    // of a network
    {
      mode: 'block-bidirectional',
      exclusions: [exclusion('vpc/vpc-1', 'allow-bidirectional')],
      expected: 'aaaaa',
    },
    { mode: 'block-ingress', exclusions: [exclusion('vpc/vpc-1', 'allow-bidirectional')], expected: 'aaaaa' },
    { mode: 'block-bidirectional', exclusions: [exclusion('vpc/vpc-1', 'allow-egress')], expected: 'daaaa' },
    { mode: 'block-ingress', exclusions: [exclusion('vpc/vpc-1', 'allow-egress')], expected: 'ddaaa' },
    {
      mode: 'block-bidirectional',
      exclusions: [exclusion('vpc/vpc-2', 'allow-bidirectional')],
      expected: 'dddda',
    },
    // of a subnet: the others stay closed; whether a NAT gateway there serves them is not documented
    {
      mode: 'block-bidirectional',
      exclusions: [exclusion('subnet/subnet-a', 'allow-bidirectional')],
      expected: 'aauda',
    },
    {
      mode: 'block-bidirectional',
      exclusions: [exclusion('subnet/subnet-b', 'allow-bidirectional')],
      expected: 'dddda',
    },
    {
      mode: 'block-bidirectional',
      exclusions: [
        exclusion('subnet/subnet-a', 'allow-egress'),
        exclusion('subnet/subnet-b', 'allow-egress'),
      ],
      expected: 'daada',
    },
    {
      mode: 'block-bidirectional',
      exclusions: [exclusion('subnet/subnet-c', 'allow-egress')],
      expected: 'dddaa',
    },
    {
      mode: 'block-ingress',
      exclusions: [exclusion('subnet/subnet-a', 'allow-bidirectional')],
      expected: 'aaaaa',
    },
    // states
    {
      mode: 'block-bidirectional',
      exclusions: [exclusion('vpc/vpc-1', 'allow-bidirectional', 'delete-complete')],
      expected: 'dddda',
    },
    {
      mode: 'block-bidirectional',
      exclusions: [exclusion('vpc/vpc-1', 'allow-bidirectional', 'disable-complete')],
      expected: 'dddda',
    },
    {
      mode: 'block-bidirectional',
      exclusions: [exclusion('vpc/vpc-1', 'allow-bidirectional', 'create-in-progress')],
      expected: 'uuuua',
    },
    {
      mode: 'block-bidirectional',
      exclusions: [exclusion('vpc/vpc-1', 'allow-egress', 'update-in-progress')],
      expected: 'uaaaa',
    },
    { mode: 'block-bidirectional', exclusions: [exclusion('vpc/vpc-1', 'allow-some')], expected: 'uuuua' },
    { mode: 'block-bidirectional', exclusions: [{ State: 'create-complete' }], expected: 'uuuua' },
    { mode: 'block-something-new', exclusions: [], expected: 'uuuua' },
  ])(
    '$mode, $exclusions.0.ResourceArn $exclusions.0.InternetGatewayExclusionMode: $expected',
    ({ mode, exclusions, expected }) => {
      expect(verdicts(world(mode, exclusions))).toBe(expected);
    },
  );

  it('that is being changed, or whose exclusions were not read, closes perhaps', () => {
    const changing = {
      DescribeVpcBlockPublicAccessOptions: {
        VpcBlockPublicAccessOptions: {
          InternetGatewayBlockMode: 'block-bidirectional',
          State: 'update-in-progress',
        },
      },
    };
    expect(verdicts(world('', [], changing))).toBe('uuuua');
    const unread = world('block-bidirectional', [], { DescribeVpcBlockPublicAccessExclusions: undefined });
    expect(verdicts(unread)).toBe('uuuua');
    const { because } = explained(unread, '9.9.9.9', 'eni-a', 'tcp 443');
    expect(because).toEqual(['gateway-not-modelled:block-public-access:subnet-a']);
  });

  it('says what it does not know of a NAT gateway', () => {
    const network = world('block-bidirectional', [exclusion('subnet/subnet-a', 'allow-bidirectional')]);
    expect(explained(network, 'eni-b', '9.9.9.9', 'tcp 443').because).toEqual([
      'gateway-not-modelled:block-public-access-nat:subnet-b',
    ]);
  });

  it('is told where a route leads to what it closes', () => {
    const network = world('block-bidirectional', []);
    const line = (from: string) =>
      explanationLines(
        explained(network, from, '9.9.9.9', 'tcp 443'),
        network,
        from,
        'x',
        flowsOf('tcp 443'),
        NO_STYLE,
      ).find((each) => each.includes('rtb-'));
    expect(line('eni-a')).toBe(
      '  ✗ route  rtb-a: 0.0.0.0/0 → igw-1, closed by VPC Block Public Access (block-bidirectional)',
    );
    expect(line('eni-b')).toBe(
      '  ✗ route  rtb-b: 0.0.0.0/0 → nat-1, closed by VPC Block Public Access (block-bidirectional)',
    );
  });

  it('says what closes, and who set it', () => {
    const network = world('', [], {
      DescribeVpcBlockPublicAccessOptions: {
        VpcBlockPublicAccessOptions: {
          InternetGatewayBlockMode: 'block-ingress',
          ManagedBy: 'declarative-policy',
        },
      },
    });
    const arrival = explained(network, '9.9.9.9', 'eni-a', 'tcp 443').steps.find(
      ({ kind }) => kind === 'arrival',
    );
    expect(arrival).toMatchObject({
      mark: 'blocks',
      closedBy: 'closed by VPC Block Public Access (block-ingress, set by the organisation)',
    });
  });

  it('that was not collected could only close more', () => {
    const network = world('', [], { DescribeVpcBlockPublicAccessOptions: undefined });
    expect(verdicts(network)).toBe('aaaaa');
    expect([...network.blindSpots.values()]).toMatchObject([
      { code: 'not-collected', effect: 'only-narrows' },
    ]);
  });
});
