import type { IpSet, TransportSet } from '#netset';
import type { Endpoint, Network } from '#model';
import { isCrownJewel } from '../crown-jewels.ts';
import { meantExposures, type MeantFlows } from './exposures.ts';
import { decidedBy, type Forbidden } from './flows.ts';
import { matcherOf } from './matcher.ts';
import type { IntentSettings } from './settings.ts';
import { zonesOf, type Zone } from './zones.ts';

/** What a team means one network to be. */
export type Intent = MeantFlows & {
  readonly settings: IntentSettings;
  /** Whether an endpoint is among those most worth guarding. */
  readonly isCrownJewel: (endpoint: Endpoint) => boolean;
  /** The addresses of all trusted ranges together. */
  readonly trusted: IpSet;
  /** Every zone that a flow can begin or end in: those of the file, the trusted ranges, and last `internet` and `unzoned`. */
  readonly zones: readonly Zone[];
  /** The zone of an endpoint: the first of the file that names it, else `unzoned`. */
  readonly zoneOf: (endpoint: Endpoint) => string;
  /** What is forbidden from one zone to another, or within one, by statement; no flow twice, and none that an earlier statement allows. */
  readonly forbidden: (from: string, to: string) => readonly Forbidden[];
  /** What somebody wrote down as allowed from one zone to another, or within one. */
  readonly allowed: (from: string, to: string) => TransportSet;
};

/** Finds in a network whom the settings name. */
export function intentFor(settings: IntentSettings, network: Network): Intent {
  const { jewels } = settings;
  const isAlso = matcherOf(jewels.also, network);
  const isNot = matcherOf(jewels.not, network);
  const decided = decidedBy(settings.flows);
  const { trusted, zones, zoneOf } = zonesOf(settings, network);
  return {
    settings,
    isCrownJewel: (endpoint) =>
      ((jewels.byKind && isCrownJewel(endpoint)) || isAlso(endpoint)) && !isNot(endpoint),
    trusted,
    zones,
    zoneOf,
    forbidden: (from, to) => decided(from, to).forbidden,
    allowed: (from, to) => decided(from, to).allowed,
    ...meantExposures(settings, trusted, network),
  };
}
