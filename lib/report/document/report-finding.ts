import { describeFlow, formatIp } from '#netset';
import { describeSelector, type Endpoint, type Network, type PolicyId, type SourceRef } from '#model';
import { sourceName, type Path } from '#engine';
import { controlsOf, type Culprit, type Finding } from '#findings';
import type { ReportEndpoint, ReportFinding, ReportPath } from './report-schema.ts';

/** What is known of a finding beside itself. */
export type FindingExtras = {
  readonly fixes?: ReportFinding['fixes'];
  readonly unsolved?: string;
  readonly suppression?: ReportFinding['suppression'];
};

/** A finding as reports have it: plain JSON, sets as texts in the words of the command line. */
export function reportFinding(
  finding: Finding,
  network: Network,
  { fixes = [], unsolved, suppression }: FindingExtras = {},
): ReportFinding {
  const { check, severity, certainty, fingerprint, title, workload, transport, witness, path } = finding;
  const at = placeOf(finding, network);
  return {
    check,
    severity,
    certainty,
    fingerprint,
    title,
    ...(at?.source === 'kubernetes' && { source: at.source }),
    account: at?.account ?? '',
    region: at?.region ?? '',
    workload,
    endpoints: finding.endpoints.map(reportEndpoint),
    ...(transport && { flows: transport.toString() }),
    ...(witness && { witness: describeFlow(witness) }),
    ...(path && { path: reportPath(path) }),
    culprits: finding.culprits.map((culprit) => reportCulprit(culprit, network)),
    because: finding.because,
    controls: controlsOf(finding),
    fixes,
    ...(unsolved !== undefined && { unsolved }),
    ...(suppression && { suppression }),
  };
}

export function reportPath({ hops, isSure }: Path): ReportPath {
  return {
    isSure,
    hops: hops.map((hop) => ({
      from: hop.from?.id ?? 'internet',
      fromName: sourceName(hop),
      to: hop.to.id,
      toName: hop.to.name,
      flows: hop.transport.toString(),
    })),
  };
}

function reportEndpoint(endpoint: Endpoint): ReportEndpoint {
  const { id, name, role, host, account, at, network, subnet, addresses } = endpoint;
  return {
    id,
    name,
    role,
    host,
    account,
    region: at.region,
    network,
    subnet,
    publicIps: addresses.flatMap(({ publicIp }) => (publicIp === undefined ? [] : [formatIp(publicIp)])),
  };
}

function reportCulprit({ policy, rule }: Culprit, network: Network): ReportFinding['culprits'][number] {
  return {
    policy,
    policyName: network.policies.get(policy as PolicyId)?.name ?? '',
    rule: rule.id,
    direction: rule.direction,
    flows: rule.transport.toString(),
    far: describeSelector(rule.selector),
    description: rule.description,
    at: rule.at,
  };
}

/** Where it is: where its interface was read, else its group, else the rule that it rests on. */
function placeOf({ endpoints, workload, culprits }: Finding, network: Network): SourceRef | undefined {
  return endpoints[0]?.at ?? network.policies.get(workload.id as PolicyId)?.at ?? culprits[0]?.rule.at;
}
