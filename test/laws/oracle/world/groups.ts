import type { GroupPair, NetworkInterface, PeeringConnection, SecurityGroup } from '../responses.ts';
import type { Card } from './cards.ts';
import type { Dice } from './dice.ts';
import { writeRules } from './group-rules.ts';
import type { GroupPlan } from './group-rules.ts';
import { idOf } from './ids.ts';
import type { VpcPlan } from './layout.ts';
import type { ListPlan } from './lists.ts';
import type { Material } from './picks.ts';
import type { TransitPlan } from './transit.ts';

type Heading = GroupPlan['group'];

/** What rules may name, and over what. */
type Named = {
  readonly lists: readonly ListPlan[];
  readonly peerings: readonly PeeringConnection[];
  readonly transit: TransitPlan;
};

/** One to three groups for each VPC, and its default group; their rules may name each other. */
export function buildGroups(
  dice: Dice,
  material: Material,
  { lists, peerings, transit }: Named,
): SecurityGroup[] {
  const headings = material.vpcs.flatMap((vpc, at) => headingsOf(dice, material, vpc, at));
  return material.vpcs.flatMap((vpc) => {
    const own = headings.filter((heading) => heading.VpcId === vpc.id);
    const mayName = [
      ...own.map((heading) => ({ GroupId: heading.GroupId, UserId: heading.OwnerId })),
      ...headings.flatMap((heading) => foreignPair(vpc, heading, peerings)),
      // Several times over, so that some rule says nothing else
      ...[1, 2, 3, 4].flatMap(() => headings.flatMap((heading) => pairOverTransit(vpc, heading, transit))),
    ];
    const usable = lists.filter(({ target, use }) => target === vpc.target && use !== 'routes');
    return own.map((group) => writeRules(dice, material, { group, mayName, lists: usable }));
  });
}

/** Which groups an interface carries: one or two of its VPC's, sometimes one of another VPC's (SG17). */
export function groupsOf(
  dice: Dice,
  material: Material,
  groups: readonly SecurityGroup[],
  card: Card,
): NetworkInterface['Groups'] {
  if (card.kind === 'nat' || card.kind === 'transit' || card.kind === 'load-balancer') return [];
  const own = dice.fork(card.id);
  const near = groups.filter((group) => group.VpcId === card.subnet.vpcId);
  const first = own.pickAny(near);
  const second = own.chance(0.35) ? own.pickAny(near) : undefined;
  const { account, region } = card.subnet.target;
  const mates = material.vpcs.filter((vpc) => vpc.target.account === account && vpc.target.region === region);
  const shareable = groups.filter(
    (group) =>
      group.VpcId !== card.subnet.vpcId &&
      group.GroupName !== 'default' &&
      mates.some((vpc) => vpc.id === group.VpcId),
  );
  const shared = material.features.sharedGroups && own.chance(0.15) ? own.pickAny(shareable) : undefined;
  const carried = [...new Set([first, second, shared])].filter((group) => group !== undefined);
  return carried.map(({ GroupId, GroupName }) => ({ GroupId, GroupName }));
}

function headingsOf(dice: Dice, material: Material, vpc: VpcPlan, at: number): Heading[] {
  const own = dice.fork('headings', vpc.id);
  const make = (number: number, name: string): Heading => ({
    GroupId: idOf('sg', at * 10 + number),
    GroupName: name,
    Description: name,
    VpcId: vpc.id,
    OwnerId: vpc.target.account,
  });
  const count = own.pick([1, 2, 2, 3]);
  const plain = Array.from({ length: count }, (_, number) => make(number + 1, `group-${number + 1}`));
  return material.features.defaultGroups ? [make(0, 'default'), ...plain] : plain;
}

/** A group across a peering, whatever became of the peering since the rule was written (SG8). */
function foreignPair(vpc: VpcPlan, heading: Heading, peerings: readonly PeeringConnection[]): GroupPair[] {
  const joining = peerings.filter(
    ({ RequesterVpcInfo: a, AccepterVpcInfo: b }) =>
      (a.VpcId === vpc.id && b.VpcId === heading.VpcId) || (b.VpcId === vpc.id && a.VpcId === heading.VpcId),
  );
  const peering = joining.find((each) => each.Status.Code === 'active') ?? joining[0];
  if (heading.VpcId === vpc.id || peering === undefined) return [];
  return [
    {
      GroupId: heading.GroupId,
      UserId: heading.OwnerId,
      VpcId: heading.VpcId,
      VpcPeeringConnectionId: peering.VpcPeeringConnectionId,
      PeeringStatus: peering.Status.Code,
    },
  ];
}

/** A group of a VPC at the same transit gateway, whatever became of the options since (SG9). */
function pairOverTransit(vpc: VpcPlan, heading: Heading, transit: TransitPlan): GroupPair[] {
  const isJoined = transit.gateways.some(
    ({ mayRefer, ends }) =>
      mayRefer && [vpc.id, heading.VpcId].every((id) => ends.some(({ resource }) => resource === id)),
  );
  if (heading.VpcId === vpc.id || !isJoined) return [];
  return [{ GroupId: heading.GroupId, UserId: heading.OwnerId, VpcId: heading.VpcId }];
}
