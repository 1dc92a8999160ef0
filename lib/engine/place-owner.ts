import type { Family } from '#netset';
import type { Endpoint, EndpointId, Network } from '#model';
import type { Place } from './places.ts';

/** The endpoint of a network at a place; `undefined` where this network does not hold it: the line may be of several networks. */
export function ownerOf(network: Network, place: Place, family: Family): Endpoint | undefined {
  const endpoint = network.endpoints.get(place.owner as EndpointId);
  if (place.isUnaddressed === true)
    return endpoint?.unaddressed?.families.includes(family) === true ? endpoint : undefined;
  const isHere = endpoint?.addresses.some(
    ({ first, last }) => first.family === family && first.value <= place.first && place.last <= last.value,
  );
  return isHere === true ? endpoint : undefined;
}
