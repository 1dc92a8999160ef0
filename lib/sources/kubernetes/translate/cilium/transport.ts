import { TransportSet } from '#netset';
import type { CiliumRule } from '../../resources/index.ts';
import { portsFrom, portsOf, type PortEntry, type RulePorts } from '../ports.ts';

const WITH_PORTS = ['TCP', 'UDP', 'SCTP'] as const;

/**
 * The ports of a rule, or `undefined` where they are not understood. Port 0 is every port, and a protocol that is not said is any that has ports.
 *
 * https://docs.cilium.io/en/stable/security/policy/language/#layer-4-examples
 */
export function ciliumPorts({ toPorts = [], icmps = [] }: CiliumRule): RulePorts | undefined {
  if (toPorts.length === 0 && icmps.length === 0) return portsFrom(undefined);
  const entries: PortEntry[] = [];
  for (const { ports = [] } of toPorts) {
    if (ports.length === 0) return portsFrom(undefined);
    for (const { port = '0', endPort, protocol = 'ANY' } of ports) {
      const name = protocol.toUpperCase();
      const protocols = name === 'ANY' ? WITH_PORTS : WITH_PORTS.filter((each) => each === name);
      if (protocols.length === 0) return undefined;
      for (const each of protocols) {
        if (port === '0') entries.push(portsOf(each));
        else if (/^\d+$/.test(port))
          entries.push(portsOf(each, Number(port), Math.max(endPort ?? 0, Number(port))));
        else entries.push({ name: port.toLowerCase(), protocol: each });
      }
    }
  }
  for (const { fields = [] } of icmps) {
    for (const { family = 'IPv4', type } of fields) {
      if (typeof type !== 'number' && !/^\d+$/.test(type)) return undefined;
      entries.push(family === 'IPv6' ? TransportSet.icmpv6(Number(type)) : TransportSet.icmp(Number(type)));
    }
  }
  return portsFrom(entries);
}
