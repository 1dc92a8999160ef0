import type { Endpoint, Network } from '#model';
import { count } from '#report';
import { ANY_ZONE, INTERNET_ZONE, UNZONED } from '#findings';
import { yamlText, zoneNameFrom } from './yaml-text.ts';

export type SuggestedZone = { readonly name: string; readonly why: string; readonly selector: string };

/** Tags by which people part their networks, the more telling first. */
const ZONE_TAGS = ['zone', 'tier', 'data-classification', 'environment', 'env'];
/** A tag parts a network if so many of its endpoints have it, with so many values. */
const LEAST_SHARE = 0.5;
const MOST_VALUES = 10;
const MOST_ZONES = 30;

/** What holds data, then the rest: by a tag where most have one, else by subnets of one name, else by VPC. */
export function suggestZones(network: Network): readonly SuggestedZone[] {
  const taken = new Set([ANY_ZONE, INTERNET_ZONE, UNZONED]);
  const all = [...network.endpoints.values()];
  const data = all.filter(({ role }) => DATA_KINDS.includes(role));
  const kinds = [...new Set(data.map(({ role }) => role))].toSorted();
  const own: SuggestedZone[] =
    kinds.length === 0
      ? []
      : [
          {
            name: zoneNameFrom('data', taken),
            why: `what holds data: ${count(data.length, 'interface')}`,
            selector: `{ kind: [${kinds.join(', ')}] }`,
          },
        ];
  const rest = all.filter(({ role }) => !DATA_KINDS.includes(role));
  const parts = byTag(rest, taken) ?? byPlace(rest, network, taken);
  return [...own, ...parts].slice(0, MOST_ZONES);
}

const DATA_KINDS: readonly Endpoint['role'][] = ['database', 'cache', 'search', 'queue', 'file-system'];

function byTag(endpoints: readonly Endpoint[], taken: Set<string>): readonly SuggestedZone[] | undefined {
  const keys = [...new Set(endpoints.flatMap(({ tags }) => [...tags.keys()]))].toSorted();
  for (const wanted of ZONE_TAGS) {
    for (const key of keys.filter((each) => each.toLowerCase() === wanted)) {
      const values = endpoints.flatMap(({ tags }) => tags.get(key) ?? []);
      const distinct = [...new Set(values)]
        .filter((value) => value !== '' && !value.includes('*'))
        .toSorted();
      if (values.length < endpoints.length * LEAST_SHARE) continue;
      if (distinct.length < 2 || distinct.length > MOST_VALUES) continue;
      return distinct.map((value) => ({
        name: zoneNameFrom(value, taken),
        why: `tag ${key} is ${value}: ${count(values.filter((each) => each === value).length, 'interface')}`,
        selector: `{ tags: { ${yamlText(key)}: ${yamlText(value)} } }`,
      }));
    }
  }
  return undefined;
}

/** A zone of availability or a number, as names of subnets end: `-a`, `-eu-west-1a`, `PrivateSubnet1`. No word is robbed of its last letter. */
const LAST_PART = /(?:[-_ ](?:[a-z]{2}-[a-z]+-\d)?[a-z]|[-_ ]?\d{1,2})$/;

/** Subnets that differ only in a last part (`shop-private-a`, `shop-private-b`) are one zone; a VPC whose subnets have no names is one. */
function byPlace(
  endpoints: readonly Endpoint[],
  { networks, subnets }: Network,
  taken: Set<string>,
): readonly SuggestedZone[] {
  const zones = new Map<string, { name: string; key: 'subnet' | 'vpc'; ids: Set<string>; n: number }>();
  for (const { subnet, network } of endpoints) {
    const found = subnets.get(subnet);
    const isNamed = found !== undefined && found.name !== subnet && found.name !== '';
    const stem = isNamed ? found.name.replace(LAST_PART, '') : '';
    const bySubnet = stem !== '';
    const name = bySubnet ? stem : (networks.get(network)?.name ?? network);
    const key = JSON.stringify([network, bySubnet, name]);
    const zone = zones.get(key) ?? { name, key: bySubnet ? 'subnet' : 'vpc', ids: new Set<string>(), n: 0 };
    zone.ids.add(bySubnet ? subnet : network);
    zone.n += 1;
    zones.set(key, zone);
  }
  return [...zones]
    .toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, { name, key, ids, n }]) => ({
      name: zoneNameFrom(name, taken),
      why: `${key === 'subnet' ? 'subnets' : 'VPC'} ${name}: ${count(n, 'interface')}`,
      selector: `{ ${key}: [${[...ids].toSorted().map(yamlText).join(', ')}] }`,
    }));
}
