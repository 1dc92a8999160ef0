import { TransportSet } from '#netset';
import type { CalicoEntity, CalicoRule } from '../../resources/index.ts';
import { portsOf, type NamedPort, type RulePorts } from '../ports.ts';

const NUMBERS: Readonly<Record<string, number>> = { udplite: 136, icmp: 1, icmpv6: 58 };
const WITH_PORTS = ['TCP', 'UDP', 'SCTP'] as const;
type WithPorts = (typeof WITH_PORTS)[number];

/**
 * What a rule says of protocol and destination port, or `undefined` where that cannot be told.
 *
 * https://docs.tigera.io/calico/latest/reference/resources/networkpolicy#rule
 */
export function transportOf(rule: CalicoRule): RulePorts | undefined {
  const { protocol, notProtocol, icmp, notICMP, destination } = rule;
  let numbered = TransportSet.ALL;
  let named: readonly NamedPort[] = [];
  if (protocol !== undefined) {
    const found = withPorts(protocol, destination);
    if (found === undefined) return undefined;
    ({ numbered, named } = found);
  } else if (destination?.ports !== undefined || destination?.notPorts !== undefined) return undefined;
  if (notProtocol !== undefined) {
    const found = wholeOf(notProtocol);
    if (found === undefined) return undefined;
    numbered = numbered.subtract(found);
  }
  const icmpOf = isIcmpV6(rule)
    ? TransportSet.icmpv6.bind(TransportSet)
    : TransportSet.icmp.bind(TransportSet);
  if (icmp?.type !== undefined) numbered = numbered.intersect(icmpOf(icmp.type, icmp.code));
  if (notICMP?.type !== undefined) numbered = numbered.subtract(icmpOf(notICMP.type, notICMP.code));
  return { numbered, named };
}

function isIcmpV6({ protocol }: CalicoRule): boolean {
  return protocol === 58 || String(protocol).toLowerCase() === 'icmpv6';
}

function nameOf(protocol: string | number): WithPorts | undefined {
  const byNumber: Readonly<Record<string, WithPorts>> = { 6: 'TCP', 17: 'UDP', 132: 'SCTP' };
  return WITH_PORTS.find((name) => name === String(protocol).toUpperCase()) ?? byNumber[String(protocol)];
}

function wholeOf(protocol: string | number): TransportSet | undefined {
  const name = nameOf(protocol);
  if (name !== undefined) return portsOf(name);
  const number = NUMBERS[String(protocol).toLowerCase()] ?? Number(protocol);
  if (!Number.isInteger(number) || number < 1 || number > 255) return undefined;
  if (number === 1) return TransportSet.icmp();
  return number === 58 ? TransportSet.icmpv6() : TransportSet.protocol(number);
}

function withPorts(protocol: string | number, { ports, notPorts }: CalicoEntity = {}): RulePorts | undefined {
  const whole = wholeOf(protocol);
  if (whole === undefined || (ports === undefined && notPorts === undefined))
    return whole && { numbered: whole, named: [] };
  const name = nameOf(protocol);
  if (name === undefined) return undefined;
  const [wanted, unwanted] = [portList(name, ports ?? []), portList(name, notPorts ?? [])];
  // what a port that is left out is called differs from pod to pod
  if (unwanted.named.length > 0) return undefined;
  const numbered = ports === undefined || ports.length === 0 ? whole : wanted.numbered;
  return { numbered: numbered.subtract(unwanted.numbered), named: wanted.named };
}

function portList(protocol: WithPorts, ports: readonly (string | number)[]): RulePorts {
  const numbered: TransportSet[] = [];
  const named: NamedPort[] = [];
  for (const port of ports) {
    const [, first, last = first] = /^(\d+)(?::(\d+))?$/.exec(String(port)) ?? [];
    if (first === undefined) named.push({ name: String(port), protocol });
    else numbered.push(portsOf(protocol, Number(first), Number(last)));
  }
  return { numbered: TransportSet.unionOf(numbered), named };
}
