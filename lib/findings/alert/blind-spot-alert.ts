import type { BlindSpot } from '#model';
import type { Finding } from '../finding.ts';
import { count } from '../name-list.ts';
import type { Diff, FlowChange } from '#engine';
import type { Alert } from './alert.ts';
import { draftAlert, type AlertContext } from './draft.ts';
import { pathCount, targetText } from './flow-words.ts';

/** What is out of sight now and was not before, and the findings that can no longer be judged for it. */
export type BlindSpotNews = AlertContext & {
  readonly gaps: readonly BlindSpot[];
  readonly findings: readonly Finding[];
  /** Flows that were shut for sure and may be open now, for all that can be told. */
  readonly maybeOpened?: { readonly flows: readonly FlowChange[]; readonly diff: Diff };
};

/** So many of them are named. */
const NAMED = 5;

/** What Postern cannot see any more, and what to do about it. Never a word of "resolved". */
export function blindSpotAlert({ gaps, findings, maybeOpened, ...context }: BlindSpotNews): Alert {
  const [first] = gaps;
  // of a call it is known that it worked before; what leads elsewhere, or is not understood, may never have been read
  const couldBeRead = gaps.every(({ code }) => code === 'call-failed');
  const that = couldBeRead ? ` that ${gaps.length === 2 ? 'was' : 'were'}` : '';
  const others = gaps.length > 1 ? `, and ${count(gaps.length - 1, 'more thing')}${that}` : '';
  return draftAlert(
    {
      kind: 'blind-spot',
      severity: worst(findings) ?? 'medium',
      headline: `${first?.what ?? 'something'}${others}: ${couldBeRead ? 'it could be read before' : 'that is new'}`,
      details: [
        ...gaps.slice(1, NAMED).map(({ what }) => what),
        ...(gaps.length > NAMED ? [`and ${String(gaps.length - NAMED)} more`] : []),
        ...[...new Set(gaps.map(({ remedy }) => remedy))].filter((remedy) => remedy !== '').slice(0, NAMED),
        findings.length === 0
          ? 'no finding hangs on it; nothing is called closed until it can be read again'
          : `${count(findings.length, 'finding')} cannot be judged until it can be read again; what was open counts as open`,
      ],
      findings,
      also:
        maybeOpened === undefined || maybeOpened.flows.length === 0
          ? []
          : [
              `${pathCount(maybeOpened.flows, maybeOpened.diff)} to ${targetText(maybeOpened.flows, maybeOpened.diff)} may be open that were shut for sure`,
            ],
    },
    context,
  );
}

function worst(findings: readonly Finding[]): Alert['severity'] | undefined {
  const order = ['critical', 'high', 'medium'] as const;
  return order.find((severity) => findings.some((finding) => finding.severity === severity));
}
