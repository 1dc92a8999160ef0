import { formatCidr } from '#netset';
import { describeSelector, type Network, type Rule } from '#model';
import { policyWords, selectorOf } from '../clusters/new-policy.ts';
import { nameList } from '../name-list.ts';
import type { FixChange, FixKind, RuleWords } from './fix.ts';

/** What changes do, in one sentence without a full stop. */
export function fixWords(kind: FixKind, changes: readonly FixChange[], network: Network): string {
  const added = changes.flatMap((change) => (change.kind === 'new-policy' ? [change.wanted] : []));
  if (added.length > 1 && added.length === changes.length && added[0] !== undefined)
    return `in namespace ${added[0].namespace}, add ${listed(added.map(policyWords))}`;
  const others = changes.filter((change) => !isRemoval(change));
  const [first] = others;
  if (kind === 'remove' || first === undefined) return removalText(changes, network);
  const removed = changes.filter(isRemoval);
  const alike = others.length - 1;
  return [
    changeText(first, network),
    ...(alike === 0 ? [] : [`${String(alike)} more ${alike === 1 ? 'change' : 'changes'} of that kind`]),
    ...(removed.length === 0 ? [] : [removalText(removed, network)]),
  ].join('; and ');
}

function isRemoval(change: FixChange): boolean {
  return change.kind === 'rule' && change.instead.length === 0;
}

function removalText(changes: readonly FixChange[], network: Network): string {
  const [only] = changes;
  return changes.length === 1 && only !== undefined
    ? changeText(only, network)
    : `take ${String(changes.length)} rules out of ${nameList(groupsOf(changes, network))}`;
}

function groupsOf(changes: readonly FixChange[], network: Network): string[] {
  return [
    ...new Set(
      changes.flatMap((change) =>
        change.kind === 'rule' || change.kind === 'group' ? [nameOf(change.policy, network)] : [],
      ),
    ),
  ];
}

function nameOf(policy: string, { policies }: Network): string {
  const name = policies.get(policy as Parameters<typeof policies.get>[0])?.name;
  return name === undefined || name === policy ? policy : `${policy} (${name})`;
}

function changeText(change: FixChange, network: Network): string {
  switch (change.kind) {
    case 'rule':
      return ruleText(change, network);
    case 'route': {
      const { destination, list, target, at } = change.route;
      const blocks = list ?? (destination === undefined ? '' : formatCidr(destination));
      const to = target.kind === 'gateway' ? target.gateway : at.id;
      return `take the route for ${blocks} to ${to} out of ${change.table}`;
    }
    case 'listener': {
      const name = network.relays.get(change.relay)?.name ?? change.relay;
      return `take the listener on ${change.listener.transport.toString()} off ${name}`;
    }
    case 'acl':
      return `put before all entries of ${nameOf(change.policy, network)}: ${change.rules.map((rule) => `deny ${wordsOf(rule, rule)}`).join('; ')}`;
    case 'new-policy':
      return `in namespace ${change.wanted.namespace}, add ${policyWords(change.wanted)}`;
    case 'peer':
      return peerText(change);
    case 'group':
      return `give ${change.endpoints[0]?.workload.name ?? 'it'} a group of its own with the rules of ${nameOf(change.policy, network)}, then take it out of that`;
  }
}

function listed(texts: readonly string[]): string {
  return texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join('; ')}; and ${texts.at(-1) ?? ''}`;
}

/** `ingress[0].from[0]` of `shop.yaml:12 spec.ingress[0].from[0]`, and where that is. */
function peerText({ rule, instead }: Extract<FixChange, { kind: 'peer' }>): string {
  const [, place = rule.at.path, field = ''] = /^(\S+) spec\.(\S+)$/.exec(rule.at.path) ?? [];
  const where = `${rule.at.id} (${[field, place].filter((part) => part !== '').join(', ')})`;
  if (instead === undefined) return `take ${wordsOf(rule, rule)} out of ${where}`;
  const words = wordsOf(rule, { selector: selectorOf(instead), transport: rule.transport });
  return `in ${where}, replace ${wordsOf(rule, rule)} by ${words}`;
}

function ruleText({ policy, rule, instead }: Extract<FixChange, { kind: 'rule' }>, network: Network): string {
  const where = nameOf(policy, network);
  if (instead.length === 0) return `take ${wordsOf(rule, rule)} out of ${where}`;
  return `in ${where}, replace ${wordsOf(rule, rule)} by ${instead.map((words) => wordsOf(rule, words)).join('; ')}`;
}

function wordsOf({ direction }: Rule, { selector, transport }: RuleWords): string {
  return `${transport.toString()} ${direction === 'ingress' ? 'from' : 'to'} ${describeSelector(selector)}`;
}
