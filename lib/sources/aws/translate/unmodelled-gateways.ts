import type { BlindSpotId } from '#model';
import type { Draft } from './draft.ts';
import type { Place } from './place.ts';

/** One blind spot for each gateway that is not modelled, however many routes and networks have to do with it. */
export function gatewayNotModelled(draft: Draft, id: string, place: Place): BlindSpotId {
  return draft.blindSpots.note(`route-not-modelled:${id}`, {
    code: 'route-not-modelled',
    effect: 'hides-ways',
    what: `where ${id} passes packets on is not modelled`,
    remedy: '',
    at: place.ref(id),
  });
}

/** What lies behind a gateway that is not modelled may come into the network by it. */
export function openDoorOf(draft: Draft, id: string, network: string, place: Place): void {
  draft.openSideDoor(network, id, id, gatewayNotModelled(draft, id, place));
}
