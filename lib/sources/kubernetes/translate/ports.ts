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

export type NamedPort = { readonly name: string; readonly protocol: Protocol };

/** The ports of a rule: those that are numbers, and those that each destination pod has a number for. */
export type RulePorts = { readonly numbered: TransportSet; readonly named: readonly NamedPort[] };

/** No ports at all means everything, also what has no ports; one entry is enough to leave all other protocols out. */
export function rulePorts(ports: readonly PolicyPort[] | undefined): RulePorts {
  if (ports === undefined || ports.length === 0) return { numbered: TransportSet.ALL, named: [] };
  const numbered: TransportSet[] = [];
  const named: NamedPort[] = [];
  for (const { port, endPort, protocol = 'TCP' } of ports) {
    if (typeof port === 'string') named.push({ name: port, protocol });
    else numbered.push(portsOf(protocol, port, endPort ?? port));
  }
  return { numbered: TransportSet.unionOf(numbered), named };
}

/** The numbers that a pod has for named ports; nothing for a name that it does not have with that protocol. */
export function resolvePorts(named: readonly NamedPort[], { ports }: PodSet): TransportSet {
  return TransportSet.unionOf(
    named.flatMap(({ name, protocol }) =>
      ports
        .filter((port) => port.name === name && port.protocol === protocol)
        .map(({ port }) => portsOf(protocol, port)),
    ),
  );
}
