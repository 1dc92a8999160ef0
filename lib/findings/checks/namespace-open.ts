import type { Endpoint } from '#model';
import type { Audited } from '../audited.ts';
import { Clusters } from '../clusters/cluster.ts';
import type { Finding, Severity } from '../finding.ts';
import { fingerprintOf } from '../fingerprint.ts';
import { count, nameList } from '../name-list.ts';

/** What the cluster itself runs: nobody ships policies for it, and it has to be reached by everything. */
const SYSTEM = 'kube-';

/** Namespaces in which some workload accepts everything from every pod, since no policy is about it. */
export function checkOpenNamespaces({ analysis, intent }: Audited): Finding[] {
  const clusters = new Clusters(analysis.network);
  const open = new Map<string, Endpoint[]>();
  for (const workload of clusters.workloads) {
    if (clusters.policiesOf(workload, 'ingress').length > 0) continue;
    const namespace = clusters.namespaceOf(workload);
    open.set(namespace, [...(open.get(namespace) ?? []), workload]);
  }
  return [...open].map(([namespace, workloads]) => {
    const id = `namespace/${namespace}`;
    const total = clusters.workloads.filter(
      (workload) => clusters.namespaceOf(workload) === namespace,
    ).length;
    const who =
      workloads.length === total
        ? `all of its ${count(total, 'workload')}`
        : `${String(workloads.length)} of its ${count(total, 'workload')}`;
    return {
      check: 'namespace-without-default-deny',
      severity: severityOf(namespace, workloads.some(intent.isCrownJewel)),
      certainty: 'surely',
      fingerprint: fingerprintOf('namespace-without-default-deny', id),
      title: `namespace ${namespace} denies nothing by default: ${who} ${workloads.length === 1 ? 'accepts' : 'accept'} everything from every pod (${nameList(
        workloads.map(({ name }) => name),
        4,
      )})`,
      workload: { id, name: `namespace ${namespace}` },
      endpoints: workloads,
      culprits: [],
      because: [],
    };
  });
}

function severityOf(namespace: string, hasJewel: boolean): Severity {
  if (namespace.startsWith(SYSTEM)) return 'info';
  return hasJewel ? 'high' : 'low';
}
