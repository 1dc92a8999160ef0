import { SEVERITIES, type Finding } from '../finding.ts';
import { count } from '../name-list.ts';
import type { Alert } from './alert.ts';
import type { FindingAlertKind } from './compose.ts';
import { draftAlert, type AlertContext } from './draft.ts';

/** Many findings, and why people hear of all of them at once. */
export type SummaryNews = AlertContext & {
  readonly kind: FindingAlertKind | 'catch-up';
  readonly findings: readonly Finding[];
};

/** One alert for many findings at once: how many of each severity, the worst by name, the rest where the report is. */
export function summaryAlert({ kind, findings, ...context }: SummaryNews): Alert {
  const bySeverity = SEVERITIES.flatMap((severity) => {
    const found = findings.filter((finding) => finding.severity === severity).length;
    return found === 0 ? [] : [`${found.toLocaleString('en-US')} ${severity}`];
  });
  const start = `${count(findings.length, 'finding')} ${reasonOf(kind, context)}`.trimEnd();
  return draftAlert(
    { kind, findings, headline: bySeverity.length === 0 ? start : `${start}: ${bySeverity.join(', ')}` },
    context,
  );
}

function reasonOf(kind: FindingAlertKind | 'catch-up', { blame, blameIs }: AlertContext): string {
  const by =
    blameIs === 'nobody' || blame.length === 0
      ? ''
      : blame.length === 1
        ? 'by one change'
        : blameIs === 'these'
          ? `by ${String(blame.length)} changes`
          : `by one of ${String(blame.length)} changes`;
  switch (kind) {
    case 'resolved':
      return `closed ${by}`;
    case 'newly-seen':
      return 'seen for the first time';
    case 'unconfirmed':
      return 'that can no longer be seen, and count as open';
    case 'flapping':
      return 'that open and close again and again';
    case 'reminder':
      return 'still open';
    case 'exception-ended':
      return 'whose exception has ended';
    case 'catch-up':
      return 'while this channel was out of order';
    case 'opened':
      return by;
  }
}
