import { IpSet } from '#netset';
import { calicoSetShape, namespaceOf, type ReadObject } from '../../resources/index.ts';
import type { Labels } from '../match-labels.ts';
import { isCalico } from './policies.ts';

/** Addresses with labels, which selectors name as they name pods. */
export type NetworkSet = {
  /** Absent for a set of the whole cluster. */
  readonly namespace?: string;
  readonly labels: Labels;
  readonly ips: IpSet;
};

/** https://docs.tigera.io/calico/latest/reference/resources/networkset */
export function readNetworkSets(objects: readonly ReadObject[]): readonly NetworkSet[] {
  return objects.flatMap((read): NetworkSet[] => {
    if (!isCalico(read, 'NetworkSet', 'GlobalNetworkSet')) return [];
    const { success, data } = calicoSetShape.safeParse(read.object);
    if (!success) return [];
    return [
      {
        ...(read.object.kind === 'NetworkSet' && { namespace: namespaceOf(read.object) }),
        labels: new Map(Object.entries(data.metadata.labels ?? {})),
        ips: IpSet.unionOf((data.spec?.nets ?? []).map((net) => IpSet.parse(net))),
      },
    ];
  });
}
