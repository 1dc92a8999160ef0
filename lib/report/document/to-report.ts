import type { Endpoint, Network } from '#model';
import type { Exposure, OutsideReach } from '#engine';
import {
  CHECK_INFO,
  FRAMEWORK_IDS,
  FRAMEWORKS,
  isCrownJewel,
  type Finding,
  type Remark,
  type Risk,
} from '#findings';
import { countsOf } from './counts.ts';
import { reportFinding, type FindingExtras } from './report-finding.ts';
import type { Report } from './report-schema.ts';

/** What a report is made of. */
export type ReportParts = {
  readonly network: Network;
  /** Worst first; those about what is open come before those about what would be. */
  readonly findings: readonly Finding[];
  /** Of what is open. */
  readonly risk: Risk;
  readonly remarks: readonly Remark[];
  /** What the configuration says is to hold, and whether it does. */
  readonly assertions?: NonNullable<Report['assertions']>;
  readonly exposures: readonly Exposure[];
  /** The targets that were read, and when. */
  readonly targets: Report['targets'];
  /** The version of Postern. */
  readonly version: string;
  /** Counts as the time of the report where no target tells one. ISO 8601. */
  readonly now: string;
  readonly extrasOf?: (finding: Finding) => FindingExtras;
  /** Who is most worth guarding; absent where only kinds say so. */
  readonly isJewel?: (endpoint: Endpoint) => boolean;
};

/** The document of an audit. The same network gives the same document, as long as its targets tell when they were read. */
export function toReport(parts: ReportParts): Report {
  const { network, findings, risk, remarks, exposures, targets, version, now, extrasOf } = parts;
  const { assertions } = parts;
  const told = findings.map((finding) => reportFinding(finding, network, extrasOf?.(finding)));
  const checks = new Set(findings.map(({ check }) => check));
  const frameworks = new Set(told.flatMap(({ controls }) => controls.map(({ framework }) => framework)));
  return {
    schemaVersion: 1,
    tool: { name: 'postern', version },
    createdAt: latest(targets.flatMap(({ readAt }) => readAt ?? [])) ?? now,
    targets,
    counts: countsOf(network),
    risk: {
      formula: risk.formula,
      score: risk.score,
      countsAccepted: true,
      parts: risk.parts.map((part) => ({ fingerprint: part.finding.fingerprint, points: part.points })),
    },
    findings: told,
    ...(assertions && { assertions }),
    remarks: remarks.map(({ rules, ...remark }) => ({
      ...remark,
      rules: rules.map(({ policy, rule }) => ({ policy, rule: rule.id })),
    })),
    exposures: exposures.map(reportExposure),
    crownJewels: jewelsOf(network, parts.isJewel ?? isCrownJewel),
    blindSpots: [...network.blindSpots.values()],
    checks: [...checks].toSorted().map((id) => {
      const { title, reason, severity, whatToDo } = CHECK_INFO[id];
      return { id, title, reason, severity, whatToDo };
    }),
    frameworks: FRAMEWORK_IDS.filter((id) => frameworks.has(id)).map((id) => {
      const { title, short, version: edition, url, date } = FRAMEWORKS[id];
      return { id, title, short, version: edition, url, date };
    }),
  };
}

export function reportExposure({
  endpoint,
  family,
  sure,
  possible,
}: Pick<Exposure, 'endpoint' | 'family' | 'sure' | 'possible'>): Report['exposures'][number] {
  const reach = (pieces: readonly OutsideReach[]) =>
    pieces.map(({ ips, transport, repliesOnlyTo }) => ({
      from: ips.toString(),
      flows: transport.toString(),
      ...(repliesOnlyTo && { repliesOnlyTo: repliesOnlyTo.toString() }),
    }));
  return {
    endpoint: endpoint.id,
    name: endpoint.name,
    role: endpoint.role,
    workload: endpoint.workload.id,
    family,
    sure: reach(sure),
    possible: reach(possible),
  };
}

function jewelsOf(network: Network, isJewel: (endpoint: Endpoint) => boolean): Report['crownJewels'] {
  const byWorkload = new Map<string, Endpoint>();
  for (const endpoint of network.endpoints.values())
    if (isJewel(endpoint) && !byWorkload.has(endpoint.workload.id))
      byWorkload.set(endpoint.workload.id, endpoint);
  return [...byWorkload.values()].map(({ workload, role }) => ({ ...workload, role }));
}

/** The last of some times, in one form whatever theirs; `undefined` of none. */
function latest(times: readonly string[]): string | undefined {
  const known = times.map((time) => Date.parse(time)).filter((time) => !Number.isNaN(time));
  return known.length === 0 ? undefined : new Date(Math.max(...known)).toISOString();
}
