import { EDGE_EVENTS } from './edges.ts';
import type { EventGroup, Tier } from './event-group.ts';
import { NETWORK_EVENTS } from './network.ts';
import { SERVICE_EVENTS } from './services.ts';
import { TAMPERING_EVENTS } from './tampering.ts';

/** Every call that is known to matter. Classic load balancers and those of version 2 share two names. */
export const CATALOGUE: readonly EventGroup[] = [
  ...NETWORK_EVENTS,
  ...SERVICE_EVENTS,
  ...EDGE_EVENTS,
  ...TAMPERING_EVENTS,
];

const TIERS: ReadonlyMap<string, Tier> = new Map(
  CATALOGUE.flatMap(({ source, tier, names }) => names.map((name) => [`${source} ${name}`, tier])),
);

/** CloudFront logs some calls with the date of their API behind the name (`CreateDistribution2020_05_31`). */
const CLOUDFRONT_DATE = /20\d\d_\d\d_\d\d$/;

/** The tier of a call by source and name together: `CreateCluster` of CloudHSM is not the one of EKS. */
export function tierOf(source: string, name: string): Tier {
  const bare = source === 'cloudfront.amazonaws.com' ? name.replace(CLOUDFRONT_DATE, '') : name;
  return TIERS.get(`${source} ${bare}`) ?? 0;
}
