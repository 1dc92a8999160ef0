import { describe, expect, it } from 'vitest';
import type { Account, Route } from './responses.ts';
import { draw, outcome } from './sketch.ts';

const OUT = { DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-a' };
const X = '8.8.8.8';

/** The internet gateway has a table of its own: what it says of the card's subnet. */
function steered(way: Partial<Route>, box: object = { SourceDestCheck: false }, gateway = 'igw-a'): Account {
  const account = draw({
    subnets: { s: { routes: [OUT] }, m: {} },
    cards: {
      card: { ip: '10.0.0.10', publicIp: '54.0.0.1' },
      box: { subnet: 'm', ip: '10.0.5.5', ...box },
    },
    more: {
      DescribeVpcEndpoints: {
        VpcEndpoints: [
          {
            VpcEndpointId: 'vpce-g',
            VpcEndpointType: 'GatewayLoadBalancer',
            VpcId: 'vpc-a',
            OwnerId: '111122223333',
            ServiceName: 'inspect',
            State: 'available',
            RouteTableIds: [],
          },
        ],
      },
    },
  });
  const base = { Origin: 'CreateRoute', State: 'active' };
  return {
    ...account,
    DescribeRouteTables: {
      RouteTables: [
        ...(account.DescribeRouteTables?.RouteTables ?? []),
        {
          RouteTableId: 'rtb-edge',
          VpcId: 'vpc-a',
          OwnerId: '111122223333',
          Associations: [
            { RouteTableAssociationId: 'e', RouteTableId: 'rtb-edge', Main: false, GatewayId: gateway },
          ],
          PropagatingVgws: [],
          Routes: [
            { ...base, DestinationCidrBlock: '10.0.0.0/16', GatewayId: 'local' },
            { ...base, DestinationCidrBlock: '10.0.0.0/24', ...way },
          ],
        },
      ],
    },
  };
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html#gateway-route-table */
describe('RT1 edge associations', () => {
  it.each<[line: string, account: Account, into: string, out: string]>([
    ['local', steered({ GatewayId: 'local' }), 'session', 'session'],
    ['another gateway’s', steered({ NetworkInterfaceId: 'eni-box' }, {}, 'igw-z'), 'session', 'session'],
    [
      'an appliance',
      steered({ NetworkInterfaceId: 'eni-box' }),
      'not routed to session',
      'forward to session',
    ],
    [
      'a Gateway Load Balancer endpoint',
      steered({ GatewayId: 'vpce-g' }),
      'not routed to session',
      'forward to session',
    ],
    ['EN7 an interface that checks', steered({ NetworkInterfaceId: 'eni-box' }, {}), 'not routed', 'forward'],
    ['RT13 gone', steered({ NetworkInterfaceId: 'eni-box', State: 'blackhole' }), 'not routed', 'forward'],
    [
      'an appliance that does not run',
      steered({ NetworkInterfaceId: 'eni-box' }, { SourceDestCheck: false, Status: 'available' }),
      'not routed',
      'forward',
    ],
  ])('%s', (_, account, into, out) => {
    expect(outcome(account, X, 'card')).toBe(into);
    expect(outcome(account, 'card', X)).toBe(out);
  });
});

describe('RT14, EN7, RT18 routes through something that looks at packets', () => {
  it.each<[line: string, way: Partial<Route>, box: object, expected: string]>([
    ['an appliance', { NetworkInterfaceId: 'eni-box' }, { SourceDestCheck: false }, 'not routed to session'],
    ['a Gateway Load Balancer endpoint', { GatewayId: 'vpce-g' }, {}, 'not routed to session'],
    ['an interface that checks drops', { NetworkInterfaceId: 'eni-box' }, {}, 'not routed'],
  ])('%s', (_, way, box, expected) => {
    const account = draw({
      subnets: { s: { routes: [{ DestinationCidrBlock: '10.0.1.0/24', ...way }] }, t: {}, m: {} },
      cards: {
        client: { ip: '10.0.0.10' },
        server: { subnet: 't', ip: '10.0.1.20' },
        box: { subnet: 'm', ip: '10.0.5.5', ...box },
      },
      more: {
        DescribeVpcEndpoints: {
          VpcEndpoints: [
            {
              VpcEndpointId: 'vpce-g',
              VpcEndpointType: 'GatewayLoadBalancer',
              VpcId: 'vpc-a',
              OwnerId: '111122223333',
              ServiceName: 'inspect',
              State: 'available',
              RouteTableIds: [],
            },
          ],
        },
      },
    });
    expect(outcome(account, 'client', 'server')).toBe(expected);
  });
});
