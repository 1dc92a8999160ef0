import type { Analysis } from '#engine';
import { checkAdminPorts } from './checks/admin-port-exposed.ts';
import { checkAllTrafficGroups } from './checks/all-traffic-group.ts';
import { checkDatabasePorts } from './checks/database-exposed.ts';
import { checkDefaultGroups } from './checks/default-group.ts';
import { checkJewelEgress } from './checks/egress-from-crown-jewel.ts';
import { checkHighRiskPorts } from './checks/high-risk-port-exposed.ts';
import { checkIngressPaths } from './checks/ingress-path.ts';
import { checkLatentExposure } from './checks/latent-exposure.ts';
import { checkLateralPaths } from './checks/lateral-path.ts';
import { checkOpenNamespaces } from './checks/namespace-open.ts';
import { checkUnusedOpenGroups } from './checks/open-group-unused.ts';
import { checkOpenToCluster } from './checks/open-to-cluster.ts';
import { checkWideJoins } from './checks/peering-too-wide.ts';
import { checkInertPolicies } from './checks/policies-not-enforced.ts';
import { checkPublicDatabases } from './checks/public-database.ts';
import { checkSegmentation } from './checks/segmentation-broken.ts';
import { checkUnintendedExposures } from './checks/unintended-exposure.ts';
import { SEVERITIES, type CheckId, type Finding } from './finding.ts';
import type { Audited } from './audited.ts';
import { intentFor } from './intent/intent.ts';
import { NOTHING_SAID, type IntentSettings } from './intent/settings.ts';

type Check = (audited: Audited) => readonly Finding[];

const LATENT_CHECKS = {
  'latent-exposure': checkLatentExposure,
  'open-group-unused': checkUnusedOpenGroups,
} satisfies Partial<Record<CheckId, Check>>;

const CHECKS: Readonly<Record<Exclude<CheckId, keyof typeof LATENT_CHECKS>, Check>> = {
  'admin-port-exposed': checkAdminPorts,
  'database-exposed': checkDatabasePorts,
  'public-database': checkPublicDatabases,
  'high-risk-port-exposed': checkHighRiskPorts,
  'unintended-exposure': checkUnintendedExposures,
  'lateral-path': checkLateralPaths,
  'segmentation-broken': checkSegmentation,
  'egress-from-crown-jewel': checkJewelEgress,
  'peering-too-wide': checkWideJoins,
  'all-traffic-group': checkAllTrafficGroups,
  'default-group-in-use': checkDefaultGroups,
  'ingress-path-to-crown-jewel': checkIngressPaths,
  'namespace-without-default-deny': checkOpenNamespaces,
  'open-to-cluster': checkOpenToCluster,
  'policies-not-enforced': checkInertPolicies,
};

/** What is wrong now, worst first, then in a stable order. What comes and goes of it is what people are alerted to. */
export function audit(analysis: Analysis, meant: IntentSettings = NOTHING_SAID): Finding[] {
  return findingsOf(CHECKS, analysis, meant);
}

/** What would be open by the next ordinary step, in the same order. For reports: nothing of it is open, so nobody is alerted to it. */
export function latent(analysis: Analysis, meant: IntentSettings = NOTHING_SAID): Finding[] {
  return findingsOf(LATENT_CHECKS, analysis, meant);
}

function findingsOf(
  checks: Readonly<Partial<Record<CheckId, Check>>>,
  analysis: Analysis,
  meant: IntentSettings,
): Finding[] {
  const audited = { analysis, intent: intentFor(meant, analysis.network) };
  return worstFirst(Object.values(checks).flatMap((check) => check(audited)));
}

/**
 * What is found about some workloads or groups, in no order: by one check, or by all. What a change made of them costs less to say than what it
 * made of all.
 */
export function findingsAbout(
  audited: Audited & { readonly only: ReadonlySet<string> },
  check?: CheckId,
): readonly Finding[] {
  const all: Readonly<Record<CheckId, Check>> = { ...CHECKS, ...LATENT_CHECKS };
  const checks = check === undefined ? Object.values(all) : [all[check]];
  return checks.flatMap((each) => each(audited)).filter(({ workload }) => audited.only.has(workload.id));
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
