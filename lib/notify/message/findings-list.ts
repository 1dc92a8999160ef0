import { controlText, type Alert } from '#findings';
import { visible } from './visible.ts';
import { count } from './wording.ts';

/** Findings that a message names; an alert holds no more. */
export const NAMED_FINDINGS = 10;

/** One finding of several: `CRITICAL  SSH on bastion is open to the internet (7c1e94ab)`. */
export type FindingLine = { readonly severity: string; readonly text: string };

/** All findings of an alert that has several, worst first; empty where the headline is the finding. */
export function findingLinesOf({ findings, moreFindings }: Alert): readonly FindingLine[] {
  if (findings.length + moreFindings < 2) return [];
  return findings.slice(0, NAMED_FINDINGS).map(({ severity, title, fingerprint }) => ({
    severity: severity.toUpperCase(),
    text: `${visible(title, 150)} (${visible(fingerprint, 40)})`,
  }));
}

/** `23 findings, worst first` */
export function findingsTitleOf({ findings, moreFindings }: Alert): string {
  return `${count(findings.length + moreFindings, 'finding')}, worst first`;
}

/** Where the rest is; undefined if all are named. */
export function moreFindingsOf({ findings, moreFindings }: Alert): string | undefined {
  const more = Math.max(0, findings.length - NAMED_FINDINGS) + moreFindings;
  return more === 0 ? undefined : `and ${more.toLocaleString('en-US')} more: see the report`;
}

/** `admin-port-exposed, fingerprint 7c1e94ab` for an alert of one finding. */
export function identityOf({ findings, moreFindings }: Alert): string | undefined {
  const [only] = findings;
  if (only === undefined || findings.length + moreFindings > 1) return undefined;
  return `${visible(only.check, 60)}, fingerprint ${visible(only.fingerprint, 40)}`;
}

/** From more findings than these on, the controls of the worst say too little of the rest. */
const FEW = 4;

/** What the worst of a few findings touches in each framework: `CIS 7.0 6.3 · PCI 1.3.1, 1.4.2`; undefined where there is nothing to say. */
export function controlsOf({ findings, moreFindings, controls = [] }: Alert): string | undefined {
  const text = findings.length + moreFindings > FEW ? '' : controlText(controls);
  return text === '' ? undefined : visible(text);
}
