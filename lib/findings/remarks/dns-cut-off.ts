import { TransportSet } from '#netset';
import type { Endpoint } from '#model';
import type { Audited } from '../audited.ts';
import { Clusters } from '../clusters/cluster.ts';
import { fingerprintOf } from '../fingerprint.ts';
import type { Remark } from '../remark.ts';

const DNS = TransportSet.udp(53);

/**
 * Workloads whose policies let something out and no DNS: what they may open they cannot find by its name. One that may open nothing at all
 * is shut on purpose.
 */
export function checkDnsCutOff({ analysis }: Audited): Remark[] {
  const clusters = new Clusters(analysis.network);
  return clusters.workloads
    .filter((workload) => isCutOff(workload, clusters))
    .map((workload) => ({
      check: 'dns-cut-off',
      severity: 'low',
      fingerprint: fingerprintOf('dns-cut-off', workload.workload.id),
      title: `${workload.name} may open connections and resolve no names: none of its policies lets udp 53 out; to let it ask the cluster's DNS, add to one: egress: [{ to: [{ namespaceSelector: {} }], ports: [{ protocol: UDP, port: 53 }, { protocol: TCP, port: 53 }] }]`,
      subject: workload.workload,
      rules: [],
    }));
}

function isCutOff(workload: Endpoint, clusters: Clusters): boolean {
  const policies = clusters.policiesOf(workload, 'egress');
  const isShut = policies.some(({ tier }) => tier?.otherwise === 'deny');
  const allows = policies.flatMap(({ rules }) =>
    rules.filter(({ direction, action }) => direction === 'egress' && action === 'allow'),
  );
  return isShut && allows.length > 0 && !allows.some(({ transport }) => transport.overlaps(DNS));
}
