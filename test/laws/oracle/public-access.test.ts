import { describe, expect, it } from 'vitest';
import { draw, outcome } from './sketch.ts';

const X = '8.8.8.8';
const X6 = '2606:4700::1111';
const ARN = 'arn:aws:ec2:eu-west-1:111122223333:';

/** A public host in `s`, a private one in `t` behind the NAT gateway in `n`, and IPv6 that only goes out in `u`. */
function world(mode: string, exclusions: Record<string, string> = {}, state = 'create-complete') {
  return draw({
    subnets: {
      s: {
        routes: [
          { DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-a' },
          { DestinationIpv6CidrBlock: '::/0', GatewayId: 'igw-a' },
        ],
      },
      t: { routes: [{ DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: 'nat-n' }] },
      n: { routes: [{ DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-a' }] },
      u: { routes: [{ DestinationIpv6CidrBlock: '::/0', EgressOnlyInternetGatewayId: 'eigw-a' }] },
    },
    cards: {
      open: { ip: '10.0.0.10', ip6: '2001:db8:a::10', publicIp: '54.0.0.1' },
      inner: { subnet: 't', ip: '10.0.1.10' },
      six: { subnet: 'u', ip: '10.0.2.10', ip6: '2001:db8:a:2::10' },
    },
    nats: { n: { SubnetId: 'n', NatGatewayAddresses: [{ PrivateIp: '10.0.9.5', PublicIp: '54.0.0.5' }] } },
    more: {
      DescribeEgressOnlyInternetGateways: {
        EgressOnlyInternetGateways: [
          { EgressOnlyInternetGatewayId: 'eigw-a', Attachments: [{ State: 'attached', VpcId: 'vpc-a' }] },
        ],
      },
      DescribeVpcBlockPublicAccessOptions: {
        VpcBlockPublicAccessOptions: { InternetGatewayBlockMode: mode },
      },
      DescribeVpcBlockPublicAccessExclusions: {
        VpcBlockPublicAccessExclusions: Object.entries(exclusions).map(([resource, allowed]) => ({
          ExclusionId: `vpcbpa-exclude-${resource}`,
          InternetGatewayExclusionMode: allowed,
          ResourceArn: `${ARN}${resource}`,
          State: state,
        })),
      },
    },
  });
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html */
describe.each<
  [line: string, account: ReturnType<typeof world>, into: string, out: string, nat: string, six: string]
>([
  ['off', world('off'), 'session', 'session', 'session', 'session'],
  ['both ways', world('block-bidirectional'), 'not routed', 'not routed', 'not routed', 'not routed'],
  ['what comes in', world('block-ingress'), 'not routed', 'not routed', 'session', 'session'],
  [
    'both ways, but for the VPC',
    world('block-bidirectional', { 'vpc/vpc-a': 'allow-bidirectional' }),
    'session',
    'session',
    'session',
    'session',
  ],
  [
    'both ways, but for the VPC’s way out',
    world('block-bidirectional', { 'vpc/vpc-a': 'allow-egress' }),
    'not routed',
    'session',
    'session',
    'session',
  ],
  [
    'what comes in, but for the VPC',
    world('block-ingress', { 'vpc/vpc-a': 'allow-bidirectional' }),
    'session',
    'session',
    'session',
    'session',
  ],
  [
    'what comes in: an exclusion for the way out changes nothing',
    world('block-ingress', { 'vpc/vpc-a': 'allow-egress' }),
    'not routed',
    'not routed',
    'session',
    'session',
  ],
  [
    'both ways, but for the public subnet',
    world('block-bidirectional', { 'subnet/s': 'allow-bidirectional' }),
    'session',
    'session',
    'not routed',
    'not routed',
  ],
  [
    'both ways, but for the NAT gateway’s subnet',
    world('block-bidirectional', { 'subnet/n': 'allow-bidirectional' }),
    'not routed',
    'not routed',
    'not routed to session',
    'not routed',
  ],
  [
    'both ways, but for another VPC',
    world('block-bidirectional', { 'vpc/vpc-b': 'allow-bidirectional' }),
    'not routed',
    'not routed',
    'not routed',
    'not routed',
  ],
  [
    'both ways, and the exclusion is gone',
    world('block-bidirectional', { 'vpc/vpc-a': 'allow-bidirectional' }, 'delete-complete'),
    'not routed',
    'not routed',
    'not routed',
    'not routed',
  ],
])('RT16 blocked: %s', (_, account, into, out, nat, six) => {
  it('by an internet gateway', () => {
    expect(outcome(account, X, 'open')).toBe(into);
    expect(outcome(account, X6, 'open@2001:db8:a::10')).toBe(into);
    expect(outcome(account, 'open', X)).toBe(out);
  });

  it('by gateways that only let out', () => {
    expect(outcome(account, 'inner', X)).toBe(nat);
    expect(outcome(account, 'six@2001:db8:a:2::10', X6)).toBe(six);
  });

  it('within the VPC nothing changes', () => {
    expect(outcome(account, 'open', 'inner')).toBe('session');
  });
});
