import { ALL_IPS, IpSet, parseTransport, TransportSet } from '#netset';
import { INTERNET_ZONE, type IntentSettings } from '#findings';
import type { Config } from './config.ts';
import { listOf } from './fields.ts';
import { ipsOf, selectorsOf } from './selector-schema.ts';

/** What a configuration says that the network is meant to be. */
export function intentOf({
  crownJewels,
  trusted,
  zones,
  flows,
  exposures,
  frontDoors,
}: Config): IntentSettings {
  const ranges = new Map(Object.entries(trusted).map(([name, blocks]) => [name, ipsOf(listOf(blocks))]));
  return {
    jewels: {
      byKind: crownJewels.byKind,
      also: crownJewels.also === undefined ? [] : selectorsOf(crownJewels.also),
      not: crownJewels.not === undefined ? [] : selectorsOf(crownJewels.not),
    },
    trusted: [...ranges].map(([name, ips]) => ({ name, ips })),
    zones: Object.entries(zones).map(([name, members]) => ({ name, members: selectorsOf(members) })),
    flows: flows.map(({ from, to, allow, forbid, reason }) => ({
      from: listOf(from),
      to: listOf(to),
      verdict: allow === undefined ? 'forbidden' : 'allowed',
      transport: transportOf(allow ?? forbid ?? ''),
      ...(reason !== undefined && { reason }),
    })),
    exposures: exposures.map(({ what, ports, from, reason }) => ({
      what: selectorsOf(what),
      transport: transportOf(ports),
      from: IpSet.unionOf(
        listOf(from).map((name) => (name === INTERNET_ZONE ? ALL_IPS : (ranges.get(name) ?? ipsOf([name])))),
      ),
      reason,
    })),
    frontDoorsAreMeant: frontDoors,
  };
}

/** Flows that were looked at before. */
function transportOf(text: string): TransportSet {
  return parseTransport(text) ?? TransportSet.NONE;
}
