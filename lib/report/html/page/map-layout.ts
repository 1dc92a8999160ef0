import { graphlib, layout } from '@dagrejs/dagre';
import { inColumns } from './map-columns.ts';
import { curveBetween, curveOver } from './map-curve.ts';
import type { MapEdge, MapGraph, MapNode } from './map-graph.ts';
import type { Box, Placed, Point } from './map-placed.ts';

/** From so many boxes on they stand in columns: there is no order any more that keeps lines from crossing, and looking for one takes too long. */
const CROWD = 20;
/** So many edges decide where the boxes stand beside those that join them at all: with more nothing is to be seen, and it takes too long. */
const MOST_RANKED = 12;
const RANKS = { path: 0, found: 1, door: 2, way: 3 } as const;

/** The edges that matter most, and of the others as many as it takes to join what can be joined. */
function rankedOf(edges: readonly MapEdge[]): readonly MapEdge[] {
  const root = new Map<string, string>();
  const find = (id: string): string => {
    let at = id;
    for (let next = root.get(at); next !== undefined; next = root.get(at)) at = next;
    return at;
  };
  return edges
    .toSorted((a, b) => RANKS[a.rank] - RANKS[b.rank])
    .filter((edge, i) => {
      const [from, to] = [find(edge.from), find(edge.to)];
      if (from !== to) root.set(from, to);
      return from !== to || edge.rank === 'path' || i < MOST_RANKED;
    });
}

/** Lays boxes out from left to right, each zone's together. `sizeOf` tells how large a box is, `labelOf` what stands at an edge. */
export function placed(
  drawn: MapGraph,
  sizeOf: (node: MapNode) => { readonly width: number; readonly height: number },
  labelOf: (edge: MapEdge) => string,
): Placed {
  return drawn.nodes.length > CROWD ? inColumns(drawn, sizeOf, labelOf) : inLayers(drawn, sizeOf, labelOf);
}

function inLayers(
  { nodes, edges }: MapGraph,
  sizeOf: (node: MapNode) => { readonly width: number; readonly height: number },
  labelOf: (edge: MapEdge) => string,
): Placed {
  const graph = new graphlib.Graph({ compound: true, multigraph: false });
  graph.setGraph({ rankdir: 'LR', ranksep: 40, nodesep: 16, edgesep: 8, marginx: 12, marginy: 12 });
  graph.setDefaultEdgeLabel(() => ({}));
  const zones = new Set<number>();
  for (const node of nodes) {
    graph.setNode(node.id, { ...sizeOf(node) });
    if (node.within === undefined) continue;
    const parent = `c${String(node.within)}`;
    if (!zones.has(node.within)) graph.setNode(parent, {});
    zones.add(node.within);
    graph.setParent(node.id, parent);
  }
  const ranked = rankedOf(edges);
  for (const edge of ranked) {
    const text = labelOf(edge);
    graph.setEdge(edge.from, edge.to, {
      ...(text !== '' && { width: text.length * 6.4 + 10, height: 16, labelpos: 'c' }),
      weight: edge.rank === 'path' ? 8 : edge.rank === 'way' ? 1 : 3,
    });
  }
  layout(graph);
  const boxOf = (id: string): Box => {
    const { x = 0, y = 0, width = 0, height = 0 } = graph.node(id) as Partial<Box>;
    return { x: x - width / 2, y: y - height / 2, width, height };
  };
  const { width = 0, height = 0 } = graph.graph() as Partial<Box>;
  const isRanked = new Set(ranked);
  return {
    width,
    height,
    nodes: nodes.map((node) => ({ node, box: boxOf(node.id) })),
    zones: [...zones].map((zone) => ({ zone, box: boxOf(`c${String(zone)}`) })),
    edges: edges.map((edge) => {
      if (!isRanked.has(edge))
        return { edge, d: curveBetween(boxOf(edge.from), boxOf(edge.to)).d, label: undefined };
      const { points, x, y } = graph.edge(edge.from, edge.to) as {
        points: readonly Point[];
        x?: number;
        y?: number;
      };
      return { edge, d: curveOver(points), label: x === undefined || y === undefined ? undefined : { x, y } };
    }),
  };
}
