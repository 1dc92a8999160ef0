import { describeSelector, type NetworkId, type Policy, type Rule } from '#model';
import type { Audited } from '../audited.ts';
import { carriersOf } from '../carriers.ts';
import { fingerprintOf } from '../fingerprint.ts';
import { nameList } from '../name-list.ts';
import type { Remark } from '../remark.ts';

/**
 * Groups of one network that admit the same: whoever closes something in one of them has closed half of it. Not those that other rules name,
 * which are there to tell their members apart, nor those that admit nothing.
 */
export function checkDuplicateGroups({ analysis }: Audited): Remark[] {
  const { network } = analysis;
  const carriers = carriersOf(network);
  const named = new Set<string>(
    [...network.policies.values()].flatMap(({ rules }) =>
      rules.flatMap(({ selector }) => (selector.kind === 'group' ? [selector.group as string] : [])),
    ),
  );
  const alike = new Map<string, Policy[]>();
  for (const policy of network.policies.values()) {
    const [carrier] = carriers.get(policy.id) ?? [];
    const counts = policy.kind === 'any-allow' && !policy.isDefault && !named.has(policy.id);
    if (!counts || carrier === undefined || !policy.rules.some(isIngress)) continue;
    const key = contentOf(policy, carrier.network);
    const known = alike.get(key);
    if (known === undefined) alike.set(key, [policy]);
    else known.push(policy);
  }
  return [...alike.values()].flatMap((group) => {
    const [first, ...others] = group.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    if (first === undefined || others.length === 0) return [];
    return [
      {
        check: 'duplicate-group',
        severity: 'info',
        fingerprint: fingerprintOf('duplicate-group', first.id),
        title: `group ${first.name} and ${nameList(others.map(({ name }) => name))} have the same rules: closing something in one leaves it open in the other`,
        subject: { id: first.id, name: first.name },
        rules: [],
      },
    ];
  });
}

function contentOf({ rules }: Policy, network: NetworkId): string {
  const lines = rules.map(
    ({ direction, selector, transport }) =>
      `${direction} ${transport.spans.join()} ${describeSelector(selector)}`,
  );
  return JSON.stringify([network, [...new Set(lines)].toSorted()]);
}

function isIngress({ direction }: Rule): boolean {
  return direction === 'ingress';
}
