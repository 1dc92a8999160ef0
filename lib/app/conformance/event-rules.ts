import type { ChangeEvent } from '#sources/aws';
import type { StatedRule } from './event-statement.ts';
import { differs, HOLDS, type Check } from './result.ts';

/** Compares the rules that a case states with those that were read, in order. */
export function checkRules(expected: readonly StatedRule[] | null, got: ChangeEvent['rules']): Check {
  const [stated, read] = [inOrder(expected ?? []), inOrder(got)].map((rules) => JSON.stringify(rules));
  return stated === read ? HOLDS : differs('parsedRules', stated ?? '', read ?? '');
}

/**
 * The rules as what they say, kind of far end by kind: a permission's lists (blocks, groups, prefix lists) stand side by side and
 * have an order within themselves alone. A removal by id names a rule and says nothing of it; the id itself is checked with the ids.
 */
function inOrder(rules: readonly (StatedRule | ChangeEvent['rules'][number])[]): object[] {
  const told = rules.filter((rule) => !isBareId(rule));
  return KINDS.flatMap((kind) => told.filter((rule) => kindOf(rule) === kind).map(meaningOf));
}

const KINDS = ['cidr', 'group', 'prefixList', 'none'] as const;

function kindOf({ cidr, group, prefixList }: Partial<StatedRule>): (typeof KINDS)[number] {
  if (cidr) return 'cidr';
  if (group) return 'group';
  return prefixList ? 'prefixList' : 'none';
}

function isBareId({ op, ruleId, protocol, ruleNumber, ...rest }: Partial<StatedRule>): boolean {
  return (
    op === 'remove' &&
    Boolean(ruleId) &&
    !protocol &&
    (ruleNumber ?? null) === null &&
    kindOf(rest) === 'none'
  );
}

/** For all protocols the ports mean nothing, whatever they say. */
function meaningOf(rule: Partial<StatedRule>): object {
  const ports = rule.protocol === '-1' ? {} : { from: rule.from ?? null, to: rule.to ?? null };
  const { op, direction, protocol, cidr, group, prefixList, ruleId, action, ruleNumber } = rule;
  const members = { op, direction, protocol, cidr, group, prefixList, ruleId, action, ruleNumber, ...ports };
  return Object.fromEntries(Object.entries(members).map(([name, value]) => [name, value ?? null]));
}
