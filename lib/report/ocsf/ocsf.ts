import type { Control, Severity } from '#findings';
import type { Report, ReportFinding } from '../document/report-schema.ts';
import { shown } from '../document/shown.ts';
import { ocsfAttacks } from './ocsf-attacks.ts';
import { ocsfResources, observablesOf } from './ocsf-resources.ts';

/** The version of the schema that the events are of. https://schema.ocsf.io/1.9.0/classes/compliance_finding */
const OCSF_VERSION = '1.9.0';

const FINDINGS = 2;
const COMPLIANCE_FINDING = 2003;
const DETECTION_FINDING = 2004;
const CREATE = 1;

const SEVERITY: Readonly<Record<Severity, readonly [id: number, caption: string]>> = {
  critical: [5, 'Critical'],
  high: [4, 'High'],
  medium: [3, 'Medium'],
  low: [2, 'Low'],
  info: [1, 'Informational'],
};

const LONGEST_TITLE = 500;
const LONGEST = 4_000;

/**
 * A report as OCSF events: one Compliance Finding for each finding that touches a framework, a Detection Finding for what touches none. Their
 * `finding_info.uid` stays the same over time.
 */
export function toOcsf(report: Report): object[] {
  return report.findings.map((finding) => eventOf(finding, report));
}

function eventOf(finding: ReportFinding, report: Report): object {
  const { severity, controls, suppression, certainty } = finding;
  const requirements = controls.filter(({ framework }) => framework !== 'mitre-attack');
  const isCompliance = requirements.length > 0;
  const classUid = isCompliance ? COMPLIANCE_FINDING : DETECTION_FINDING;
  const className = isCompliance ? 'Compliance Finding' : 'Detection Finding';
  const time = Date.parse(report.createdAt);
  const resources = ocsfResources(finding);
  return {
    activity_id: CREATE,
    activity_name: 'Create',
    category_uid: FINDINGS,
    category_name: 'Findings',
    class_uid: classUid,
    class_name: className,
    type_uid: classUid * 100 + CREATE,
    type_name: `${className}: Create`,
    time,
    severity_id: SEVERITY[severity][0],
    severity: SEVERITY[severity][1],
    status_id: suppression === undefined ? 1 : 3,
    status: suppression === undefined ? 'New' : 'Suppressed',
    confidence_id: certainty === 'surely' ? 3 : 2,
    confidence: certainty === 'surely' ? 'High' : 'Medium',
    message: shown(finding.title, LONGEST_TITLE),
    metadata: {
      version: OCSF_VERSION,
      product: { name: 'Postern', vendor_name: 'Postern', uid: 'postern', version: report.tool.version },
      ...(finding.source === undefined && { profiles: ['cloud'] }),
      event_code: finding.check,
    },
    // what was read of a cluster does not tell whose cloud it is in, if in any
    ...(finding.source === undefined && {
      cloud: {
        provider: 'AWS',
        region: finding.region,
        account: { uid: finding.account, type: 'AWS Account', type_id: 10 },
      },
    }),
    finding_info: findingInfoOf(finding, report, time),
    ...(isCompliance && { compliance: complianceOf(finding, report, requirements) }),
    ...remediationOf(finding, report),
    resources,
    observables: observablesOf(finding),
    unmapped: unmappedOf(finding, report),
  };
}

function findingInfoOf(finding: ReportFinding, { checks, tool }: Report, time: number): object {
  const info = checks.find(({ id }) => id === finding.check);
  const attacks = ocsfAttacks(finding.controls);
  return {
    uid: `postern/${finding.account}/${finding.region}/${finding.fingerprint}`,
    title: shown(finding.title, LONGEST_TITLE),
    desc: shown(info?.reason ?? finding.title, LONGEST),
    types: ['Network Reachability'],
    created_time: time,
    last_seen_time: time,
    analytic: {
      type_id: 1,
      type: 'Rule',
      uid: finding.check,
      name: info?.title ?? finding.check,
      version: tool.version,
    },
    ...(attacks.length > 0 && { attacks }),
  };
}

function complianceOf(
  { certainty }: ReportFinding,
  { frameworks }: Report,
  requirements: readonly Control[],
): object {
  const isCertain = certainty === 'surely';
  const status = isCertain ? { status_id: 3, status: 'Fail' } : { status_id: 2, status: 'Warning' };
  const titleOf = (id: string): string => {
    const known = frameworks.find((one) => one.id === id);
    return known === undefined ? id : `${known.title} ${known.version}`;
  };
  return {
    standards: [...new Set(requirements.map(({ framework }) => titleOf(framework)))],
    requirements: requirements.map(({ framework, id }) => `${titleOf(framework)}: ${id}`),
    checks: requirements.map(({ framework, id }) => ({
      uid: id,
      name: `${titleOf(framework)} ${id}`,
      standards: [titleOf(framework)],
      ...status,
    })),
    ...status,
  };
}

function remediationOf({ fixes, check }: ReportFinding, { checks }: Report): object {
  const [fix] = fixes;
  const words = checks.find(({ id }) => id === check)?.whatToDo ?? '';
  const commands = fix?.commands ?? [];
  const owners = (fix?.owners ?? []).map((owner) => `First: ${owner}.`);
  const desc = commands.length > 0 ? [...owners, ...commands].join('\n') : words;
  return desc === '' ? {} : { remediation: { desc: lines(desc) } };
}

/** What the schema has no place for. */
function unmappedOf(finding: ReportFinding, { blindSpots }: Report): object {
  const { fingerprint, flows, witness, path, culprits, because, fixes, suppression } = finding;
  return {
    fingerprint,
    ...(flows !== undefined && { flows }),
    ...(witness !== undefined && { witness }),
    ...(path && {
      path: path.hops.map((hop) => ({
        from: shown(hop.fromName, 200),
        to: shown(hop.toName, 200),
        flows: hop.flows,
      })),
    }),
    rules: culprits.map(({ policy, rule, flows: admitted, far, direction }) => ({
      policy: shown(policy, 200),
      rule: shown(rule, 200),
      direction,
      flows: admitted,
      far: shown(far, 500),
    })),
    blind_spots: because.flatMap((id) => {
      const what = blindSpots.find((spot) => spot.id === id)?.what;
      return what === undefined ? [] : [shown(what, 500)];
    }),
    fixes: fixes.map(({ kind, what, commands, isProven }) => ({
      kind,
      ...(what !== undefined && { what: shown(what, 500) }),
      commands: commands.map((command) => lines(command)),
      is_proven: isProven,
    })),
    ...(suppression && {
      suppression: {
        owner: shown(suppression.owner, 200),
        reason: shown(suppression.reason, 1_000),
        until: suppression.until,
      },
    }),
  };
}

function lines(text: string): string {
  return text
    .split('\n')
    .map((line) => shown(line, LONGEST))
    .join('\n');
}
