import type { AwsSnapshot } from '#sources/aws';
import {
  account,
  ACCOUNT,
  acl,
  admits,
  ALL_PASS,
  card,
  group,
  mainTable,
  OPEN,
  snapshot,
  subnet,
  table,
  vpc,
  type Bodies,
  type Scene,
} from './scene.ts';

export const OTHER = '444455556666';

type Peering = {
  readonly status?: string;
  /** Whose the far network is. */
  readonly owner?: string;
  /** Whether the far side's table leads back. */
  readonly isRoutedBack?: boolean;
  /** What `db` admits; the group `sg-far` unless another thing is said. */
  readonly from?: Bodies;
  /** What `far` admits; nothing unless it is said. */
  readonly farAdmits?: Bodies;
  /** What else is on the near side. */
  readonly near?: Pick<Scene, 'cards' | 'more'>;
};

const toPeer = (block: string): Bodies => ({ DestinationCidrBlock: block, VpcPeeringConnectionId: 'pcx-1' });

const fromGroup = (owner: string): Bodies => ({
  ...admits('tcp/5432'),
  UserIdGroupPairs: [{ GroupId: 'sg-far', UserId: owner, VpcId: 'vpc-2', VpcPeeringConnectionId: 'pcx-1' }],
});

/** `db` in `vpc-1`, and `far` (10.1.0.10) in `vpc-2`, which is peered with it and may be another account's. */
export function peered({
  status = 'active',
  owner = ACCOUNT,
  isRoutedBack = true,
  from,
  farAdmits,
  near: more = { cards: {} },
}: Peering): AwsSnapshot[] {
  const admitted = from ?? fromGroup(owner);
  const near = account({
    groups: { 'sg-db': [admitted] },
    cards: { db: { ip: '10.0.1.10', groups: ['sg-db'] }, ...more.cards },
    routes: [toPeer('10.1.0.0/16')],
    more: { ...peering(status, owner), ...more.more },
  });
  const far = farBodies(owner, status, isRoutedBack, farAdmits);
  if (owner !== ACCOUNT) return [near, snapshot(far, { account: owner })];
  return [joined(near, far)];
}

/** One account's answers with what another has besides. */
function joined(near: AwsSnapshot, far: Bodies): AwsSnapshot {
  const both = Object.entries(near).map(([call, body]) => {
    const more = far[call];
    if (call === '_meta' || call === 'DescribeVpcPeeringConnections' || more === undefined)
      return [call, body];
    const lists = Object.entries(more as Bodies).map(([member, items]) => [
      member,
      [...((body as Record<string, unknown[]>)[member] ?? []), ...(items as unknown[])],
    ]);
    return [call, Object.fromEntries(lists) as unknown];
  });
  return Object.fromEntries(both) as AwsSnapshot;
}

function farBodies(
  owner: string,
  status: string,
  isRoutedBack: boolean,
  admitted: Bodies | undefined,
): Bodies {
  const own = { VpcId: 'vpc-2', OwnerId: owner };
  const back = isRoutedBack ? [toPeer('10.0.0.0/16')] : [];
  const local = {
    DestinationCidrBlock: '10.1.0.0/16',
    GatewayId: 'local',
    Origin: 'CreateRouteTable',
    State: 'active',
  };
  const [main] = [mainTable([])];
  return {
    DescribeVpcs: { Vpcs: [vpc('vpc-2', '10.1.0.0/16', own)] },
    DescribeSubnets: { Subnets: [subnet('subnet-far', '10.1.0.0/24', own)] },
    DescribeSecurityGroups: {
      SecurityGroups: [
        group('sg-far', {
          ...own,
          IpPermissions: admitted === undefined ? [] : [admitted],
          IpPermissionsEgress: [OPEN],
        }),
      ],
    },
    DescribeNetworkInterfaces: {
      NetworkInterfaces: [
        card('eni-far', {
          ...own,
          SubnetId: 'subnet-far',
          Groups: [{ GroupId: 'sg-far', GroupName: 'sg-far' }],
          PrivateIpAddresses: [{ PrivateIpAddress: '10.1.0.10', Primary: true }],
          Attachment: { InstanceId: 'i-far', InstanceOwnerId: owner, Status: 'attached' },
        }),
      ],
    },
    DescribeInstances: {
      Reservations: [
        {
          Instances: [
            { InstanceId: 'i-far', State: { Name: 'running' }, Tags: [{ Key: 'Name', Value: 'far' }] },
          ],
        },
      ],
    },
    DescribeRouteTables: {
      RouteTables: [
        {
          ...table('rtb-far', main.Associations, []),
          ...own,
          Routes: [local, ...back.map((route) => ({ Origin: 'CreateRoute', State: 'active', ...route }))],
        },
      ],
    },
    DescribeNetworkAcls: { NetworkAcls: [{ ...acl('acl-far', ['subnet-far'], ALL_PASS), ...own }] },
    DescribeInternetGateways: { InternetGateways: [] },
    ...peering(status, owner),
  };
}

function peering(status: string, owner: string): Bodies {
  const side = (OwnerId: string, VpcId: string, CidrBlock: string) => ({
    OwnerId,
    VpcId,
    CidrBlock,
    Region: 'eu-west-1',
  });
  return {
    DescribeVpcPeeringConnections: {
      VpcPeeringConnections: [
        {
          VpcPeeringConnectionId: 'pcx-1',
          Status: { Code: status },
          RequesterVpcInfo: side(ACCOUNT, 'vpc-1', '10.0.0.0/16'),
          AccepterVpcInfo: side(owner, 'vpc-2', '10.1.0.0/16'),
        },
      ],
    },
  };
}
