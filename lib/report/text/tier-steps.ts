import { describeSelector, type Rule } from '#model';
import type { RuleMatch, Step } from '#engine';
import { plain } from './plain.ts';

const VERBS = { allow: 'allows', deny: 'denies', pass: 'passes on' };

/** What the policies of one end say, with the rules that were asked; those that only shut it are named. */
export function tierWords({
  mark,
  endpoint,
  direction,
  tiers,
  rules,
  shutBy,
}: Extract<Step, { readonly kind: 'tiers' }>): { readonly text: string; readonly below: readonly string[] } {
  const name = plain(endpoint.name);
  const what = direction === 'ingress' ? 'what comes in to' : 'what goes out of';
  if (tiers.length === 0) return { text: `none is about ${what} ${name}`, below: [] };
  const names = [...new Set(tiers.flatMap(({ policies }) => policies.map((policy) => plain(policy.name))))];
  const some =
    names.length > 4
      ? `${names.slice(0, 4).join(', ')} and ${String(names.length - 4)} more`
      : names.join(', ');
  const verb = VERDICTS[mark][names.length === 1 ? 'one' : 'several'];
  return {
    text: `${some} ${verb} (${what} ${name})`,
    below: [
      ...rules.slice(-4).map(matchText),
      ...(shutBy === undefined
        ? []
        : [`no rule allows it, and ${name} is selected: what none allows is denied`]),
    ],
  };
}

const VERDICTS = {
  passes: { one: 'lets it through', several: 'let it through' },
  blocks: { one: 'stops it', several: 'stop it' },
  unknown: { one: 'may stop it', several: 'may stop it' },
};

function matchText({ rule, isSure }: RuleMatch): string {
  return `${ruleText(rule)}${isSure ? '' : ' (not understood in full)'}`;
}

function ruleText({ id, action, transport, direction, selector }: Rule): string {
  const far = `${direction === 'ingress' ? 'from' : 'to'} ${plain(describeSelector(selector))}`;
  return `${plain(id)} ${VERBS[action]} ${transport.toString()} ${far}`;
}
