import type { Alert, AlertBlame, AlertRule } from '#findings';
import { visible } from './visible.ts';
import { count, timeOf } from './wording.ts';

/** One row of a message, of one line or two. The text is safe for people and still to be escaped for the channel. */
export type Fact = {
  readonly label: 'before' | 'after' | 'rule' | 'who' | 'owner';
  readonly text: string;
};

/** How many rules, and how many calls, a message names; the rest is a number. */
const NAMED = 3;

/** What was, what is, because of which rule, by whose hand: in the order in which people ask. */
export function factsOf(alert: Alert): readonly Fact[] {
  const { before, after } = alert;
  return [
    ...(isSaid(before) ? [{ label: 'before', text: visible(before) } as const] : []),
    ...(isSaid(after) ? [{ label: 'after', text: visible(after) } as const] : []),
    ...ruleFacts(alert),
    ...whoFacts(alert),
    ...ownerFacts(alert),
  ];
}

/** The way in, hop by hop: `internet ─ tcp 22 ─▶ bastion ─ tcp 22 ─▶ api-1`. Empty if there is none. */
export function pathOf({ path }: Alert, hops = 8): string {
  let text = '';
  let last: string | undefined;
  for (const { from, to, flows } of path.slice(0, hops)) {
    if (from !== last) text += `${text === '' ? '' : '; '}${visible(from, 80)}`;
    text += ` ─${flows === '' ? '' : ` ${visible(flows, 80)} ─`}▶ ${visible(to, 80)}`;
    last = to;
  }
  return path.length > hops ? `${text} and ${count(path.length - hops, 'more step')}` : text;
}

/** What else is reachable now, a line each. */
export function alsoOf({ also }: Alert, lines = 5): readonly string[] {
  return listed(also, lines);
}

/** What comes with the effect, a line each. */
export function detailsOf({ details }: Alert, lines = 8): readonly string[] {
  return listed(details, lines);
}

function listed(texts: readonly string[], lines: number): readonly string[] {
  const said = texts.filter(isSaid);
  const shown = said.slice(0, lines).map((text) => visible(text));
  return said.length > lines
    ? [...shown, `and ${(said.length - lines).toLocaleString('en-US')} more`]
    : shown;
}

function ruleFacts({ rules, moreRules }: Alert): readonly Fact[] {
  const named = rules.slice(0, NAMED).map((rule) => ({ label: 'rule', text: ruleText(rule) }) as const);
  const more = rules.length - named.length + moreRules;
  return more > 0 ? [...named, { label: 'rule', text: `and ${count(more, 'more rule')}` }] : named;
}

function ruleText({ id, policy, policyName, text, description }: AlertRule): string {
  const name = isSaid(policyName) ? ` "${visible(policyName)}"` : '';
  const words = isSaid(description) ? `"${visible(description)}"` : 'no description';
  return `${visible(id)} in ${visible(policy)}${name}\n${visible(text)}, ${words}`;
}

function whoFacts({ blame, blameIs, kind, place }: Alert): readonly Fact[] {
  if (blameIs === 'nobody' || blame.length === 0)
    return kind === 'opened' ? [{ label: 'who', text: 'no call that was seen explains it' }] : [];
  const calls = blame
    .slice(0, NAMED)
    .map((one) => ({ label: 'who', text: whoText(one, place.time) }) as const);
  const more = blame.length - calls.length;
  const rest =
    more > 0
      ? [...calls, { label: 'who', text: `and ${count(more, 'more call')}` } as const]
      : (calls as readonly Fact[]);
  if (blameIs === 'these' || blame.length === 1) return rest;
  return [
    { label: 'who', text: `one of these ${count(blame.length, 'call')}; which one is not known:` },
    ...rest,
  ];
}

/** What keeps what was changed: said before the undo, which would not last. */
function ownerFacts({ undo, fix }: Alert): readonly Fact[] {
  return [...new Set([...(undo?.owners ?? []), ...(fix?.owners ?? [])])]
    .filter(isSaid)
    .slice(0, NAMED)
    .map((text) => ({ label: 'owner', text: visible(text, 300) }));
}

/** `mara (role network-admin, MFA) by aws-cli from 198.51.100.23`, and beneath `AuthorizeSecurityGroupIngress at 10:00:51 UTC` */
function whoText({ who, role, mfa, tool, sourceIp, call, time }: AlertBlame, day: string): string {
  const session = [
    isSaid(role) ? `role ${visible(role)}` : '',
    mfa === undefined ? '' : mfa ? 'MFA' : 'no MFA',
  ].filter((part) => part !== '');
  const person = [
    isSaid(who) ? visible(who) : 'somebody',
    session.length === 0 ? '' : ` (${session.join(', ')})`,
    isSaid(tool) ? ` by ${visible(tool)}` : '',
    isSaid(sourceIp) ? ` from ${visible(sourceIp)}` : '',
  ].join('');
  const deed = [isSaid(call) ? visible(call) : '', isSaid(time) ? `at ${timeOf(time, day)}` : '']
    .filter((part) => part !== '')
    .join(' ');
  return deed === '' ? person : `${person}\n${deed}`;
}

function isSaid(text: string | undefined): text is string {
  return text !== undefined && text.trim() !== '';
}
