import { TransportSet } from '#netset';
import type { PolicyPort, Protocol } from '../resources/index.ts';
import type { PodSet } from './pods.ts';

const PORTS: Record<Protocol, (first?: number, last?: number) => TransportSet> = {
  TCP: (first, last) => TransportSet.tcp(first, last),
  UDP: (first, last) => TransportSet.udp(first, last),
  SCTP: (first, last) => TransportSet.sctp(first, last),
};

export function portsOf(protocol: Protocol, first?: number, last = first): TransportSet {
  return PORTS[protocol](first, last);
}

/** Without a protocol: whatever protocol the container's port of that name has. */
export type NamedPort = { readonly name: string; readonly protocol?: Protocol };

/** The ports of a rule: those that are numbers, and those that each destination pod has a number for. */
export type RulePorts = { readonly numbered: TransportSet; readonly named: readonly NamedPort[] };

/** One entry of a rule's ports. */
export type PortEntry = TransportSet | NamedPort;

/** No entry at all means everything, also what has no ports; one entry is enough to leave all other protocols out. */
export function portsFrom(entries: readonly PortEntry[] | undefined): RulePorts {
  if (entries === undefined || entries.length === 0) return { numbered: TransportSet.ALL, named: [] };
  const numbered: TransportSet[] = [];
  const named: NamedPort[] = [];
  for (const entry of entries) {
    if (entry instanceof TransportSet) numbered.push(entry);
    else named.push(entry);
  }
  return { numbered: TransportSet.unionOf(numbered), named };
}

/** The ports of a rule of a NetworkPolicy. */
export function rulePorts(ports: readonly PolicyPort[] | undefined): RulePorts {
  return portsFrom(
    ports?.map(({ port, endPort, protocol = 'TCP' }) =>
      typeof port === 'string' ? { name: port, protocol } : portsOf(protocol, port, endPort ?? port),
    ),
  );
}

/** The numbers that a pod has for named ports; nothing for a name that it does not have with that protocol. */
export function resolvePorts(named: readonly NamedPort[], { ports }: PodSet): TransportSet {
  return TransportSet.unionOf(
    named.flatMap(({ name, protocol }) =>
      ports
        .filter((port) => port.name === name && (protocol === undefined || port.protocol === protocol))
        .map((port) => portsOf(port.protocol, port.port)),
    ),
  );
}
