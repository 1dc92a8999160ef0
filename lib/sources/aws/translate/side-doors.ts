import { idOf } from '#model';
import type { CallKey } from '../resources/index.ts';
import type { Draft } from './draft.ts';
import type { Place } from './place.ts';
import { openDoorOf } from './unmodelled-gateways.ts';

const GONE = /^(?:deleted|deleting|detached|detaching|failed|failing|rejected|rejecting|expired)$/;

/**
 * Ways into networks that no route of theirs shows: what a transit gateway or a virtual private gateway delivers, and
 * peerings where they were not read.
 */
export function addSideDoors(draft: Draft): void {
  addTransitGateways(draft, 'DescribeTransitGatewayVpcAttachments', 'VpcId');
  addTransitGateways(draft, 'DescribeTransitGatewayAttachments', 'ResourceId');
  addVpnGateways(draft);
  for (const [network, target] of draft.homes) {
    const because = target.unread('DescribeVpcPeeringConnections');
    if (because !== undefined)
      draft.openSideDoor(network, 'peerings', 'peerings that were not read', because);
    const foreign = draft.foreign.get(network);
    if (foreign !== undefined)
      draft.openSideDoor(network, 'owner', 'gateways that only its owner sees', foreign);
  }
}

function addTransitGateways(draft: Draft, call: CallKey, member: 'VpcId' | 'ResourceId'): void {
  for (const target of draft.targets) {
    if (!target.has(call)) continue;
    for (const { place } of target.items(call)) {
      const isNetwork = member === 'VpcId' || place.words('ResourceType') === 'vpc';
      const network = isNetwork ? place.text(member) : undefined;
      const gateway = place.text('TransitGatewayId');
      if (network !== undefined && gateway !== undefined) openDoor(draft, gateway, network, place);
    }
  }
}

function addVpnGateways(draft: Draft): void {
  for (const { id, place } of draft.distinct('DescribeVpnGateways').values()) {
    if (GONE.test(place.words('State'))) continue;
    for (const attachment of place.items('VpcAttachments')) {
      const network = attachment.text('VpcId');
      if (network !== undefined) openDoor(draft, id, network, attachment);
    }
  }
}

function openDoor(draft: Draft, gateway: string, network: string, place: Place): void {
  const isKnown = draft.homes.has(idOf<'network'>(network));
  if (isKnown && !GONE.test(place.words('State').toLowerCase())) openDoorOf(draft, gateway, network, place);
}
