import { formatIp } from '#netset';
import type { Endpoint, Network } from '#model';
import { UNZONED, type Intent } from '#findings';
import type { PageGroup, PageMember, PageZone } from './page/data.ts';
import type { Pool } from './pool.ts';

/** Where everything of one or two sides is: zones, in them groups, in them members, each with its number. */
export type Places = {
  readonly zones: readonly PageZone[];
  readonly groups: readonly PageGroup[];
  readonly members: readonly PageMember[];
  readonly memberOf: ReadonlyMap<string, number>;
};

/** Lays out what is in a network, and what only an earlier one had. `isOutside` tells who is reached from outside: they are groups of their own. */
export function placesIn(
  networks: readonly [Network, ...Network[]],
  intent: Pick<Intent, 'zoneOf' | 'isCrownJewel'>,
  isExposed: (endpoint: Endpoint) => boolean,
  texts: Pool<string>,
): Places {
  const endpoints = new Map<string, Endpoint>();
  for (const { endpoints: own } of networks)
    for (const endpoint of own.values())
      if (!endpoints.has(endpoint.id)) endpoints.set(endpoint.id, endpoint);
  const zoneOf = (endpoint: Endpoint): PageZone => {
    const name = intent.zoneOf(endpoint);
    if (name !== UNZONED) return { name, kind: 'zone', id: name };
    const { id, name: own } = networks
      .map(({ networks: all }) => all.get(endpoint.network))
      .find(Boolean) ?? {
      id: endpoint.network,
      name: '',
    };
    return { name: own === '' ? id : own, kind: 'network', id };
  };
  const sorted = [...endpoints.values()]
    .map((endpoint) => {
      const zone = zoneOf(endpoint);
      const policies = endpoint.unfiltered ? ['no group'] : endpoint.policies.toSorted();
      const order = [
        zone.kind === 'zone' ? '0' : '1',
        zone.name,
        zone.id,
        // those that open connections stand together: they are named in ranges
        endpoint.initiates ? '0' : '1',
        endpoint.role,
        endpoint.network,
        policies.join(' '),
        isExposed(endpoint) ? '0' : '1',
      ];
      return { endpoint, zone, key: order.join('\u0000') };
    })
    .sort((a, b) => compare(a.key, b.key) || compare(a.endpoint.id, b.endpoint.id));
  const zones: PageZone[] = [];
  const drafts: Endpoint[][] = [];
  const groupZones: number[] = [];
  let last: (typeof sorted)[number] | undefined;
  for (const item of sorted) {
    if (last === undefined || last.zone.id !== item.zone.id || last.zone.kind !== item.zone.kind)
      zones.push(item.zone);
    if (last?.key !== item.key) {
      drafts.push([]);
      groupZones.push(zones.length - 1);
    }
    drafts.at(-1)?.push(item.endpoint);
    last = item;
  }
  const members: PageMember[] = [];
  const memberOf = new Map<string, number>();
  const groups = drafts.map((all, group): PageGroup => {
    for (const endpoint of all) {
      memberOf.set(endpoint.id, members.length);
      members.push(memberFor(endpoint, group, networks, texts));
    }
    const [first] = all as [Endpoint, ...Endpoint[]];
    return {
      zone: groupZones[group] ?? 0,
      name: groupName(all),
      role: first.role,
      policies: first.policies.map((id) => policyText(id, networks)),
      isJewel: all.some((endpoint) => intent.isCrownJewel(endpoint)),
    };
  });
  return { zones, groups, members, memberOf };
}

function memberFor(
  { id, name, workload, addresses, account, at, subnet }: Endpoint,
  group: number,
  networks: readonly Network[],
  texts: Pool<string>,
): PageMember {
  const ips = addresses.map(({ first }) => formatIp(first));
  const publicIps = addresses.flatMap(({ publicIp }) => (publicIp === undefined ? [] : [formatIp(publicIp)]));
  const subnetName = networks
    .map(({ subnets }) => subnets.get(subnet)?.name ?? '')
    .find((text) => text !== '');
  return [
    id,
    name,
    group,
    workload.name === name ? '' : workload.name,
    ips.join(' '),
    publicIps.join(' '),
    texts.place(`${account} ${at.region}`),
    texts.place(subnetName === undefined || subnetName === subnet ? subnet : `${subnet} "${subnetName}"`),
  ];
}

function policyText(id: Endpoint['policies'][number], networks: readonly Network[]): string {
  const name = networks.map(({ policies }) => policies.get(id)?.name ?? '').find((text) => text !== '');
  return name === undefined ? id : `${id} "${name}"`;
}

/** What members have in common: `api` for api-1, api-2 and api-3; `orders` for orders and orders-replica. */
function groupName(members: readonly Endpoint[]): string {
  const names = [...new Set(members.map(({ workload }) => workload.name))];
  if (names.length === 1) return names[0] ?? '';
  const stems = [...new Set(names.map((name) => name.replace(/[-_. ]?\d+$/, '')))];
  const [first = ''] = stems;
  if (stems.length === 1) return first === '' ? (names[0] ?? '') : first;
  const common = stems.find((stem) => stem.length > 2 && stems.every((other) => other.startsWith(stem)));
  if (common !== undefined) return common;
  return `${first} and ${String(stems.length - 1)} more`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
