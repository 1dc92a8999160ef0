import type { AwsSnapshot } from '#sources/aws';
import { peered } from './peered.ts';
import { ACCOUNT, admits, group, mainTable, OPEN, table } from './scene.ts';

/**
 * `app` in `subnet-b` reaches `far` in the peered network by a private NAT gateway, whose addresses are 10.0.0.5 and 10.0.0.6.
 * `far` admits 5432 from the source alone.
 */
export function throughNat(source: string): AwsSnapshot[] {
  const own = { SubnetId: 'subnet-b', AssociationState: { State: 'associated' } };
  return peered({
    farAdmits: {
      ...admits('tcp/5432', source),
      ...(source === 'sg-app' && {
        UserIdGroupPairs: [
          { GroupId: 'sg-app', UserId: ACCOUNT, VpcId: 'vpc-1', VpcPeeringConnectionId: 'pcx-1' },
        ],
      }),
    },
    near: {
      cards: { app: { ip: '10.0.1.20', groups: ['sg-app'] } },
      more: {
        DescribeNatGateways: {
          NatGateways: [
            {
              NatGatewayId: 'nat-1',
              VpcId: 'vpc-1',
              SubnetId: 'subnet-a',
              State: 'available',
              ConnectivityType: 'private',
              NatGatewayAddresses: [
                { PrivateIp: '10.0.0.5', IsPrimary: true },
                { PrivateIp: '10.0.0.6', IsPrimary: false },
              ],
            },
          ],
        },
        DescribeSecurityGroups: {
          SecurityGroups: ['sg-app', 'sg-db'].map((id) => group(id, { IpPermissionsEgress: [OPEN] })),
        },
        DescribeRouteTables: {
          RouteTables: [
            mainTable([{ DestinationCidrBlock: '10.1.0.0/16', VpcPeeringConnectionId: 'pcx-1' }]),
            table('rtb-b', [own], [{ DestinationCidrBlock: '10.1.0.0/16', NatGatewayId: 'nat-1' }]),
          ],
        },
      },
    },
  });
}
