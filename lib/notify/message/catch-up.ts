import { SEVERITIES, type Alert, type AlertKind, type Severity } from '#findings';
import { NAMED_FINDINGS } from './findings-list.ts';
import { count, headlineOf, timeOf } from './wording.ts';

type Named = Alert['findings'][number];

/** Messages that name no finding and still must not drown in a number. */
const BY_NAME: readonly AlertKind[] = ['tampering', 'blind-spot'];
const NAMED = 5;

/**
 * One message for all that a channel missed: what is still open of it, worst first, how much closed meanwhile, and every touch on the
 * monitor itself by name. The same alerts give the same message.
 *
 * @param alerts in the order in which they arose
 * @param since when the channel was last reached, or the first message that it missed; ISO 8601
 */
export function catchUpAlert(alerts: readonly Alert[], since: string): Alert {
  const { open, closed, unnamed, unnamedSeverities } = balance(alerts);
  const worst = open.toSorted((a, b) => rank(a.severity) - rank(b.severity));
  const last = alerts.at(-1);
  const severe = [
    ...worst.map(({ severity }) => severity),
    ...unnamedSeverities,
    ...alerts.filter(({ kind }) => BY_NAME.includes(kind)).map(({ severity }) => severity),
  ];
  return {
    schema: 1,
    id: `catch-up-${since}-${last?.id ?? 'nothing'}`,
    kind: 'catch-up',
    severity: severe.toSorted((a, b) => rank(a) - rank(b))[0] ?? 'info',
    headline: capital([...touched(alerts), stillOpen(worst, unnamed)].join('; ')),
    details: [
      missed(alerts, since),
      ...byName(alerts),
      ...(closed > 0 ? [`${count(closed, 'finding')} closed meanwhile`] : []),
      ...(unnamed > 0
        ? [`${count(unnamed, 'more finding')} ${unnamed === 1 ? 'was' : 'were'} not listed one by one`]
        : []),
    ],
    place: placeOf(alerts, last?.place.time ?? since),
    path: [],
    rules: [],
    moreRules: 0,
    blame: [],
    blameIs: 'nobody',
    also: [],
    findings: worst.slice(0, NAMED_FINDINGS),
    moreFindings: Math.max(0, worst.length - NAMED_FINDINGS),
    links: last?.links ?? [],
  };
}

type Balance = {
  readonly open: readonly Named[];
  readonly closed: number;
  /** Findings that were reported as a number only: whether they are still open is not known here. */
  readonly unnamed: number;
  /** The worst that such a finding can be, for each alert that has some. */
  readonly unnamedSeverities: readonly Severity[];
};

/** What each finding came to in the end. It is open from the first alert that names it until one says that it is resolved. */
function balance(alerts: readonly Alert[]): Balance {
  const open = new Map<string, Named>();
  const closed = new Set<string>();
  let closedUnnamed = 0;
  let unnamed = 0;
  const unnamedSeverities: Severity[] = [];
  for (const { kind, severity, findings, moreFindings } of alerts) {
    for (const finding of findings) {
      if (kind === 'resolved') {
        open.delete(finding.fingerprint);
        closed.add(finding.fingerprint);
      } else {
        open.set(finding.fingerprint, finding);
        closed.delete(finding.fingerprint);
      }
    }
    if (kind === 'resolved') closedUnnamed += moreFindings;
    else if (moreFindings > 0) {
      unnamed += moreFindings;
      unnamedSeverities.push(findings.at(-1)?.severity ?? severity);
    }
  }
  return { open: [...open.values()], closed: closed.size + closedUnnamed, unnamed, unnamedSeverities };
}

/** `3 findings are still open: 1 critical, 2 high`. What was not named is never taken for closed. */
function stillOpen(open: readonly Named[], unnamed: number): string {
  if (open.length === 0)
    return unnamed === 0
      ? 'no finding of what this channel missed is still open'
      : `up to ${count(unnamed, 'finding')} may still be open`;
  const parts = SEVERITIES.map((severity) => ({
    severity,
    amount: open.filter((finding) => finding.severity === severity).length,
  }))
    .filter(({ amount }) => amount > 0)
    .map(({ severity, amount }) => `${amount.toLocaleString('en-US')} ${severity}`);
  const atLeast = unnamed === 0 ? '' : 'at least ';
  return `${atLeast}${count(open.length, 'finding')} ${open.length === 1 ? 'is' : 'are'} still open: ${parts.join(', ')}`;
}

/** What comes before all findings: without its eyes the monitor's other words are worth less. */
function touched(alerts: readonly Alert[]): readonly string[] {
  return alerts.some(({ kind }) => kind === 'tampering') ? ['Postern itself was tampered with'] : [];
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** `4 messages could not be delivered here since 2026-03-02 10:00:00 UTC: 2 opened, 1 resolved, 1 tampering` */
function missed(alerts: readonly Alert[], since: string): string {
  const amounts = new Map<AlertKind, number>();
  for (const { kind } of alerts) amounts.set(kind, (amounts.get(kind) ?? 0) + 1);
  const parts = [...amounts].map(([kind, amount]) => `${amount.toLocaleString('en-US')} ${kind}`);
  const kinds = parts.length === 0 ? '' : `: ${parts.join(', ')}`;
  return `${count(alerts.length, 'message')} could not be delivered here since ${timeOf(since)}${kinds}; this one stands for all`;
}

function byName(alerts: readonly Alert[]): readonly string[] {
  const all = alerts.filter(({ kind }) => BY_NAME.includes(kind));
  const named = all
    .slice(0, NAMED)
    .map((alert) => `${alert.kind}: ${headlineOf(alert)} (${timeOf(alert.place.time)})`);
  return all.length > NAMED ? [...named, `and ${String(all.length - NAMED)} more of these`] : named;
}

/** The account and Region that all alerts share; empty texts where they differ. */
function placeOf(alerts: readonly Alert[], time: string): Alert['place'] {
  const one = <T>(of: (alert: Alert) => T): T | undefined => {
    const values = new Set(alerts.map(of));
    return values.size === 1 ? [...values][0] : undefined;
  };
  const names = [...new Set(alerts.flatMap(({ place }) => place.accountName ?? []))];
  const accountName = names.length === 1 ? names[0] : undefined;
  return {
    account: one(({ place }) => place.account) ?? '',
    ...(accountName === undefined ? {} : { accountName }),
    region: one(({ place }) => place.region) ?? '',
    time,
  };
}

function rank(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}
