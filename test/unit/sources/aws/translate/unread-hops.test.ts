import { describe, expect, it } from 'vitest';
import type { AwsSnapshot } from '#sources/aws';
import { throughNat } from '../../../../peers/private-nat.ts';
import { doubt } from '../../../../peers/questions.ts';
import { drawnCards, type CardSketch } from '../../../../peers/scene.ts';
import { subnet, table, type Bodies } from './account.ts';
import { hub, wideWorld } from './wide-world.ts';

/** What stands in between and was not read may make a way unknown, and never shut it. */
const NAT: CardSketch = {
  ip: '10.0.0.5',
  groups: [],
  instance: 'none',
  InterfaceType: 'nat_gateway',
  Description: 'Interface for NAT Gateway nat-1',
};

type NetworkInterfaces = { DescribeNetworkInterfaces: { NetworkInterfaces: unknown[] } };

/** The world of a private NAT gateway that shows its interface, with other answers of some calls. */
function withNat(more: Readonly<Record<string, unknown>>): AwsSnapshot[] {
  const [all] = throughNat('10.0.0.5/32') as unknown as (AwsSnapshot & NetworkInterfaces)[];
  const { NetworkInterfaces } = all!.DescribeNetworkInterfaces;
  const shown = { NetworkInterfaces: [...NetworkInterfaces, ...drawnCards({ nat: NAT })] };
  const answers = Object.entries<unknown>({ ...all, DescribeNetworkInterfaces: shown, ...more });
  return [Object.fromEntries(answers.filter(([, body]) => body !== undefined)) as AwsSnapshot];
}

describe('RT6: a NAT gateway', () => {
  const asked = (more: Readonly<Record<string, unknown>>) => doubt(withNat(more), 'app', 'far', 'tcp/5432');

  it('sends on under its own address', () => {
    expect(asked({})).toBe('allowed');
  });

  it.each([
    ['was not read', undefined, 'not-collected'],
    ['is not listed', { NatGateways: [] }, 'dangling'],
    [
      'does not tell its state',
      { NatGateways: [{ NatGatewayId: 'nat-1', VpcId: 'vpc-1' }] },
      'member-not-understood',
    ],
  ])('that %s may do so under the address of its interface', (_, DescribeNatGateways, code) => {
    expect(asked({ DescribeNatGateways })).toBe(`unknown: ${code}`);
  });

  it('may be meant where neither tables nor gateways were read', () => {
    expect(asked({ DescribeNatGateways: undefined, DescribeRouteTables: undefined })).toMatch(/^unknown: /);
  });
});

describe('RT9: an attachment that stands in a subnet that was not read', () => {
  const to = (target: Bodies) => ({ DestinationCidrBlock: '0.0.0.0/0', ...target });
  const TRANSIT = to({ TransitGatewayId: 'tgw-1' });
  const back = { DestinationCidrBlock: '10.2.0.0/16', TransitGatewayId: 'tgw-1' };
  const tableOfHub = (id: string, association: Bodies, routes: readonly Bodies[]) =>
    table(id, [{ ...association, AssociationState: { State: 'associated' } }], routes);
  const [local] = table('rtb-2', [], []).Routes;
  const { 'tgw-rtb-1': known } = hub['SearchTransitGatewayRoutes'] as { 'tgw-rtb-1': { Routes: Bodies[] } };

  /** The spoke gets to the internet by the hub: the attachment's own subnet has the table that leads to a NAT gateway. */
  const world = (more: Bodies) =>
    wideWorld({
      hub: {
        DescribeNatGateways: {
          NatGateways: [
            {
              NatGatewayId: 'nat-1',
              VpcId: 'vpc-1',
              SubnetId: 'subnet-a',
              State: 'available',
              NatGatewayAddresses: [{ PrivateIp: '10.0.0.5', PublicIp: '198.51.100.5' }],
            },
          ],
        },
        DescribeRouteTables: {
          RouteTables: [
            tableOfHub('rtb-1', { Main: true }, [to({ GatewayId: 'igw-1' }), back]),
            tableOfHub('rtb-t', { SubnetId: 'subnet-t' }, [to({ NatGatewayId: 'nat-1' }), back]),
          ],
        },
        SearchTransitGatewayRoutes: {
          'tgw-rtb-1': {
            Routes: [
              ...known.Routes,
              {
                ...to({}),
                Type: 'static',
                State: 'active',
                TransitGatewayAttachments: [{ TransitGatewayAttachmentId: 'tgw-attach-1' }],
              },
            ],
          },
        },
        ...more,
      },
      spoke: {
        DescribeRouteTables: {
          RouteTables: [
            {
              ...tableOfHub('rtb-2', { Main: true }, []),
              VpcId: 'vpc-2',
              Routes: [
                { ...local, DestinationCidrBlock: '10.2.0.0/16' },
                { ...TRANSIT, State: 'active', Origin: 'CreateRoute' },
              ],
            },
          ],
        },
      },
    });
  const asked = (more: Bodies) => doubt(all(world(more)), 'eni-2', '203.0.113.9', 'tcp/443');

  it('hands on by the table of that subnet where it was read', () => {
    expect(asked({})).toBe('allowed');
  });

  it.each([
    ['with no subnet', undefined],
    ['with all but that one', { Subnets: [subnet('subnet-a', '10.0.0.0/24')] }],
  ])('may do so all the same: %s', (_, DescribeSubnets) => {
    expect(asked({ DescribeSubnets })).toMatch(/^unknown/);
  });
});

describe('RT6: a NAT gateway before a transit gateway', () => {
  const own = (SubnetId: string) => [{ SubnetId, AssociationState: { State: 'associated' } }];
  const FAR = { DestinationCidrBlock: '10.2.0.0/16' };
  const asked = (more: Bodies) =>
    doubt(
      all(
        wideWorld({
          hub: {
            DescribeNatGateways: {
              NatGateways: [
                {
                  NatGatewayId: 'nat-1',
                  VpcId: 'vpc-1',
                  SubnetId: 'subnet-t',
                  State: 'available',
                  ConnectivityType: 'private',
                  NatGatewayAddresses: [{ PrivateIp: '10.0.255.5' }],
                },
              ],
            },
            DescribeRouteTables: {
              RouteTables: [
                table('rtb-1', own('subnet-a'), [{ ...FAR, NatGatewayId: 'nat-1' }]),
                table('rtb-t', own('subnet-t'), [{ ...FAR, TransitGatewayId: 'tgw-1' }]),
              ],
            },
            ...more,
          },
        }),
      ),
      'eni-1',
      'eni-2',
      'tcp/443',
    );

  it('gets to the other network', () => {
    expect(asked({})).toBe('allowed');
  });

  it.each([
    'DescribeTransitGateways',
    'DescribeTransitGatewayAttachments',
    'DescribeTransitGatewayVpcAttachments',
    'DescribeTransitGatewayRouteTables',
    'SearchTransitGatewayRoutes',
  ])('and where %s was not read, an answer says so', (call) => {
    expect(asked({ [call]: undefined })).toMatch(/^(?:allowed$|unknown: )/);
  });
});

function all(snapshots: readonly AwsSnapshot[]): AwsSnapshot[] {
  return snapshots.map(
    (each) =>
      Object.fromEntries(
        Object.entries<unknown>(each).filter(([, body]) => body !== undefined),
      ) as AwsSnapshot,
  );
}
