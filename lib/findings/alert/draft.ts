import type { Blame, Change } from '../change.ts';
import { controlsOf } from '../controls/controls-of.ts';
import { facetsOf } from '../controls/facet.ts';
import { SEVERITIES, type Finding } from '../finding.ts';
import type { Alert, AlertBlame } from './alert.ts';
import { alertIdOf } from './alert-id.ts';

/** The findings that an alert lists; the rest is a number. */
const MOST = 10;

/** What an alert needs beside its news: who did it, where, and what is known of the way back. */
export type AlertContext = {
  readonly place: Alert['place'];
  readonly blame: readonly AlertBlame[];
  readonly blameIs: Alert['blameIs'];
  readonly undo?: Change['undo'];
  readonly fix?: Alert['fix'];
  readonly restore?: Change['restore'];
  readonly links?: Alert['links'];
  /** Instead of the id that the news makes: for what is told again on purpose. */
  readonly id?: string;
};

/** What is news. */
export type AlertNews = Pick<Alert, 'kind' | 'headline'> & {
  /** That of the worst finding where there is one. */
  readonly severity?: Alert['severity'];
  readonly findings?: readonly Finding[];
} & Partial<Pick<Alert, 'details' | 'path' | 'before' | 'after' | 'rules' | 'moreRules' | 'also' | 'owner'>>;

/** An alert with everything in its place. */
export function draftAlert(
  { kind, headline, severity, findings = [], before, after, owner, ...news }: AlertNews,
  { place, blame, blameIs, undo, fix, restore, links = [], id }: AlertContext,
): Alert {
  const worst = worstFirst(findings);
  const controls = worst[0] === undefined ? [] : controlsOf(worst[0]);
  const about = findings.length > 0 ? findings.map(({ fingerprint }) => fingerprint) : [headline];
  return {
    schema: 1,
    id: id ?? alertIdOf(kind, place, about),
    kind,
    severity: severity ?? worst[0]?.severity ?? 'info',
    headline,
    details: news.details ?? [],
    place,
    path: news.path ?? [],
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    rules: news.rules ?? [],
    moreRules: news.moreRules ?? 0,
    blame,
    blameIs,
    also: news.also ?? [],
    ...(undo === undefined ? {} : { undo }),
    ...(fix === undefined ? {} : { fix }),
    ...(restore === undefined ? {} : { restore }),
    findings: worst.slice(0, MOST).map(({ fingerprint, check, severity: each, title }) => ({
      fingerprint,
      check,
      severity: each,
      title,
    })),
    moreFindings: Math.max(0, worst.length - MOST),
    ...(worst.length > 0 && {
      transitions: worst.map((finding) => ({
        fingerprint: finding.fingerprint,
        check: finding.check,
        severity: finding.severity,
        title: finding.title,
        workload: finding.workload,
        facets: facetsOf(finding),
      })),
    }),
    ...(controls.length > 0 && { controls }),
    ...(owner === undefined ? {} : { owner }),
    links,
  };
}

/** By severity; those of one severity stay in the order in which they came. */
export function worstFirst(findings: readonly Finding[]): readonly Finding[] {
  const rank = ({ severity }: Finding): number => SEVERITIES.indexOf(severity);
  return findings.toSorted((a, b) => rank(a) - rank(b));
}

/** Whoever made a change, as an alert tells it. */
export function alertBlameOf({ call, who, role, mfa, tool, sourceIp, time }: Blame): AlertBlame {
  return { call, who, role, ...(mfa === undefined ? {} : { mfa }), tool, sourceIp, time };
}
