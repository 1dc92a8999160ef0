import { INTERNET, IpSet, type TransportSet } from '#netset';
import type { Endpoint, Network } from '#model';
import { breadthOf, type PathHop } from '#engine';
import type { Culprit } from './finding.ts';

/**
 * The rules of an endpoint's own policies by which these addresses get in on any of these flows. Where some rules admit a wide part
 * of the internet, those for limited ranges are left out: they are somebody's office, and not the cause.
 */
export function culpritsFrom(
  network: Network,
  endpoint: Endpoint,
  sources: IpSet,
  transport: TransportSet,
): Culprit[] {
  const admitting = endpoint.policies.flatMap((id) => {
    const policy = network.policies.get(id);
    return (policy?.rules ?? [])
      .filter(({ direction, action, selector, transport: carried }) => {
        if (direction !== 'ingress' || action !== 'allow' || !carried.overlaps(transport)) return false;
        if (selector.kind === 'unresolved') return true;
        return selector.kind === 'ips' && selector.ips.overlaps(sources);
      })
      .map((rule) => ({ policy: id, rule }));
  });
  const wide = admitting.filter(
    ({ rule }) => rule.selector.kind === 'ips' && isWide(rule.selector.ips.intersect(sources)),
  );
  return wide.length > 0 ? wide : admitting;
}

function isWide(ips: IpSet): boolean {
  return breadthOf(ips, 4) !== 'limited' || breadthOf(ips, 6) !== 'limited';
}

/** The rules by which a step of a path may be taken. By a front door they see its address, the client's, or one or the other. */
export function culpritsOfHop(network: Network, { from, to, transport, door }: PathHop): Culprit[] {
  if (from !== undefined) return culpritsBetween(network, from, to, transport);
  const clients = door?.source === 'door' ? [] : culpritsFrom(network, to, INTERNET, transport);
  const entrances = door === undefined || door.source === 'client' ? [] : door.entrances;
  const all = entrances.flatMap((id) => {
    const entrance = network.endpoints.get(id);
    return entrance === undefined ? [] : culpritsBetween(network, entrance, to, transport);
  });
  return [...new Map([...clients, ...all].map((one) => [`${one.policy} ${one.rule.id}`, one])).values()];
}

/** The rules by which one endpoint may open these flows on another. */
export function culpritsBetween(
  network: Network,
  from: Endpoint,
  to: Endpoint,
  transport: TransportSet,
): Culprit[] {
  const sources = IpSet.unionOf(from.addresses.map(({ first, last }) => IpSet.range(first, last)));
  const byGroup = to.policies.flatMap((id) =>
    (network.policies.get(id)?.rules ?? [])
      .filter(
        ({ direction, selector, transport: carried }) =>
          direction === 'ingress' &&
          carried.overlaps(transport) &&
          (selector.kind === 'anyone' || (selector.kind === 'group' && from.groups.includes(selector.group))),
      )
      .map((rule) => ({ policy: id, rule })),
  );
  return [...culpritsFrom(network, to, sources, transport), ...byGroup];
}
