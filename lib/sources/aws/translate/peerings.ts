import { idOf, type BlindSpotId, type NetworkId } from '#model';
import type { Draft } from './draft.ts';
import type { GatewayFates } from './gateway-fates.ts';
import { nameOf } from './gateways.ts';
import type { Place } from './place.ts';
import type { Item } from './target.ts';

type Side = {
  readonly network: NetworkId;
  readonly account: string;
  readonly region: string;
  readonly isRead: boolean;
};

/**
 * Peerings between networks that were read. Where the far network was not, what is routed there is unknown, and what
 * comes from there too.
 *
 * https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html
 */
export function addPeerings(draft: Draft, fates: GatewayFates): void {
  for (const item of draft.distinct('DescribeVpcPeeringConnections').values()) addPeering(draft, fates, item);
}

function addPeering(draft: Draft, fates: GatewayFates, item: Item): void {
  const { id, place, target } = item;
  const status = place.child('Status').text('Code')?.toLowerCase();
  const sides = [sideOf(draft, item, 'RequesterVpcInfo'), sideOf(draft, item, 'AccepterVpcInfo')] as const;
  const [a, b] = sides;
  if (status !== undefined && status !== 'active' && !(a?.isRead === true && b?.isRead === true)) {
    fates.drops(id, id);
    return;
  }
  if (status === undefined || a === undefined || b === undefined) {
    const because = place.odd(
      status === undefined ? 'Status' : a === undefined ? 'RequesterVpcInfo' : 'AccepterVpcInfo',
      'known',
    );
    fates.isUnknown(id, because);
    target.distrust('DescribeVpcPeeringConnections', because);
    return;
  }
  if (a.isRead && b.isRead) {
    const isActive = status === 'active';
    draft.gateways.set(idOf<'gateway'>(id), {
      kind: 'peering',
      id: idOf<'gateway'>(id),
      name: nameOf(item),
      isActive,
      sides: [a.network, b.network],
      sharesGroups: isActive && a.region === b.region,
      at: place.ref(id),
    });
    return;
  }
  const because = farSideUnread(draft, a.isRead ? b : a, place);
  fates.isUnknown(id, because);
  for (const side of sides) {
    if (side?.isRead === true)
      draft.openSideDoor(side.network, id, `peering ${id} with a network that was not read`, because);
  }
}

function sideOf(draft: Draft, { place, target }: Item, member: string): Side | undefined {
  const info = place.child(member);
  const id = info.text('VpcId');
  if (id === undefined) return undefined;
  const network = idOf<'network'>(id);
  const known = draft.networks.get(network);
  return {
    network,
    account: info.text('OwnerId') ?? known?.account ?? target.account,
    region: info.text('Region') ?? known?.region ?? target.region,
    isRead: known !== undefined,
  };
}

function farSideUnread(draft: Draft, far: Side, place: Place): BlindSpotId {
  if (!draft.isCollected(far.account, far.region)) return draft.accountNotCollected(far.account, far.region);
  return draft.blindSpots.note(`dangling:${far.network}`, {
    code: 'dangling',
    effect: 'hides-ways',
    what: `VPC ${far.network} is named by a peering but was not among the VPCs that were read`,
    remedy: 'Collect the account again.',
    at: place.ref(far.network),
  });
}
