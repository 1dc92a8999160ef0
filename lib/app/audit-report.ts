import { exposures } from '#engine';
import { audit, fixFor, latent, remarks, type Finding, type Fix, type Remark } from '#findings';
import { toReport, type Report } from '#report';
import { removalCommands } from '#sources/aws';
import type { Network } from '#model';
import { loadAnalysis, type Target } from './load.ts';
import { VERSION } from './version.ts';

/** How many findings have their fix tried on the model: each try is an analysis of the whole network. */
const FIXES_TRIED = 20;

export type AuditAnswer = {
  readonly network: Network;
  readonly findings: readonly Fixed[];
  /** About what is not open now and would be by the next step. */
  readonly latent: readonly Fixed[];
  readonly remarks: readonly Remark[];
  readonly report: Report;
};

type Fixed = { readonly finding: Finding; readonly fix: AuditFix };

export type AuditFix = { readonly commands: readonly string[]; readonly isProven: boolean };

/** What is wrong with a network now, with a way out of each finding, as findings and as the document of all formats. */
export async function auditReport(
  target: Target,
  clock: () => Date = () => new Date(),
): Promise<AuditAnswer> {
  const { analysis, targets } = await loadAnalysis(target);
  const { network } = analysis;
  const fixes = new Map<Finding, AuditFix>();
  const [open, asleep, untidy] = [audit(analysis), latent(analysis), remarks(analysis)];
  for (const [i, finding] of [...open, ...asleep].entries()) {
    const fix: Fix =
      i < FIXES_TRIED ? fixFor(network, finding) : { remove: finding.culprits, isProven: false };
    fixes.set(finding, { commands: removalCommands(network, fix.remove), isProven: fix.isProven });
  }
  const fixOf = (finding: Finding): AuditFix => fixes.get(finding) ?? { commands: [], isProven: false };
  const fixed = (finding: Finding): Fixed => ({ finding, fix: fixOf(finding) });
  return {
    network,
    findings: open.map(fixed),
    latent: asleep.map(fixed),
    remarks: untidy,
    report: toReport({
      network,
      findings: [...open, ...asleep],
      remarks: untidy,
      exposures: exposures(analysis),
      targets,
      version: VERSION,
      now: clock().toISOString(),
      extrasOf: (finding) => {
        const { commands, isProven } = fixOf(finding);
        return { fixes: commands.length === 0 ? [] : [{ kind: 'aws-cli', commands, isProven }] };
      },
    }),
  };
}
