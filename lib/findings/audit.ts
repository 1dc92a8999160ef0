import type { Analysis } from '#engine';
import { checkAdminPorts } from './checks/admin-port-exposed.ts';
import { checkAllTrafficGroups } from './checks/all-traffic-group.ts';
import { checkDatabasePorts } from './checks/database-exposed.ts';
import { checkDefaultGroups } from './checks/default-group.ts';

import { checkJewelEgress } from './checks/egress-from-crown-jewel.ts';
import { checkHighRiskPorts } from './checks/high-risk-port-exposed.ts';
import { checkLatentExposure } from './checks/latent-exposure.ts';
import { checkLateralPaths } from './checks/lateral-path.ts';
import { checkUnusedOpenGroups } from './checks/open-group-unused.ts';
import { checkWideJoins } from './checks/peering-too-wide.ts';
import { checkPublicDatabases } from './checks/public-database.ts';
import { checkSegmentation } from './checks/segmentation-broken.ts';
import { checkUnintendedExposures } from './checks/unintended-exposure.ts';
import { SEVERITIES, type Finding } from './finding.ts';
import type { Audited } from './audited.ts';
import { intentFor } from './intent/intent.ts';
import { NOTHING_SAID, type IntentSettings } from './intent/settings.ts';

const CHECKS = [
  checkAdminPorts,
  checkDatabasePorts,
  checkPublicDatabases,
  checkHighRiskPorts,
  checkUnintendedExposures,
  checkLateralPaths,
  checkSegmentation,
  checkJewelEgress,
  checkWideJoins,
  checkAllTrafficGroups,
  checkDefaultGroups,
];
const LATENT_CHECKS = [checkLatentExposure, checkUnusedOpenGroups];

/** What is wrong now, worst first, then in a stable order. What comes and goes of it is what people are alerted to. */
export function audit(analysis: Analysis, meant: IntentSettings = NOTHING_SAID): Finding[] {
  return findingsOf(CHECKS, analysis, meant);
}

/** What would be open by the next ordinary step, in the same order. For reports: nothing of it is open, so nobody is alerted to it. */
export function latent(analysis: Analysis, meant: IntentSettings = NOTHING_SAID): Finding[] {
  return findingsOf(LATENT_CHECKS, analysis, meant);
}

function findingsOf(
  checks: readonly ((audited: Audited) => Finding[])[],
  analysis: Analysis,
  meant: IntentSettings,
): Finding[] {
  const audited = { analysis, intent: intentFor(meant, analysis.network) };
  return worstFirst(checks.flatMap((check) => check(audited)));
}

function worstFirst(findings: Finding[]): Finding[] {
  return findings.sort(
    (a, b) =>
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
      compareText(a.check, b.check) ||
      compareText(a.workload.name, b.workload.name) ||
      compareText(a.fingerprint, b.fingerprint),
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
