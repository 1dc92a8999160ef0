import { formatBlock } from '../address.ts';
import type { GroupPair, IpPermission, NetworkInterface, SecurityGroup } from '../responses.ts';
import type { Dice } from './dice.ts';
import { withPermissions } from './group-rules.ts';
import type { VpcPlan } from './layout.ts';
import type { RelayPlan } from './relays.ts';

type Grant = { readonly group: string; readonly direction: 'in' | 'out'; readonly permission: IpPermission };

/**
 * The groups with rules as people write them around a load balancer: clients may call it, it may call its targets, and they admit it by
 * its group or subnet, or else the clients themselves. Each of them is left out now and then, so that each decides in some world.
 */
export function admitRelays(
  dice: Dice,
  groups: readonly SecurityGroup[],
  { interfaces, relays }: RelayPlan,
  vpcs: readonly VpcPlan[],
): SecurityGroup[] {
  const blocks = vpcs.flatMap((vpc) => vpc.subnets.map(({ block }) => formatBlock(block)));
  const grants = relays.flatMap(({ front, responses }, number) => {
    const own = dice.fork(number);
    const clients = own.chance(0.5) ? '0.0.0.0/0' : (own.pickAny(blocks) ?? '0.0.0.0/0');
    const groupOf = (card: NetworkInterface) =>
      groups.find(({ GroupId }) => GroupId === card.Groups[0]?.GroupId);
    const ownGroup = groupOf(front);
    const admitted = responses.DescribeListeners.Listeners.flatMap(({ Port, Protocol }) =>
      own.chance(0.85) ? grant(ownGroup, 'in', Protocol, Port, { cidr: clients }) : [],
    );
    const dialled = responses.DescribeTargetGroups.TargetGroups.flatMap(
      ({ TargetGroupArn, Port, Protocol }) => {
        const registered = responses.DescribeTargetHealth[TargetGroupArn]?.TargetHealthDescriptions ?? [];
        const cards = interfaces.filter((card) =>
          registered.some(
            ({ Target: { Id } }) => card.Attachment?.InstanceId === Id || card.PrivateIpAddress === Id,
          ),
        );
        return [
          ...(own.chance(0.85) ? grant(ownGroup, 'out', Protocol, Port, { cidr: '0.0.0.0/0' }) : []),
          ...cards.flatMap((card) => {
            const pair = ownGroup && { GroupId: ownGroup.GroupId, UserId: ownGroup.OwnerId };
            const kind = own.below(10);
            if (kind < 4 && pair !== undefined) return grant(groupOf(card), 'in', Protocol, Port, { pair });
            if (kind < 6)
              return grant(groupOf(card), 'in', Protocol, Port, { cidr: `${front.PrivateIpAddress}/32` });
            return kind < 9 ? grant(groupOf(card), 'in', Protocol, Port, { cidr: clients }) : [];
          }),
        ];
      },
    );
    return [...admitted, ...dialled];
  });
  return groups.map((group) => {
    const of = (direction: Grant['direction']) =>
      grants
        .filter((each) => each.group === group.GroupId && each.direction === direction)
        .map(({ permission }) => permission);
    return withPermissions(group, of('in'), of('out'));
  });
}

function grant(
  group: SecurityGroup | undefined,
  direction: Grant['direction'],
  protocol: string,
  port: number,
  { cidr, pair }: { readonly cidr?: string; readonly pair?: GroupPair },
): Grant[] {
  if (group === undefined) return [];
  const carriers = protocol === 'UDP' ? ['udp'] : protocol === 'TCP_UDP' ? ['tcp', 'udp'] : ['tcp'];
  return carriers.map((carrier) => ({
    group: group.GroupId,
    direction,
    permission: {
      IpProtocol: carrier,
      FromPort: port,
      ToPort: port,
      IpRanges: cidr === undefined ? [] : [{ CidrIp: cidr }],
      Ipv6Ranges: [],
      PrefixListIds: [],
      UserIdGroupPairs: pair === undefined ? [] : [pair],
    },
  }));
}
