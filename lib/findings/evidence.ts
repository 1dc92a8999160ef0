import type { Endpoint, Gateway, Network, NetworkId, Subnet } from '#model';
import type { FlowChange } from '#engine';
import type { Finding } from './finding.ts';

/**
 * The ids of everything that a finding rests on: its endpoints and those on its path, their hosts, policies, subnets and networks, the
 * route tables and gateways that carry the packets, the culprit rules. A change to none of these cannot have caused it.
 */
export function evidenceOf(finding: Finding, network: Network): ReadonlySet<string> {
  const ids = new Set<string>([finding.workload.id]);
  for (const { policy, rule } of finding.culprits) {
    ids.add(policy);
    ids.add(rule.id);
  }
  for (const endpoint of new Set([...finding.endpoints, ...pathEndpoints(finding)])) {
    for (const id of surroundings(endpoint, network)) ids.add(id);
    for (const id of relayIds(endpoint, network)) ids.add(id);
  }
  return ids;
}

/** The same for flows between endpoints: whatever stands at either end. */
export function evidenceOfFlows(flows: readonly FlowChange[], network: Network): ReadonlySet<string> {
  const ends = new Set(flows.flatMap(({ from, to }) => [from, to]));
  return new Set(
    [...ends].flatMap((id) => {
      const endpoint = network.endpoints.get(id);
      return endpoint === undefined ? [] : surroundings(endpoint, network);
    }),
  );
}

/** Whatever makes a relay hand on to an endpoint, or is the relay: its listeners, the lists of targets, and what is around its interfaces. */
function relayIds({ id }: Endpoint, network: Network): readonly string[] {
  return [...network.relays.values()].flatMap((relay) => {
    const handing = relay.listeners.filter(({ handoffs }) => handoffs.some(({ target }) => target === id));
    if (handing.length === 0 && !relay.entrances.includes(id)) return [];
    const around = relay.entrances.flatMap((entrance) => network.endpoints.get(entrance) ?? []);
    return [
      relay.id,
      relay.name,
      ...relay.listeners.flatMap(({ at, handoffs }) => [
        at.id,
        ...handoffs.flatMap(({ group }) => group ?? []),
      ]),
      ...around.flatMap((entrance) => surroundings(entrance, network)),
    ];
  });
}

function pathEndpoints({ path }: Finding): readonly Endpoint[] {
  return (path?.hops ?? []).flatMap(({ from, to }) => (from === undefined ? [to] : [from, to]));
}

function surroundings(endpoint: Endpoint, network: Network): readonly string[] {
  const subnet = network.subnets.get(endpoint.subnet);
  const table = subnet === undefined ? undefined : network.routeTables.get(subnet.routeTable);
  const attached = [...network.gateways.values()].filter((gateway) => isAttached(gateway, endpoint.network));
  return [
    endpoint.id,
    endpoint.host,
    endpoint.subnet,
    endpoint.network,
    // a service is named by its name in its own calls; a host's name is only a tag
    ...(endpoint.role === 'host' ? [] : [endpoint.workload.name]),
    ...endpoint.policies,
    ...(subnet === undefined ? [] : bordersOf(subnet)),
    ...(table?.routes ?? []).flatMap(({ target }) => (target.kind === 'gateway' ? [target.gateway] : [])),
    ...attached.flatMap((gateway) => [gateway.id, ...insideOf(gateway, network)]),
  ];
}

function isAttached(gateway: Gateway, network: NetworkId): boolean {
  switch (gateway.kind) {
    case 'peering':
      return gateway.sides.includes(network);
    case 'transit':
      return [...gateway.attachments.values()].some(
        ({ to }) => to.kind === 'network' && to.network === network,
      );
    case 'internet':
    case 'egress-only':
    case 'nat':
    case 'service':
    case 'outlet':
    case 'site':
      return gateway.network === network;
  }
}

/** A transit gateway's attachments and tables, and the borders of the subnets in which it stands. */
function insideOf(gateway: Gateway, network: Network): readonly string[] {
  if (gateway.kind !== 'transit') return [];
  return [
    ...gateway.tables.keys(),
    ...[...gateway.attachments.values()].flatMap(({ id, to }) => [
      id,
      ...(to.kind === 'network' ? to.subnets : []).flatMap((each) => {
        const subnet = network.subnets.get(each);
        return subnet === undefined ? [] : [each, ...bordersOf(subnet)];
      }),
    ]),
  ];
}

function bordersOf({ policy, routeTable }: Subnet): readonly string[] {
  return [policy, routeTable];
}
