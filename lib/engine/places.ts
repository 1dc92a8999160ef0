import { INTERNET, type Family, type IpSet } from '#netset';
import type { Endpoint, EndpointId, GatewayId, Network, NetworkId, SubnetId } from '#model';

/** An address as it is compared: a number in the IPv4 axis, a bigint in the IPv6 axis. */
export type Address = number | bigint;

/**
 * One known place: an address (or an undivided part of a delegated block) of an endpoint. A NAT gateway whose interface was not
 * read has places too, under the gateway's id.
 */
export type Place = {
  readonly key: string;
  readonly owner: EndpointId | GatewayId;
  readonly network: NetworkId;
  readonly subnet: SubnetId;
  readonly first: Address;
  readonly last: Address;
  /** Set where the address is not known; then `first` and `last` are the unspecified address, and no set of addresses holds the place. */
  readonly isUnaddressed?: true;
};

export function before(address: Address): Address {
  return typeof address === 'bigint' ? address - 1n : address - 1;
}

function after(address: Address): Address {
  return typeof address === 'bigint' ? address + 1n : address + 1;
}

/** Every address at which some rule, route, network or subnet begins, or has just ended. Ascending, from the first address on. */
export function cutsOf(family: Family, networks: readonly Network[]): readonly Address[] {
  const cuts = new Set<Address>([family === 4 ? 0 : 0n]);
  const end = family === 4 ? 2 ** 32 : 2n ** 128n;
  const seen = new Set<IpSet>();
  const cutRange = (first: Address, last: Address): void => {
    cuts.add(first);
    const next = after(last);
    if (next !== end) cuts.add(next);
  };
  const cut = (ips: IpSet): void => {
    if (seen.has(ips)) return;
    seen.add(ips);
    for (const [first, last] of family === 4 ? ips.v4.ranges : ips.v6.ranges) cutRange(first, last);
  };
  cut(INTERNET);
  for (const network of networks) {
    for (const policy of network.policies.values()) {
      for (const { selector } of policy.rules) if (selector.kind === 'ips') cut(selector.ips);
    }
    for (const { cidrs } of network.networks.values()) cut(cidrs);
    for (const { cidrs } of network.subnets.values()) cut(cidrs);
    for (const { routes } of network.routeTables.values()) {
      for (const { destination } of routes)
        if (destination?.family === family) cutRange(destination.first, destination.last);
    }
    for (const gateway of network.gateways.values()) {
      if (gateway.kind !== 'transit') continue;
      for (const { routes } of gateway.tables.values()) {
        for (const { destination } of routes)
          if (destination?.family === family) cutRange(destination.first, destination.last);
      }
    }
  }
  return [...cuts].sort((a, b) => (a < b ? -1 : 1));
}

/** Places in the order that makes rows short: those without addresses first, then by subnet, by groups, by address. */
export function placesOf(
  family: Family,
  networks: readonly Network[],
  cuts: readonly Address[],
): readonly Place[] {
  const sorted = new Map<string, { readonly place: Place; readonly order: string }>();
  for (const network of networks) {
    for (const endpoint of network.endpoints.values()) {
      for (const place of placesOfEndpoint(endpoint, family, cuts)) {
        sorted.set(place.key, { place, order: endpoint.policies.toSorted().join() });
      }
    }
    for (const gateway of network.gateways.values()) {
      if (gateway.kind !== 'nat') continue;
      for (const { ip } of gateway.addresses) {
        if (ip.family !== family) continue;
        const key = `${gateway.id} ${String(ip.value)}`;
        const place = {
          key,
          owner: gateway.id,
          network: gateway.network,
          subnet: gateway.subnet,
          first: ip.value,
          last: ip.value,
        };
        sorted.set(key, { place, order: '' });
      }
    }
  }
  const base = new Map<SubnetId, Address>();
  for (const { place } of sorted.values()) {
    if (place.isUnaddressed === true) continue;
    const lowest = base.get(place.subnet);
    if (lowest === undefined || place.first < lowest) base.set(place.subnet, place.first);
  }
  const compare = <T>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);
  return [...sorted.values()]
    .sort(
      (a, b) =>
        compare(a.place.isUnaddressed !== true, b.place.isUnaddressed !== true) ||
        (a.place.isUnaddressed === true
          ? 0
          : compare(base.get(a.place.subnet)!, base.get(b.place.subnet)!)) ||
        compare(a.place.subnet, b.place.subnet) ||
        compare(a.order, b.order) ||
        compare(a.place.first, b.place.first) ||
        compare(a.place.key, b.place.key),
    )
    .map(({ place }) => place);
}

function* placesOfEndpoint(endpoint: Endpoint, family: Family, cuts: readonly Address[]): Generator<Place> {
  const { id: owner, network, subnet, unaddressed } = endpoint;
  if (unaddressed?.families.includes(family) === true) {
    const unspecified = family === 4 ? 0 : 0n;
    const [first, last] = [unspecified, unspecified];
    yield { key: `${owner} unaddressed`, owner, network, subnet, first, last, isUnaddressed: true };
  }
  for (const { first, last } of endpoint.addresses) {
    if (first.family !== family || last.family !== family) continue;
    const inner =
      first.value === last.value ? [] : cuts.filter((cut) => first.value < cut && cut <= last.value);
    const starts = [first.value, ...inner];
    for (const [i, start] of starts.entries()) {
      const next = starts[i + 1];
      yield {
        key: `${endpoint.id} ${String(start)}`,
        owner: endpoint.id,
        network: endpoint.network,
        subnet: endpoint.subnet,
        first: start,
        last: next === undefined ? last.value : before(next),
      };
    }
  }
}
