import { IpSet, parseIp } from '#netset';
import { groupOf, nodeShape, type ReadObject } from '../resources/index.ts';
import type { Labels } from './match-labels.ts';

/** A node and its addresses. */
export type Node = { readonly labels: Labels; readonly ips: IpSet };

export function readNodes(objects: readonly ReadObject[]): readonly Node[] {
  return objects.flatMap(({ object }): Node[] => {
    if (object.kind !== 'Node' || groupOf(object) !== '') return [];
    const { success, data } = nodeShape.safeParse(object);
    if (!success) return [];
    const addresses = (data.status?.addresses ?? []).filter(({ address }) => parseIp(address) !== undefined);
    return [
      {
        labels: new Map(Object.entries(data.metadata.labels ?? {})),
        ips: IpSet.unionOf(addresses.map(({ address }) => IpSet.parse(address))),
      },
    ];
  });
}
