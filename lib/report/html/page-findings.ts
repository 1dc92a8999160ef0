import { closedText } from '../document/closed-text.ts';
import type { Report, ReportFinding, ReportFix } from '../document/report-schema.ts';
import type { Hops } from './hops.ts';
import type { PageControl, PageFinding, PageFix, PageRule, State } from './page/data.ts';
import { Pool } from './pool.ts';

export type PageFindings = {
  readonly findings: readonly PageFinding[];
  readonly rules: readonly PageRule[];
  readonly controlSets: readonly (readonly PageControl[])[];
};

/** What is known of a finding beside the report, by its fingerprint. */
export type FindingNotes = Readonly<
  Record<'sinceOf' | 'noteOf', (fingerprint: string) => string | undefined>
>;

/** The findings of one side, or of two: then each is there once, with what became of it. Those that are gone come last. */
export function pageFindings(
  after: Report,
  before: Report | undefined,
  hops: Hops,
  memberOf: ReadonlyMap<string, number>,
  { sinceOf, noteOf }: FindingNotes,
): PageFindings {
  const rules = new Pool<PageRule>();
  const controls = new Pool<readonly PageControl[]>();
  const old = new Map(before?.findings.map((finding) => [finding.fingerprint, finding]));
  const tell = (finding: ReportFinding, state: State | undefined): PageFinding => {
    const { check, severity, certainty, fingerprint, title, account, region, workload } = finding;
    const [since, note] = [sinceOf(fingerprint), noteOf(fingerprint)];
    const path =
      finding.path &&
      hops.path(
        finding.path.hops.map(({ from, to, flows }) => ({
          from: from === 'internet' ? undefined : from,
          to,
          flows,
        })),
        finding.path.isSure,
        true,
      );
    return {
      check,
      severity,
      isSure: certainty === 'surely',
      fingerprint,
      title,
      account,
      region,
      workload: workload.name,
      members: finding.endpoints.flatMap(({ id }) => memberOf.get(id) ?? []),
      ...(finding.flows !== undefined && { flows: finding.flows }),
      ...(finding.witness !== undefined && { witness: finding.witness }),
      ...(path !== undefined && { path }),
      rules: finding.culprits.map(({ at: _, ...rule }) => rules.place(rule)),
      because: finding.because,
      controls: controls.place(finding.controls),
      fixes: finding.fixes.map((fix) => pageFix(fix, finding.unsolved)),
      ...(finding.unsolved !== undefined && { unsolved: finding.unsolved }),
      ...(finding.suppression && { accepted: finding.suppression }),
      ...(note !== undefined && { note }),
      ...(state && { state }),
      ...(since !== undefined && { since }),
    };
  };
  const left = new Set(after.findings.map(({ fingerprint }) => fingerprint));
  const gone = (before?.findings ?? []).filter(({ fingerprint }) => !left.has(fingerprint));
  return {
    findings: [
      ...after.findings.map((finding) =>
        tell(finding, before && stateOf(old.get(finding.fingerprint), finding)),
      ),
      ...gone.map((finding) => tell(finding, 'closed')),
    ],
    rules: rules.values,
    controlSets: controls.values,
  };
}

function stateOf(was: ReportFinding | undefined, is: ReportFinding): State | undefined {
  if (was === undefined) return 'opened';
  const isSame = (['severity', 'certainty', 'title', 'flows'] as const).every((key) => was[key] === is[key]);
  return isSame ? undefined : 'changed';
}

function pageFix(fix: ReportFix, unsolved: string | undefined): PageFix {
  const { owners = [], what, commands, isProven } = fix;
  return {
    owners,
    ...(what !== undefined && { what }),
    commands,
    proof: isProven
      ? `Tried on the model: the finding goes, nothing opens${closedText(fix, (name) => name)}.`
      : `To begin with: ${unsolved ?? 'not tried on the model'}. Look before you do it.`,
  };
}
