import { IpSet } from '#netset';
import type { Rule } from '#model';
import type { Audited } from '../audited.ts';
import { Clusters } from '../clusters/cluster.ts';
import { fingerprintOf } from '../fingerprint.ts';
import type { Remark } from '../remark.ts';

/** Where clusters take the addresses of their pods and services from: RFC 1918, and RFC 6598, which clouds use for pods. */
const PRIVATE = IpSet.parse('10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fc00::/7');

/** An instance metadata service or a node-local resolver are no pods. */
const LINK_LOCAL = IpSet.parse('169.254.0.0/16', 'fe80::/10');

/**
 * Rules whose ipBlock holds private addresses only. Blocks are for what is outside the cluster: whether one means a pod is up to the plugin,
 * and a pod's address is another one tomorrow. Where the plugin takes a pod for whoever has its address, a block means the pods that are
 * in it, and private networks around the cluster are named by it as well: nothing is to be said.
 *
 * https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors
 */
export function checkPodAddresses({ analysis }: Audited): Remark[] {
  const clusters = new Clusters(analysis.network);
  return clusters.written().flatMap((policy): Remark[] => {
    const rules = policy.rules.filter(isForPods);
    if (rules.length === 0) return [];
    return [
      {
        check: 'policy-names-pod-addresses',
        severity: 'low',
        fingerprint: fingerprintOf('policy-names-pod-addresses', policy.at.id),
        title: `policy ${policy.name} names private addresses by ipBlock: blocks are for what is outside, so that it may mean no pod; name pods by their labels`,
        subject: { id: policy.at.id, name: policy.name },
        rules: rules.map((rule) => ({ policy: policy.id, rule })),
      },
    ];
  });
}

function isForPods({ selector }: Rule): boolean {
  if (selector.kind !== 'ips' || selector.ips.isEmpty || selector.alsoUnaddressed === true) return false;
  return selector.ips.isSubsetOf(PRIVATE) && !selector.ips.overlaps(LINK_LOCAL);
}
