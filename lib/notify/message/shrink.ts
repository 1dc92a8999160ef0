import type { Alert } from '#findings';
import { NAMED_FINDINGS } from './findings-list.ts';
import { shortened } from './visible.ts';

/**
 * The largest form of an alert that still fits: `make` is tried on ever smaller ones until `fits` says yes. What is left out is named in
 * the details. The order: details, rules, what else is reachable; long texts; long lists; the commands; and at last almost all. The last form is
 * taken as it is: it holds a few hundred characters.
 */
export function fitting<T>(alert: Alert, make: (alert: Alert) => T, fits: (made: T) => boolean): T {
  let form = worstTen(withoutTransitions(alert));
  let made = make(form);
  const left: string[] = [];
  for (const { leaves, shrink } of STEPS) {
    if (fits(made)) return made;
    const smaller = shrink(form);
    if (JSON.stringify(smaller) === JSON.stringify(form)) continue;
    form = smaller;
    left.push(leaves);
    made = make({ ...form, details: [...form.details, `left out for length: ${left.join(', ')}`] });
  }
  return made;
}

type Step = { readonly leaves: string; readonly shrink: (alert: Alert) => Alert };

const STEPS: readonly Step[] = [
  { leaves: 'details', shrink: (alert) => ({ ...alert, details: [] }) },
  {
    leaves: 'rules',
    shrink: (alert) => ({ ...alert, rules: [], moreRules: alert.moreRules + alert.rules.length }),
  },
  { leaves: 'what else is reachable', shrink: (alert) => ({ ...alert, also: [] }) },
  { leaves: 'the ends of long texts', shrink: (alert) => withTextsUpTo(1_000, alert) },
  { leaves: 'the ends of long lists', shrink: (alert) => withListsUpTo(3, NAMED_FINDINGS, alert) },
  { leaves: 'the controls', shrink: without('controls') },
  { leaves: 'how to bring back what was closed', shrink: without('restore') },
  { leaves: 'more of long texts', shrink: (alert) => withTextsUpTo(120, alert) },
  { leaves: 'the fix', shrink: without('fix') },
  { leaves: 'the undo', shrink: without('undo') },
  {
    leaves: 'most of it',
    shrink: (alert) => withTextsUpTo(40, withListsUpTo(1, 3, { ...alert, links: [] })),
  },
];

/** Machines that want each finding by itself have a channel of their own. */
function withoutTransitions({ transitions: _, ...alert }: Alert): Alert {
  return alert;
}

function worstTen(alert: Alert): Alert {
  return withFindingsUpTo(NAMED_FINDINGS, alert);
}

function withFindingsUpTo(longest: number, alert: Alert): Alert {
  const more = Math.max(0, alert.findings.length - longest);
  if (more === 0) return alert;
  return { ...alert, findings: alert.findings.slice(0, longest), moreFindings: alert.moreFindings + more };
}

function withListsUpTo(longest: number, findings: number, alert: Alert): Alert {
  return {
    ...withFindingsUpTo(findings, alert),
    path: alert.path.slice(0, longest),
    blame: alert.blame.slice(0, longest),
    links: alert.links.slice(0, longest),
  };
}

function without(key: 'controls' | 'undo' | 'fix' | 'restore'): (alert: Alert) => Alert {
  return (alert) => Object.fromEntries(Object.entries(alert).filter(([name]) => name !== key)) as Alert;
}

/** Every text but commands and addresses, which are worth nothing in part. */
function withTextsUpTo(longest: number, alert: Alert): Alert {
  const { undo, fix, restore, links, ...rest } = alert;
  return {
    ...cutTexts(rest, longest),
    ...(undo === undefined ? {} : { undo }),
    ...(fix === undefined ? {} : { fix: { ...cutTexts(fix, longest), commands: fix.commands } }),
    ...(restore === undefined ? {} : { restore }),
    links: links
      .filter(({ url }) => url.length <= longest)
      .map(({ text, url }) => ({ text: shortened(text, longest), url })),
  };
}

function cutTexts<T>(value: T, longest: number): T {
  if (typeof value === 'string') return shortened(value, longest) as T;
  if (Array.isArray(value)) return value.map((one: unknown) => cutTexts(one, longest)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]: [string, unknown]) => [key, cutTexts(one, longest)]),
  ) as T;
}
