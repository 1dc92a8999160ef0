import { IpSet } from '#netset';
import { ciliumBlocksShape, groupOf, type Problem, type ReadObject } from '../../resources/index.ts';
import { parsePart } from '../parse.ts';

/** The blocks that have a name, which rules may use instead of the blocks. */
export function readCidrGroups(
  objects: readonly ReadObject[],
  problems: Problem[],
): ReadonlyMap<string, IpSet> {
  return new Map(
    objects.flatMap((read) => {
      const { object } = read;
      if (object.kind !== 'CiliumCIDRGroup' || groupOf(object) !== 'cilium.io') return [];
      const spec = parsePart(ciliumBlocksShape, read, 'spec', problems, false);
      if (spec === undefined) return [];
      const ips = IpSet.unionOf((spec.externalCIDRs ?? []).map((text) => IpSet.parse(text)));
      return [[object.metadata.name ?? '', ips] as const];
    }),
  );
}
