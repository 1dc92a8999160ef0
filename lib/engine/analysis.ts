import { TransportPool, type Family } from '#netset';
import type { Network } from '#model';
import { Axis } from './axis.ts';
import { Plane } from './plane.ts';
import { RowPool } from './row-pool.ts';

const FAMILIES: readonly Family[] = [4, 6];

/** A network compiled for questions: one plane for each address family. */
export type Analysis = { readonly network: Network; readonly planes: readonly Plane[] };

/**
 * Compiles networks over one line of positions and one set of pools, so that what did not change between them has equal
 * numbers and a diff only looks at what did.
 */
export function analyseTogether<const T extends readonly Network[]>(
  networks: T,
): { readonly [K in keyof T]: Analysis } {
  const sets = new TransportPool();
  const lines = FAMILIES.map((family) => {
    const axis = new Axis(family, networks);
    return { axis, rows: new RowPool(sets, axis.length) };
  });
  return networks.map((network) => ({
    network,
    planes: lines.map(({ axis, rows }) => new Plane(network, axis, rows)),
  })) as { readonly [K in keyof T]: Analysis };
}

export function analyse(network: Network): Analysis {
  return analyseTogether([network] as const)[0];
}
