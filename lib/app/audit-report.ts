import { exposures } from '#engine';
import {
  audit,
  fixFor,
  intentFor,
  latent,
  remarks,
  review,
  riskOf,
  type Finding,
  type Fix,
  type Remark,
  type Review,
  type Risk,
} from '#findings';
import { toReport, type Report } from '#report';
import { removalCommands } from '#sources/aws';
import type { Network } from '#model';
import { exceptionsOf } from './config/exceptions-of.ts';
import { intentOf } from './config/intent-of.ts';
import { loadConfig } from './config/load-config.ts';
import { checkAssertions, type FactResult } from './facts/check-facts.ts';
import { loadAnalysis, type Target } from './load.ts';
import { VERSION } from './version.ts';

/** How many findings have their fix tried on the model: each try is an analysis of the whole network. */
const FIXES_TRIED = 20;

export type AuditAnswer = {
  readonly network: Network;
  /** Those that nobody has accepted. */
  readonly findings: readonly Fixed[];
  /** About what is not open now and would be by the next step. */
  readonly latent: readonly Fixed[];
  /** Of all that is open, whoever has accepted it. */
  readonly risk: Risk;
  readonly remarks: readonly Remark[];
  /** Which findings somebody answers for, and what else there is to say of exceptions. */
  readonly review: Review;
  /** The assertions of the configuration. */
  readonly assertions: readonly FactResult[];
  /** Everything, what was accepted among it. */
  readonly report: Report;
};

type Fixed = { readonly finding: Finding; readonly fix: AuditFix };

export type AuditFix = { readonly commands: readonly string[]; readonly isProven: boolean };

/** What is audited, and what it is compared with: by default the `postern.yml` that is here, if one is. */
export type AuditTarget = Target & { readonly config?: string };

/**
 * What is wrong with a network now, with a way out of each finding, as findings and as the document of all formats.
 *
 * @throws QuestionError if the network or the configuration cannot be read
 */
export async function auditReport(
  target: AuditTarget,
  clock: () => Date = () => new Date(),
): Promise<AuditAnswer> {
  const { config } = await loadConfig(target.config);
  const meant = intentOf(config);
  const { analysis, targets } = await loadAnalysis(target);
  const { network } = analysis;
  const fixes = new Map<Finding, AuditFix>();
  const [open, asleep, untidy] = [audit(analysis, meant), latent(analysis, meant), remarks(analysis)];
  for (const [i, finding] of [...open, ...asleep].entries()) {
    const fix: Fix =
      i < FIXES_TRIED ? fixFor(network, finding, meant) : { remove: finding.culprits, isProven: false };
    fixes.set(finding, { commands: removalCommands(network, fix.remove), isProven: fix.isProven });
  }
  const risk = riskOf(open);
  const now = clock().toISOString();
  const intent = intentFor(meant, network);
  const reviewed = review([...open, ...asleep], exceptionsOf(config.exceptions), now);
  const acceptedBy = new Map(reviewed.accepted.map(({ finding, exception }) => [finding, exception]));
  const isOpen = (finding: Finding): boolean => !acceptedBy.has(finding);
  const fixOf = (finding: Finding): AuditFix => fixes.get(finding) ?? { commands: [], isProven: false };
  const fixed = (finding: Finding): Fixed => ({ finding, fix: fixOf(finding) });
  return {
    network,
    findings: open.filter(isOpen).map(fixed),
    latent: asleep.filter(isOpen).map(fixed),
    risk,
    remarks: untidy,
    review: reviewed,
    assertions: checkAssertions(config.assertions, analysis, intent),
    report: toReport({
      network,
      findings: [...open, ...asleep],
      risk,
      remarks: untidy,
      exposures: exposures(analysis),
      targets,
      version: VERSION,
      now,
      isJewel: intent.isCrownJewel,
      extrasOf: (finding) => {
        const { commands, isProven } = fixOf(finding);
        const { owner, reason, until } = acceptedBy.get(finding) ?? {};
        return {
          fixes: commands.length === 0 ? [] : [{ kind: 'aws-cli', commands, isProven }],
          ...(owner !== undefined &&
            reason !== undefined &&
            until !== undefined && { suppression: { owner, reason, until } }),
        };
      },
    }),
  };
}
