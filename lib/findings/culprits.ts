import type { Ip, TransportSet } from '#netset';
import type { Endpoint, Network } from '#model';
import type { Culprit } from './finding.ts';

/** The rules of an endpoint's own policies that let these addresses in on any of these flows. */
export function culpritsFrom(
  network: Network,
  endpoint: Endpoint,
  sources: readonly Ip[],
  transport: TransportSet,
): Culprit[] {
  return endpoint.policies.flatMap((id) => {
    const policy = network.policies.get(id);
    return (policy?.rules ?? [])
      .filter(({ direction, action, selector, transport: carried }) => {
        if (direction !== 'ingress' || action !== 'allow' || !carried.overlaps(transport)) return false;
        if (selector.kind === 'unresolved') return true;
        return selector.kind === 'ips' && sources.some((ip) => selector.ips.has(ip));
      })
      .map((rule) => ({ policy: id, rule }));
  });
}

/** The rules by which one endpoint may open these flows on another. */
export function culpritsBetween(
  network: Network,
  from: Endpoint,
  to: Endpoint,
  transport: TransportSet,
): Culprit[] {
  const sources = from.addresses.map(({ first }) => first);
  const byGroup = to.policies.flatMap((id) =>
    (network.policies.get(id)?.rules ?? [])
      .filter(
        ({ direction, selector, transport: carried }) =>
          direction === 'ingress' &&
          carried.overlaps(transport) &&
          selector.kind === 'group' &&
          from.groups.includes(selector.group),
      )
      .map((rule) => ({ policy: id, rule })),
  );
  return [...culpritsFrom(network, to, sources, transport), ...byGroup];
}
