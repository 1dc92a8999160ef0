import type { Place } from './place.ts';

const ZONE_ID = /^[a-z0-9]+-az\d+$/;
const ZONE_NAME = /^[a-z]{2}(?:-[a-z]+)+-\d+[a-z]$/;

/**
 * The Availability Zone of a subnet, by the id that is the same in every account; without one, by the name, which each account
 * maps in its own way. `undefined` where it is not told, and for Local Zones and Wavelength Zones: those reach a transit
 * gateway through a parent zone that their subnets do not name.
 *
 * https://docs.aws.amazon.com/global-infrastructure/latest/regions/az-ids.html
 * https://docs.aws.amazon.com/local-zones/latest/ug/local-zones-connectivity-transit-gateway-lzs.html
 */
export function zoneOf(subnet: Place, hasIds: boolean): string | undefined {
  if (hasIds) return matching(subnet.text('AvailabilityZoneId'), ZONE_ID);
  const name = matching(subnet.text('AvailabilityZone'), ZONE_NAME);
  return name === undefined ? undefined : `${subnet.scope.account}/${name}`;
}

function matching(text: string | undefined, pattern: RegExp): string | undefined {
  return text !== undefined && pattern.test(text) ? text : undefined;
}
