import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import type { Control, Severity } from '#findings';
import type { Report, ReportFinding, ReportFix } from '../document/report-schema.ts';
import { rulePlace } from '../document/rule-place.ts';
import { shown } from '../document/shown.ts';
import { asffResource, partitionOf, type Thing } from './asff-resource.ts';
import { requirementsOf } from './asff-requirements.ts';
import { ASFF_LIMITS } from './limits.ts';

/** What every finding in this format has, however it came about. Texts are untrusted. */
export type AsffParts = {
  readonly fingerprint: string;
  readonly check: string;
  readonly severity: Severity;
  readonly title: string;
  readonly description: readonly string[];
  readonly isCertain: boolean;
  readonly account: string;
  readonly region: string;
  readonly things: readonly Thing[];
  readonly controls: readonly Control[];
  readonly remediation: string;
  readonly fields: Readonly<Record<string, string>>;
  /** ISO 8601. */
  readonly time: string;
  readonly isOpen: boolean;
};

/** In whose Security Hub a finding is: only an account itself may import what is about it, so for a hub this is the hub. */
export type AsffOwner = { readonly account: string; readonly region: string };

const LABEL: Readonly<Record<Severity, 'INFORMATIONAL' | 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL'>> = {
  critical: 'CRITICAL',
  high: 'HIGH',
  medium: 'MEDIUM',
  low: 'LOW',
  info: 'INFORMATIONAL',
};

/** Of the taxonomy of types. https://docs.aws.amazon.com/securityhub/latest/userguide/asff-findings-types.html */
const REACHABILITY = 'Software and Configuration Checks/AWS Security Best Practices/Network Reachability';
const MORE_TYPES: Readonly<Record<string, readonly string[]>> = {
  'admin-port-exposed': ['TTPs/Initial Access'],
  'database-exposed': ['TTPs/Initial Access', 'Effects/Data Exposure'],
  'public-database': ['TTPs/Initial Access', 'Effects/Data Exposure'],
  'lateral-path': ['TTPs/Lateral Movement'],
  'segmentation-broken': ['TTPs/Lateral Movement'],
  'egress-from-crown-jewel': ['Effects/Data Exfiltration'],
  'monitor-blinded': ['TTPs/Defense Evasion'],
};

/** A report's findings as AWS Security Finding Format, each for the Security Hub of the account that it is about. */
export function toAsff(report: Report, owner?: AsffOwner): AwsSecurityFinding[] {
  return report.findings.map((finding) =>
    toSecurityFinding(partsOf(finding, report), owner ?? ownerOf(finding, report), finding),
  );
}

/** A cluster is in no Security Hub: what is about it goes to that of the account that was read with it. */
function ownerOf(finding: ReportFinding, { targets }: Report): AsffOwner {
  return finding.source === undefined ? finding : (targets.find(isAccount) ?? finding);
}

/** Whether what was read is an account, which alone has a Security Hub. */
export function isAccount({ account }: Report['targets'][number]): boolean {
  return /^\d{12}$/.test(account);
}

/** One finding. The Id stays the same over time, so that a later import updates it. */
export function toSecurityFinding(
  parts: AsffParts,
  { account, region }: AsffOwner,
  { suppression }: Pick<ReportFinding, 'suppression'> = {},
): AwsSecurityFinding {
  const { fingerprint, check, severity, time, isCertain, isOpen } = parts;
  const partition = partitionOf(region);
  const judged = {
    Severity: { Label: LABEL[severity], Original: severity },
    Types: [REACHABILITY, ...(MORE_TYPES[check] ?? [])],
    Confidence: isCertain ? 100 : 50,
  };
  return {
    SchemaVersion: '2018-10-08',
    Id: shown(`postern/${parts.account}/${parts.region}/${fingerprint}`, ASFF_LIMITS.id),
    ProductArn: `arn:${partition}:securityhub:${region}:${account}:product/${account}/default`,
    ProductName: 'Postern',
    CompanyName: 'Postern',
    GeneratorId: `postern/${check}`,
    AwsAccountId: account,
    CreatedAt: time,
    UpdatedAt: time,
    LastObservedAt: time,
    ...judged,
    FindingProviderFields: judged,
    Title: shown(parts.title, ASFF_LIMITS.title),
    Description: shown(parts.description.join(' '), ASFF_LIMITS.description),
    ...(parts.remediation !== '' && {
      Remediation: { Recommendation: { Text: shown(parts.remediation, ASFF_LIMITS.recommendation) } },
    }),
    ProductFields: Object.fromEntries(
      Object.entries({ ...parts.fields, fingerprint, check }).flatMap(([key, value]) =>
        value === '' ? [] : [[`postern/${key}`, shown(value, ASFF_LIMITS.productValue)]],
      ),
    ),
    Resources: parts.things.slice(0, ASFF_LIMITS.resources).map(asffResource),
    Compliance: {
      Status: !isOpen ? 'PASSED' : isCertain ? 'FAILED' : 'WARNING',
      RelatedRequirements: requirementsOf(parts.controls),
    },
    Workflow: { Status: !isOpen ? 'RESOLVED' : suppression === undefined ? 'NEW' : 'SUPPRESSED' },
    RecordState: isOpen ? 'ACTIVE' : 'ARCHIVED',
    ...(suppression && {
      Note: {
        Text: shown(`${suppression.reason} (until ${suppression.until})`, ASFF_LIMITS.note),
        UpdatedBy: shown(suppression.owner === '' ? 'unknown' : suppression.owner, ASFF_LIMITS.note),
        UpdatedAt: time,
      },
    }),
  };
}

function partsOf(finding: ReportFinding, { createdAt, checks, blindSpots, tool }: Report): AsffParts {
  const { workload, endpoints, culprits, path, fixes, because, flows = '', witness = '' } = finding;
  const info = checks.find(({ id }) => id === finding.check);
  const [fix] = fixes;
  const commands = fix?.commands ?? [];
  const unseen = because.flatMap((id) => blindSpots.find((spot) => spot.id === id)?.what ?? []);
  const place = { account: finding.account, region: finding.region };
  return {
    ...finding,
    description: [
      `${finding.title}.`,
      ...(unseen.length > 0 ? [`Not certain: ${unseen.join('; ')}.`] : []),
      ...(path === undefined ? [] : [`Path: ${pathText(path)}.`]),
      ...culprits.map(
        ({ rule, policy, flows: admitted, far, at }) =>
          `Rule ${rulePlace(rule, policy, at)}: ${admitted}, ${far}.`,
      ),
    ],
    isCertain: finding.certainty === 'surely',
    things: [
      { id: workload.id, ...place, facts: { name: workload.name } },
      ...endpoints
        .filter(({ id }) => id !== workload.id)
        .map(({ id, account, region, name, role, network, subnet, publicIps }) => ({
          id,
          account,
          region,
          facts: { name, role, network, subnet, publicIps: publicIps.join(', ') },
        })),
      ...new Map(
        culprits.map(({ policy, policyName, at }) => [
          policy,
          { id: policy, account: at.account, region: at.region, facts: { name: policyName } },
        ]),
      ).values(),
    ],
    remediation: remediationOf(fix, info?.whatToDo ?? ''),
    fields: {
      certainty: finding.certainty,
      flows,
      witness,
      path: path === undefined ? '' : pathText(path),
      rules: culprits.map(({ rule }) => rule).join(', '),
      fix: commands.some((command) => command.includes('<<')) ? '' : commands.join('\n'),
      fixIsProven: fix === undefined ? '' : String(fix.isProven),
      fixWhat: fix?.what ?? '',
      fixOwners: (fix?.owners ?? []).join('; '),
      version: tool.version,
    },
    time: createdAt,
    isOpen: true,
  };
}

/** The commands if they fit, what they do if not; before them what keeps the resource, since a change by hand may not last. */
function remediationOf(fix: ReportFix | undefined, advice: string): string {
  if (fix === undefined) return advice;
  const owners = (fix.owners ?? []).map((owner) => `First: ${owner}. `).join('');
  // a manifest has no place in a sentence
  const isManifest = fix.commands.some((command) => command.includes('<<'));
  const [commands, what] = [isManifest ? '' : fix.commands.join(' && '), fix.what ?? ''];
  return (
    [owners + commands, owners + what].find(
      (text, i) => (i === 0 ? commands : what) !== '' && text.length <= ASFF_LIMITS.recommendation,
    ) ?? advice
  );
}

function pathText({ hops }: NonNullable<ReportFinding['path']>): string {
  return hops.map(({ fromName, toName, flows }) => `${fromName} > ${flows} > ${toName}`).join(', ');
}
