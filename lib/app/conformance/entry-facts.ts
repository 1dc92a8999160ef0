import { IpSet, parseCidr, TransportSet } from '#netset';
import type { Network, Policy, Rule } from '#model';
import { packetsOf } from './packets.ts';
import { differs, HOLDS, type Check } from './result.ts';
import type { EntryFact } from './statement.ts';

/** The number that AWS gives to the entry which ends every list and denies what is left. */
const LAST_NUMBER = 32_767;

/** Checks what one entry of a network ACL matches and does: exactly that. */
export function checkEntryFact(network: Network, fact: EntryFact): Check {
  const policy = aclOf(network, fact.networkAcl);
  if (policy === undefined)
    return differs(fact, 'an entry that was read', 'no network ACL of this id was read');
  const rules = policy.rules.filter(
    (rule) => rule.direction === fact.direction && numberOf(policy, rule) === fact.ruleNumber,
  );
  const rule = rules[0];
  if (rule === undefined || rules.length > 1)
    return differs(fact, 'one entry', `${String(rules.length)} of this number`);
  const remote = parseCidr(fact.remote);
  const points = remote === undefined ? undefined : packetsOf(fact, remote.family);
  if (remote === undefined || points === undefined)
    return differs(fact, 'a fact that is understood', 'the remote or the ports');
  const { selector } = rule;
  const isSame =
    rule.action === fact.action &&
    rule.doubt === undefined &&
    selector.kind === 'ips' &&
    selector.ips.equals(IpSet.of(remote)) &&
    withinFamily(rule.transport, remote.family).equals(withinFamily(points, remote.family));
  if (isSame) return HOLDS;
  const ips = selector.kind === 'ips' ? selector.ips.toString() : 'unknown addresses';
  const doubt = rule.doubt === undefined ? '' : ' (in doubt)';
  const expected = `${fact.action} ${points.toString()}, ${fact.remote}`;
  return differs(
    fact,
    expected,
    `${rule.action} ${rule.transport.toString()}, ${ips}${doubt}`,
    fact.note ?? '',
  );
}

/** Checks that each ACL and direction of which the facts speak has no other entries, the last one aside. */
export function checkEntriesComplete(network: Network, facts: readonly EntryFact[]): Check[] {
  const lists = new Map(facts.map((fact) => [`${fact.direction} ${fact.networkAcl}`, fact]));
  return [...lists.values()].map(({ networkAcl, direction }) => {
    const policy = aclOf(network, networkAcl);
    const numbers = facts
      .filter((fact) => fact.networkAcl === networkAcl && fact.direction === direction)
      .map(({ ruleNumber }) => ruleNumber);
    const more = policy?.rules.find((rule) => {
      const number = numberOf(policy, rule);
      const isLast = number === LAST_NUMBER && rule.action === 'deny';
      return rule.direction === direction && !isLast && !numbers.includes(number ?? -1);
    });
    return more === undefined
      ? HOLDS
      : differs('the list is complete', 'no entry of which no fact tells', more.id);
  });
}

function aclOf(network: Network, id: string): Policy | undefined {
  return [...network.policies.values()].find((policy) => policy.id === id && policy.kind === 'first-match');
}

/** The number stands in the rule's id, after the ACL and the direction. */
function numberOf({ id }: Policy, rule: Rule): number | undefined {
  const prefix = `${id}/${rule.direction}/`;
  const text = rule.id.startsWith(prefix) ? rule.id.slice(prefix.length).replace(/[/#].*$/, '') : '';
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

/** ICMP of the other family never meets the entry's addresses. */
function withinFamily(transport: TransportSet, family: 4 | 6): TransportSet {
  return transport.subtract(family === 4 ? TransportSet.icmpv6() : TransportSet.icmp());
}
