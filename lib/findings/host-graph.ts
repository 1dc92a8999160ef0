import { HostGraph } from '#engine';
import type { Audited } from './audited.ts';
import { frontDoorsOf } from './front-doors.ts';

/** The hosts of an analysis as a graph, front doors aside. Worked out once for what is meant: several checks walk it. */
export function hostGraphOf({ analysis, intent }: Audited): HostGraph {
  const known = GRAPHS.get(intent);
  if (known !== undefined) return known;
  const graph = new HostGraph(analysis, { ignores: frontDoorsOf(analysis, intent) });
  GRAPHS.set(intent, graph);
  return graph;
}

const GRAPHS = new WeakMap<Audited['intent'], HostGraph>();
