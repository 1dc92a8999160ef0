import { idOf, type Direction, type Policy, type PolicyId, type Rule } from '#model';
import { Associations } from './associations.ts';
import { readEntry, type EntryReader, type NumberedRule } from './acl-entries.ts';
import type { Draft } from './draft.ts';
import { unknownRules } from './placeholders.ts';
import type { Place } from './place.ts';
import { ruleFault } from './rule-faults.ts';
import { nameTagOf, tagsOf } from './tags.ts';
import type { Item } from './target.ts';

/**
 * The network ACLs as policies in which the first rule that matches decides, and which subnet has which.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html#nacl-basics
 */
export function addAcls(draft: Draft, reader: EntryReader): Associations<PolicyId> {
  const associations = new Associations<PolicyId>();
  for (const item of draft.distinct('DescribeNetworkAcls').values()) {
    const policy = policyOfAcl(item, reader);
    draft.policies.set(policy.id, policy);
    for (const association of item.place.items('Associations')) {
      const subnet = association.text('SubnetId');
      if (subnet !== undefined) associations.claim(subnet, policy.id);
    }
  }
  return associations;
}

function policyOfAcl({ id, place, target }: Item, reader: EntryReader): Policy {
  const tags = tagsOf(place);
  const unread = target.unread('DescribeSubnets');
  const entries = place.has('Entries') ? place.list('Entries') : undefined;
  return {
    id: idOf<'policy'>(id),
    name: nameTagOf(tags) ?? id,
    kind: 'first-match',
    rules:
      entries === undefined
        ? unknownRules(id, place.odd('Entries', 'a list'), place.ref(id))
        : rulesOf(id, entries, reader),
    isDefault: place.flag('IsDefault') ?? false,
    ...(unread !== undefined && { carriersUnread: unread }),
    tags,
    at: place.ref(id),
  };
}

/**
 * AWS evaluates by rule number, whatever the order of the answer. An entry without a readable number may stand anywhere;
 * it goes first, in doubt, which covers every place it may have.
 */
function rulesOf(acl: string, entries: readonly Place[], reader: EntryReader): Rule[] {
  const numbered = entries.flatMap((entry) => readEntry(acl, entry, reader));
  const inOrder = withDoubtWhereEqual(numbered.toSorted((a, b) => a.number - b.number));
  const taken = new Map<string, number>();
  return (['ingress', 'egress'] satisfies Direction[]).flatMap((direction) =>
    inOrder.filter((rule) => rule.direction === direction).map((rule) => withOwnId(rule, taken)),
  );
}

/**
 * Two entries of one number cannot be in AWS, but in a file. Where one allows and one denies, neither surely decides.
 */
function withDoubtWhereEqual(numbered: readonly NumberedRule[]): Rule[] {
  const actions = new Map<string, Rule['action'] | 'both'>();
  for (const each of numbered) {
    const key = rankKey(each);
    const known = actions.get(key) ?? each.rule.action;
    actions.set(key, known === each.rule.action ? known : 'both');
  }
  return numbered.map((each) => {
    const { rule, place } = each;
    if (rule.doubt !== undefined || actions.get(rankKey(each)) !== 'both') return rule;
    return { ...rule, doubt: ruleFault(place, 'RuleNumber', rule.id, `${String(each.number)} stands twice`) };
  });
}

/** AWS numbers both families in one row, but entries of different families do not stand in each other's way. */
function rankKey({ number, rule: { direction, selector } }: NumberedRule): string {
  const family = selector.kind === 'ips' && selector.ips.v4.isEmpty ? 6 : 4;
  return `${direction}/${String(number)}/${String(family)}`;
}

/** A rule's id names one rule. */
function withOwnId(rule: Rule, taken: Map<string, number>): Rule {
  const times = (taken.get(rule.id) ?? 0) + 1;
  taken.set(rule.id, times);
  return times === 1 ? rule : { ...rule, id: idOf<'rule'>(`${rule.id}#${String(times)}`) };
}
