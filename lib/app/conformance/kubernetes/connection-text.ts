import { TransportSet } from '#netset';

const PROTOCOLS = [
  ['SCTP', 132, TransportSet.sctp(1, 65_535)],
  ['TCP', 6, TransportSet.tcp(1, 65_535)],
  ['UDP', 17, TransportSet.udp(1, 65_535)],
] as const;

/** What the cases count: the three protocols that have ports, without port 0. */
export const COUNTED = TransportSet.unionOf(PROTOCOLS.map(([, , all]) => all));

/** A transport set as the cases write it: `SCTP 1-65535,TCP 80,443`; ports that only have a name come first. */
export function connectionText(transport: TransportSet, named: readonly string[] = []): string {
  const counted = transport.intersect(COUNTED);
  if (counted.equals(COUNTED)) return 'All Connections';
  const parts = PROTOCOLS.flatMap(([name, number]) => {
    const names = named.flatMap((text) => (text.startsWith(`${name} `) ? text.slice(name.length + 1) : []));
    const ranges = counted
      .portsOf(number)
      .map(({ first, last }) => (first === last ? String(first) : `${String(first)}-${String(last)}`));
    const all = [...new Set([...names].sort()), ...ranges];
    return all.length === 0 ? [] : [`${name} ${all.join(',')}`];
  });
  return parts.length === 0 ? 'No Connections' : parts.join(',');
}
