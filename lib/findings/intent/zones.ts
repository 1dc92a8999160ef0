import { INTERNET, IpSet } from '#netset';
import type { Endpoint, Network } from '#model';
import { matcherOf } from './matcher.ts';
import type { IntentSettings } from './settings.ts';

/** The zone of whoever has no other: what is outside all known networks and trusted ranges. */
export const INTERNET_ZONE = 'internet';
/** The zone of endpoints that no zone of the file names. */
export const UNZONED = 'unzoned';
/** In a statement: every other zone. */
export const ANY_ZONE = 'any';

/** A named part of the network, or of what is outside it. */
export type Zone = {
  readonly name: string;
  /** Addresses that belong to it when they are nobody's of the known networks; none for a zone of tags or groups. */
  readonly outside: IpSet;
};

export function zonesOf(
  settings: IntentSettings,
  network: Network,
): { trusted: IpSet; zones: readonly Zone[]; zoneOf: (endpoint: Endpoint) => string } {
  const own = settings.zones.map(({ name, members }) => ({
    name,
    has: matcherOf(members, network),
    // only a selector that says nothing else names addresses that may be anybody's
    outside: IpSet.unionOf(
      members.flatMap(({ cidrs, ...rest }) =>
        cidrs !== undefined && Object.keys(rest).length === 0 ? [cidrs] : [],
      ),
    ),
  }));
  const trusted = IpSet.unionOf(settings.trusted.map(({ ips }) => ips));
  // each address outside is in one zone, as each endpoint is
  let taken = IpSet.NONE;
  const zones = [
    ...own,
    ...settings.trusted.map(({ name, ips }) => ({ name, outside: ips })),
    { name: INTERNET_ZONE, outside: INTERNET },
    { name: UNZONED, outside: IpSet.NONE },
  ].map(({ name, outside }) => {
    const zone = { name, outside: outside.subtract(taken) };
    taken = taken.union(outside);
    return zone;
  });
  const known = new Map<Endpoint, string>();
  const zoneOf = (endpoint: Endpoint): string => {
    const name = known.get(endpoint) ?? own.find(({ has }) => has(endpoint))?.name ?? UNZONED;
    known.set(endpoint, name);
    return name;
  };
  return { trusted, zones, zoneOf };
}
