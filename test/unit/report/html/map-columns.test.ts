import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inColumns } from '../../../../lib/report/html/page/map-columns.ts';
import type { MapEdge, MapNode } from '../../../../lib/report/html/page/map-graph.ts';

const OUTSIDE: readonly MapNode[] = [
  { id: 'internet', kind: 'internet', of: -1, within: undefined },
  { id: 'named', kind: 'named', of: -1, within: undefined },
];

/** Zones, each folded (0) or with so many groups drawn. */
function nodesOf(zones: readonly number[]): MapNode[] {
  let group = 0;
  return zones.flatMap((groups, zone): MapNode[] =>
    groups === 0
      ? [{ id: `z${String(zone)}`, kind: 'zone', of: zone, within: undefined }]
      : Array.from({ length: groups }, () => {
          group += 1;
          return { id: `g${String(group)}`, kind: 'group', of: group, within: zone };
        }),
  );
}

function edge(from: string, to: string, rank: MapEdge['rank']): MapEdge {
  return { from, to, rank, flows: new Set([0]), state: 'same', isSure: true };
}

const layouts = fc.array(fc.nat({ max: 30 }), { minLength: 1, maxLength: 30 }).chain((zones) => {
  const inside = nodesOf(zones);
  const ids = inside.map(({ id }) => id);
  return fc.record({
    inside: fc.constant(inside),
    path: fc.shuffledSubarray(ids, { maxLength: Math.min(5, ids.length) }),
    sizes: fc.array(fc.integer({ min: 30, max: 300 }), { minLength: ids.length, maxLength: ids.length }),
  });
});

describe('a crowd in columns', () => {
  it('stands box beside box, each within the drawing and within the frame of its own zone alone', () => {
    fc.assert(
      fc.property(layouts, ({ inside, path, sizes }) => {
        const nodes = [...OUTSIDE, ...inside];
        const steps = ['internet', ...path];
        const edges = path.map((to, i) => edge(steps[i] ?? '', to, 'path'));
        const height = new Map(inside.map(({ id }, i) => [id, sizes[i] ?? 40]));
        const placed = inColumns(
          { nodes, edges },
          ({ id }) => ({ width: 168, height: height.get(id) ?? 40 }),
          () => '',
        );
        expect(placed.nodes.map(({ node }) => node.id)).toEqual(nodes.map(({ id }) => id));
        const all = placed.nodes.map(({ box }) => box);
        expect(all.filter(({ x, y }) => x < 0 || y < 0)).toEqual([]);
        expect(
          all.filter(({ x, y, width, height }) => x + width > placed.width || y + height > placed.height),
        ).toEqual([]);
        expect(all.flatMap((a, i) => all.slice(i + 1).filter((b) => !isApart(a, b)))).toEqual([]);
        for (const { zone, box } of placed.zones) {
          // the frame is drawn from a little above its box, for the name
          const frame = { ...box, y: box.y - 8, height: box.height + 8 };
          const wrong = placed.nodes.filter(({ node, box: own }) =>
            node.within === zone ? !holds(frame, own) : !isApart(frame, own),
          );
          expect(wrong).toEqual([]);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('leads along the path from left to right, where it goes through a zone once', () => {
    const nodes = [...OUTSIDE, ...nodesOf(Array.from({ length: 24 }, () => 0))];
    const path = ['internet', 'z19', 'z3', 'z11'];
    const edges = [
      ...path.slice(1).map((to, i) => edge(path[i] ?? '', to, 'path')),
      ...nodes.slice(2).map(({ id }) => edge('internet', id, 'door')),
    ];
    const placed = inColumns(
      { nodes, edges },
      () => ({ width: 168, height: 46 }),
      () => '',
    );
    const x = path.map((id) => placed.nodes.find(({ node }) => node.id === id)?.box.x ?? Number.NaN);
    expect(x).toEqual([...x].sort((a, b) => a - b));
    expect(new Set(x).size).toBe(path.length);
  });
});

type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

function isApart(a: Box, b: Box): boolean {
  return a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
}

function holds(a: Box, b: Box): boolean {
  return a.x <= b.x && a.y <= b.y && b.x + b.width <= a.x + a.width && b.y + b.height <= a.y + a.height;
}
