import { TransportSet } from '#netset';
import type { Policy } from '#model';
import type { Audited } from '../audited.ts';
import { Clusters } from '../clusters/cluster.ts';
import { fingerprintOf } from '../fingerprint.ts';
import type { Remark } from '../remark.ts';

/**
 * Policies that admit a service's own port on pods that answer on another. A policy sees the pod's port, after the service has translated
 * its own.
 *
 * https://kubernetes.io/docs/concepts/services-networking/network-policies/#what-you-can-t-do-with-network-policies-at-least-not-yet
 */
export function checkServicePorts({ analysis }: Audited): Remark[] {
  const clusters = new Clusters(analysis.network);
  const { relays, policies } = analysis.network;
  return clusters.written().flatMap((policy): Remark[] => {
    const carriers = new Set(clusters.carriersOf(policy).map(({ id }) => id));
    for (const { name, entrances, listeners } of relays.values()) {
      if (entrances.length > 0) continue;
      for (const { transport: dialled, handoffs } of listeners) {
        for (const { target, transport: answered } of handoffs) {
          if (!carriers.has(target) || dialled.overlaps(answered)) continue;
          const rules = rulesOf(policy).filter(
            ({ transport }) =>
              isNarrow(transport) && dialled.isSubsetOf(transport) && !transport.overlaps(answered),
          );
          const admitted = TransportSet.unionOf(
            (analysis.network.endpoints.get(target)?.policies ?? []).flatMap((id) =>
              rulesOf(policies.get(id)).map(({ transport }) => transport),
            ),
          );
          if (rules.length === 0 || answered.isSubsetOf(admitted)) continue;
          return [
            {
              check: 'service-port-named',
              severity: 'low',
              fingerprint: fingerprintOf('service-port-named', policy.at.id),
              title: `policy ${policy.name} admits ${dialled.toString()}, the port of service ${name}; its pods answer on ${answered.toString()}, which no policy admits`,
              subject: { id: policy.at.id, name: policy.name },
              rules: rules.map((rule) => ({ policy: policy.id, rule })),
            },
          ];
        }
      }
    }
    return [];
  });
}

function rulesOf(policy: Policy | undefined): Policy['rules'] {
  return (policy?.rules ?? []).filter(
    ({ direction, action }) => direction === 'ingress' && action === 'allow',
  );
}

/** A few ports that somebody wrote down. */
function isNarrow(transport: TransportSet): boolean {
  return transport.spans.length <= 16 && !transport.equals(TransportSet.ALL);
}
