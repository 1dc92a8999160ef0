import type { IpSet, TransportSet } from '#netset';
import { breadthOf, exposures, ipsFor, type Analysis, type End } from '#engine';
import type { Named } from './ends.ts';

/** From where on the internet some flows get in: addresses to stand for wide parts of it, and the limited ranges. */
export type Entrances = { readonly wide: readonly End[]; readonly limited: readonly IpSet[] };

/** Looks for ways in that one arbitrary address would not show: half of the internet, or an office's range. */
export function internetEntrances(
  analysis: Analysis,
  from: Named,
  to: Named,
  asked: TransportSet,
): Entrances {
  if (from.kind !== 'internet' || to.kind !== 'endpoints') return { wide: [], limited: [] };
  const wide: End[] = [];
  const limited: IpSet[] = [];
  for (const { endpoint, family, possible } of exposures(analysis)) {
    if (!to.endpoints.includes(endpoint)) continue;
    const ips = ipsFor(possible, asked);
    const first = ips.first();
    if (first === undefined) continue;
    if (breadthOf(ips, family) === 'limited') limited.push(ips);
    else wide.push({ kind: 'outside', ip: first });
  }
  return { wide, limited };
}
