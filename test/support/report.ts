import { analyse, exposures } from '#engine';
import { audit, latent, remarks, riskOf } from '#findings';
import { toReport, type Report } from '#report';
import { translate, type AwsSnapshot } from '#sources/aws';

export const REPORT_TIME = '2026-03-01T08:00:00Z';

/** The report about one snapshot, as the command line makes it but for the fixes. */
export function reportOf(snapshots: readonly AwsSnapshot[]): Report {
  const analysis = analyse(translate(snapshots));
  return toReport({
    network: analysis.network,
    findings: [...audit(analysis), ...latent(analysis)],
    risk: riskOf(audit(analysis)),
    remarks: remarks(analysis),
    exposures: exposures(analysis),
    targets: snapshots.map(({ _meta: { account, region } }) => ({ account, region, readAt: REPORT_TIME })),
    version: '1.2.3',
    now: REPORT_TIME,
    extrasOf: () => ({
      fixes: [{ kind: 'aws-cli', commands: ['aws ec2 revoke-security-group-ingress'], isProven: true }],
    }),
  });
}

/** The same report, with one text wherever the account has a word: names, descriptions, ids that are none of AWS's. */
export function saying(text: string, report: Report): Report {
  const named = <T extends { readonly name: string }>(thing: T): T => ({ ...thing, name: text });
  return {
    ...report,
    findings: report.findings.map((finding, i) => ({
      ...finding,
      title: `SSH on ${text} is open`,
      workload: { id: i === 0 ? text : finding.workload.id, name: text },
      endpoints: finding.endpoints.map(named),
      ...(finding.path && {
        path: {
          ...finding.path,
          hops: finding.path.hops.map((hop) => ({ ...hop, fromName: text, toName: text })),
        },
      }),
      culprits: finding.culprits.map((culprit) => ({
        ...culprit,
        policyName: text,
        far: text,
        description: text,
      })),
      ...(i === 1 && { suppression: { owner: text, reason: text, until: '2026-04-01' } }),
    })),
    remarks: report.remarks.map((remark) => ({
      ...remark,
      title: text,
      subject: { ...remark.subject, name: text },
    })),
    exposures: report.exposures.map(named),
    crownJewels: report.crownJewels.map(named),
    blindSpots: report.blindSpots.map((spot) => ({ ...spot, what: text, remedy: text })),
  };
}
