import type { AwsSnapshot } from '#sources/aws';
import type { World } from '../world/world.ts';

/** Two states of one account, and what a call between them names. */
export type WorldChange = {
  readonly before: AwsSnapshot;
  readonly after: AwsSnapshot;
  readonly call: string;
  readonly ids: readonly string[];
};

/** Fewer where a world has no fleet that large. */
const MACHINES = 40;
const MOST = 200;

/** SSH from anywhere, by hand, on a bastion with a public address, in a VPC whose network ACLs let everything by. */
export function ruleAdded(world: World): WorldChange {
  const groups = world.DescribeSecurityGroups.SecurityGroups;
  const records = world.DescribeSecurityGroupRules.SecurityGroupRules;
  const bastion = groups.find(
    ({ Description, GroupId }) =>
      Description.startsWith('bastion of default-') &&
      world.DescribeNetworkInterfaces.NetworkInterfaces.some(
        (one) => 'Association' in one && one.Groups.some((group) => group.GroupId === GroupId),
      ),
  );
  if (bastion === undefined) throw new Error('the world has no public bastion');
  const { GroupId } = bastion;
  const rule = 'sgr-0abcdefabcdefabcd';
  const ports = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22 };
  const ssh = {
    ...ports,
    IpRanges: [{ CidrIp: '0.0.0.0/0' }],
    Ipv6Ranges: [],
    PrefixListIds: [],
    UserIdGroupPairs: [],
  };
  const record = {
    SecurityGroupRuleId: rule,
    GroupId,
    GroupOwnerId: bastion.OwnerId,
    IsEgress: false,
    ...ports,
    CidrIpv4: '0.0.0.0/0',
    Tags: [],
  };
  return {
    before: world,
    after: {
      ...world,
      DescribeSecurityGroups: {
        SecurityGroups: groups.map((group) =>
          group === bastion ? { ...group, IpPermissions: [...group.IpPermissions, ssh] } : group,
        ),
      },
      DescribeSecurityGroupRules: { SecurityGroupRules: [...records, record] },
    },
    call: 'AuthorizeSecurityGroupIngress',
    ids: [GroupId, rule],
  };
}

/** An Auto Scaling group that starts 40 machines: the later state is the world, the earlier one lacks them. */
export function scaledOut(world: World): WorldChange {
  const fleet = fleetOf(world);
  const group = { Key: 'aws:autoscaling:groupName', Value: 'fleet' };
  const tagged = world.DescribeInstances.Reservations.map((reservation) => ({
    ...reservation,
    Instances: reservation.Instances.map((instance) =>
      fleet.includes(instance.InstanceId) ? { ...instance, Tags: [...instance.Tags, group] } : instance,
    ),
  }));
  const started = new Set(fleet.slice(1).slice(-MACHINES));
  const after = { ...world, DescribeInstances: { Reservations: tagged } };
  return {
    before: {
      ...after,
      DescribeInstances: {
        Reservations: tagged.map((reservation) => ({
          ...reservation,
          Instances: reservation.Instances.filter(({ InstanceId }) => !started.has(InstanceId)),
        })),
      },
      DescribeNetworkInterfaces: {
        NetworkInterfaces: world.DescribeNetworkInterfaces.NetworkInterfaces.filter(
          ({ Attachment }) => Attachment?.InstanceId === undefined || !started.has(Attachment.InstanceId),
        ),
      },
    },
    after: after,
    call: 'RunInstances',
    ids: [...started],
  };
}

/** The running machines of one group that has many, all alike and none of them public. */
function fleetOf(world: World): readonly string[] {
  const byGroups = new Map<string, string[]>();
  for (const { Instances } of world.DescribeInstances.Reservations) {
    for (const { InstanceId, SecurityGroups, State, NetworkInterfaces, Tags } of Instances) {
      if (State.Name !== 'running' || NetworkInterfaces.length !== 1 || Tags[0]?.Value.includes('eks'))
        continue;
      if (NetworkInterfaces.some((one) => 'Association' in one)) continue;
      const key = SecurityGroups.map(({ GroupId }) => GroupId).join();
      byGroups.set(key, [...(byGroups.get(key) ?? []), InstanceId]);
    }
  }
  const [fleet] = [...byGroups.values()]
    .filter(({ length }) => length > 1 && length < MOST)
    .sort((a, b) => b.length - a.length);
  if (fleet === undefined) throw new Error('the world has no fleet');
  return fleet;
}
