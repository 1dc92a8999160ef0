import { ALL_IPV4, ALL_IPV6, type IpSet } from '#netset';
import type { BlindSpotId } from '#model';
import type { ClusterDraft } from './cluster-draft.ts';
import { ALL_PODS, type PodGroup } from './pod-groups.ts';
import type { PodSet } from './pods.ts';
import type { Named } from './tiered-policy.ts';

/**
 * Whoever has one of these addresses, outside or as a pod. `doubt` is asked for where the addresses of so many workloads are
 * not known.
 */
export function withAddress(
  draft: ClusterDraft,
  ips: IpSet,
  text: string,
  doubt: (workloads: number) => BlindSpotId,
): readonly Named[] {
  const pods = podsWithAddress(draft, draft.groups.of(ALL_PODS), ips, text, doubt);
  return [{ selector: { kind: 'ips', ips, text, alsoUnaddressed: true } }, ...pods];
}

/** The pods of a group that have one of these addresses. */
export function podsWithAddress(
  draft: ClusterDraft,
  among: PodGroup,
  ips: IpSet,
  text: string,
  doubt: (workloads: number) => BlindSpotId,
): readonly Named[] {
  const sure = draft.groups.among(among, `in ${text}`, (pod) => isIn(pod, ips) === 'yes');
  const maybe = draft.groups.among(among, `perhaps in ${text}`, (pod) => isIn(pod, ips) === 'perhaps');
  const found: Named[] = [];
  if (sure.members.length > 0) found.push({ selector: { kind: 'group', group: sure.id, text: sure.text } });
  if (maybe.members.length > 0)
    found.push({
      selector: { kind: 'group', group: maybe.id, text: maybe.text },
      doubt: doubt(maybe.members.length),
    });
  return found;
}

/** Whether pods have addresses of a set: all of them, some or perhaps some, none. */
function isIn(pod: PodSet, ips: IpSet): 'yes' | 'perhaps' | 'no' {
  const isWhole = [ALL_IPV4, ALL_IPV6].every((all) => all.subtract(ips).isEmpty);
  if (isWhole) return 'yes';
  // without a sight of it, a pod has an IPv4 address as most do, but that is not sure
  if (pod.pods.length === 0 || pod.pods.some(({ ips: own }) => own.length === 0)) return 'perhaps';
  const addresses = pod.pods.flatMap((each) => each.ips);
  const inside = addresses.filter((ip) => ips.has(ip)).length;
  if (inside === 0) return 'no';
  return inside === addresses.length ? 'yes' : 'perhaps';
}
