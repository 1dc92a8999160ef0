import type { BusEvent, Mail } from './inbox.ts';
import type { Posted } from './slack-workspace.ts';

/** What was said on each channel, in one line each; and the whole of it. */
export type Said = {
  /** `opened critical: SSH on bastion is open to the whole internet` */
  readonly sns: readonly string[];
  /** `CRITICAL  SSH on bastion is open to the whole internet` */
  readonly slack: readonly string[];
  /** `Postern Finding Opened: SSH on bastion is open to the whole internet` */
  readonly bus: readonly string[];
  readonly mails: readonly Mail[];
  readonly posted: readonly Posted[];
};

export function said(
  { mails, events }: { readonly mails: readonly Mail[]; readonly events: readonly BusEvent[] },
  posted: readonly Posted[],
): Said {
  return {
    sns: mails.map(
      ({ message: { kind, severity, headline } }) =>
        `${String(kind)} ${String(severity)}: ${String(headline)}`,
    ),
    // without the place and the time behind it
    slack: posted.map(({ text }) => text.replace(/ \(\d{12}[^)]*\)$/, '')),
    bus: onBus(events),
    mails,
    posted,
  };
}

/** A line for each alert. It is an event for each of its findings: one that comes twice makes a second line. */
function onBus(events: readonly BusEvent[]): readonly string[] {
  const seen = new Map<string, Set<string>>();
  return events.flatMap(({ 'detail-type': type, detail }) => {
    const finding = JSON.stringify(detail['finding'] ?? '');
    const ofAlert = seen.get(String(detail['id']));
    if (ofAlert !== undefined && !ofAlert.has(finding)) {
      ofAlert.add(finding);
      return [];
    }
    seen.set(String(detail['id']), new Set([finding]));
    return [`${type}: ${String(detail['headline'])}`];
  });
}
