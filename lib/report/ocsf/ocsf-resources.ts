import type { ReportFinding } from '../document/report-schema.ts';
import { shown } from '../document/shown.ts';

const MOST = 100;

/** What is affected, then the groups and ACLs whose rules are to blame. https://schema.ocsf.io/1.9.0/objects/resource_details */
export function ocsfResources({ workload, endpoints, culprits, region }: ReportFinding): object[] {
  const affected = [
    { uid: workload.id, name: workload.name, type: 'workload', region, ip: undefined },
    ...endpoints
      .filter(({ id }) => id !== workload.id)
      .map((endpoint) => ({
        uid: endpoint.id,
        name: endpoint.name,
        type: endpoint.role,
        region: endpoint.region,
        ip: endpoint.publicIps[0],
      })),
  ].map(({ uid, name, type, region: where, ip }) => ({
    uid: named(uid, 500),
    name: named(name === '' ? uid : name, 200),
    type,
    ...(where !== '' && { region: where }),
    ...(ip !== undefined && { ip }),
    role_id: 3,
    role: 'Affected',
  }));
  const policies = new Map(culprits.map(({ policy, policyName, at }) => [policy, { policyName, at }]));
  const related = [...policies].map(([policy, { policyName, at }]) => ({
    uid: named(policy, 500),
    name: named(policyName === '' ? policy : policyName, 200),
    type: 'policy',
    ...(at.region !== '' && { region: at.region }),
    role_id: 4,
    role: 'Related',
  }));
  return [...affected.slice(0, MOST), ...related.slice(0, MOST)];
}

/** What one would search other events for. https://schema.ocsf.io/1.9.0/objects/observable */
export function observablesOf({ workload, endpoints }: ReportFinding): object[] {
  const ids = new Set([workload.id, ...endpoints.map(({ id }) => id)]);
  const ips = new Set(endpoints.flatMap(({ publicIps }) => publicIps.slice(0, 1)));
  return [
    ...[...ids].slice(0, MOST).map((id) => ({
      name: 'resources.uid',
      type_id: 10,
      type: 'Resource UID',
      value: named(id, 500),
    })),
    ...[...ips]
      .slice(0, MOST)
      .map((ip) => ({ name: 'resources.ip', type_id: 2, type: 'IP Address', value: ip })),
  ];
}

/** An id or a name, which the schema does not let be empty. */
function named(text: string, longest: number): string {
  return text === '' ? 'unknown' : shown(text, longest);
}
