import type { Analysis } from '#engine';
import { checkAllTrafficGroups } from './checks/all-traffic-group.ts';
import { checkDefaultGroups } from './checks/default-group.ts';
import { checkExposed } from './checks/exposed.ts';
import { checkLateralPaths } from './checks/lateral-path.ts';
import { SEVERITIES, type Finding } from './finding.ts';

const CHECKS = [checkExposed, checkLateralPaths, checkAllTrafficGroups, checkDefaultGroups];

/** All findings, worst first, then in a stable order. */
export function audit(analysis: Analysis): Finding[] {
  return CHECKS.flatMap((check) => check({ analysis })).sort(
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
