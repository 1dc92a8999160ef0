import { idOf } from '#model';
import type { Draft } from './draft.ts';
import type { Place } from './place.ts';
import { openDoorOf } from './unmodelled-gateways.ts';

const GONE = /^(?:deleted|deleting|detached|detaching|failed|failing|rejected|rejecting|expired)$/;

/**
 * Ways into networks whose far side is not known: private gateways that are not understood, peerings where they were not
 * read, and whatever only the owner of a shared network sees.
 */
export function addSideDoors(draft: Draft): void {
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

function addVpnGateways(draft: Draft): void {
  for (const { id, place } of draft.distinct('DescribeVpnGateways').values()) {
    if (GONE.test(place.words('State')) || draft.gateways.has(idOf<'gateway'>(id))) continue;
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
