import { INTERNET, IpSet, NONE, TransportSet, type Ip } from '#netset';
import type { Endpoint } from '#model';
import type { Analysis } from './analysis.ts';
import { POSSIBLE } from './band.ts';
import { explain } from './explain.ts';
import type { Explanation } from './explanation.ts';
import { exposures } from './exposure.ts';
import { ipsFor } from './outside-reach.ts';
import type { Plane } from './plane.ts';

/**
 * The way to a public address of an endpoint from inside: out by the internet, and in again under the public address that it left with. Rules
 * that name groups match at neither end, as on any other way over the internet. Of several addresses, the one that gets furthest;
 * `undefined` where there is none.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html
 */
export function explainHairpin(
  analysis: Analysis,
  from: Endpoint,
  to: Endpoint,
  asked: TransportSet,
  dialled: readonly Ip[] = to.addresses.flatMap(({ publicIp }) => publicIp ?? []),
): Explanation | undefined {
  const found = dialled.flatMap((ip) => {
    const plane = analysis.planes.find(({ axis }) => axis.family === ip.family);
    return plane === undefined ? [] : [wayTo(analysis, plane, from, to, ip, asked) ?? []].flat();
  });
  const rank = { allowed: 2, unknown: 1, denied: 0 };
  return found.toSorted((a, b) => rank[b.verdict] - rank[a.verdict])[0];
}

function wayTo(
  analysis: Analysis,
  plane: Plane,
  from: Endpoint,
  to: Endpoint,
  dialled: Ip,
  asked: TransportSet,
): Explanation | undefined {
  const out = explain(analysis, { kind: 'endpoint', id: from.id }, { kind: 'outside', ip: dialled }, asked);
  if (out === undefined || out.possible.isEmpty) return out;
  const sources = publicSources(plane, from, dialled);
  const target = { kind: 'endpoint', id: to.id } as const;
  const ins = sources.flatMap((ip) => explain(analysis, { kind: 'outside', ip }, target, asked) ?? []);
  const isKnown = ins.length > 0 && ins.length === sources.length;
  const sure = isKnown ? ins.reduce((sum, each) => sum.intersect(each.sure), out.sure) : TransportSet.NONE;
  const arriving = isKnown
    ? TransportSet.unionOf(ins.map(({ possible }) => possible))
    : openToAnybody(analysis, to, asked);
  const possible = out.possible.intersect(arriving);
  const verdict =
    asked.isSubsetOf(sure) || (!sure.isEmpty && possible.equals(sure))
      ? ('allowed' as const)
      : possible.isEmpty
        ? ('denied' as const)
        : ('unknown' as const);
  // what is shown is the way in that decides
  const told = ins.find((each) => each.verdict === verdict) ?? ins[0];
  return {
    ...out,
    verdict,
    flow: { ...out.flow, destination: dialled },
    sure,
    possible,
    unanswered: { sure: TransportSet.NONE, possible: TransportSet.NONE },
    steps: [
      ...out.steps,
      ...(told === undefined
        ? []
        : [{ kind: 'hairpin' as const, mark: 'passes' as const, source: told.flow.source, dialled }]),
      ...(told?.steps ?? []),
    ],
    because:
      verdict === 'unknown' ? [...new Set([...out.because, ...ins.flatMap(({ because }) => because)])] : [],
    repliesOnlyTo: undefined,
  };
}

/** The public addresses under which an endpoint may arrive at another one: its own, or those of the NAT gateways on the way; none where that is not known. */
function publicSources(plane: Plane, from: Endpoint, dialled: Ip): readonly Ip[] {
  const to = plane.axis.positionOf(dialled)!;
  const found: (Ip | undefined)[] = [];
  for (const position of plane.axis.positionsOf(from.id)) {
    if (plane.endpointAt(position) === undefined || !plane.canSend(position)) continue;
    const { routed, legs } = plane.classOf(position);
    if (plane.rows.at(routed[POSSIBLE], to) !== NONE) {
      const place = plane.axis.places[position]!;
      const own = from.addresses.find(
        ({ first, last }) => first.value <= place.first && place.last <= last.value,
      );
      found.push(own?.publicIp);
    }
    for (const leg of legs) {
      if (plane.rows.at(leg.routed[POSSIBLE], to) === NONE) continue;
      const gateway = leg.gateway === undefined ? undefined : plane.network.gateways.get(leg.gateway);
      const place = plane.axis.places[leg.via]!;
      const address =
        gateway?.kind === 'nat' ? gateway.addresses.find(({ ip }) => ip.value === place.first) : undefined;
      found.push(address?.publicIp);
    }
  }
  const known = found.flatMap((ip) => (ip !== undefined && INTERNET.has(ip) ? [ip] : []));
  return known.length === found.length ? known : [];
}

function openToAnybody(analysis: Analysis, to: Endpoint, asked: TransportSet): TransportSet {
  return TransportSet.unionOf(
    exposures(analysis).flatMap(({ endpoint, possible }) =>
      endpoint.id !== to.id || ipsFor(possible, asked).equals(IpSet.NONE)
        ? []
        : possible.map(({ transport }) => transport),
    ),
  );
}
