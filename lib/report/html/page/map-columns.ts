import { curveBetween } from './map-curve.ts';
import type { MapEdge, MapGraph, MapNode } from './map-graph.ts';
import type { Box, Placed } from './map-placed.ts';

const GAP = 16;
/** Between columns there is room for lines, and for what is written at them. */
const COLUMN_GAP = 84;
const LABEL_GAP = 190;
const MARGIN = 12;
/** Room in a zone's frame around its boxes, and above them for its name. */
const FRAME = { side: 14, above: 26, below: 14 } as const;
/** The number that nodes outside have for their zone or group. */
const OUTSIDE = -1;
/** Width to height of the whole, which is about that of the frame on a screen. */
const SHAPE = 1.35;

type Size = { readonly width: number; readonly height: number };

/** What stands in one place: a box by itself, or the frame of a zone with boxes in it, each with its place in the frame. */
type Block = Size & {
  readonly zone: number | undefined;
  readonly boxes: readonly { readonly node: MapNode; readonly box: Box }[];
};

/**
 * Lays a crowd out in columns, from outside to the right: what is on the path in the order of its steps, and everything else where there is
 * room, so that the whole fits the shape of a screen. Its cost grows with the boxes alone; lines are drawn straight from one to the other.
 */
export function inColumns(
  { nodes, edges }: MapGraph,
  sizeOf: (node: MapNode) => Size,
  labelOf: (edge: MapEdge) => string,
): Placed {
  const blocks = blocksOf(nodes, sizeOf);
  const columns = columnsOf(blocks, edges);
  const isLabelled = edges.some((edge) => labelOf(edge) !== '');
  const heights = columns.map((column) => column.reduce((sum, { height }) => sum + height + GAP, -GAP));
  const tallest = Math.max(0, ...heights);
  const boxes = new Map<string, Box>();
  const zones: Placed['zones'][number][] = [];
  let x = MARGIN;
  for (const [i, column] of columns.entries()) {
    const width = Math.max(...column.map((block) => block.width));
    let y = MARGIN + (tallest - (heights[i] ?? 0)) / 2;
    for (const block of column) {
      const left = x + (width - block.width) / 2;
      if (block.zone !== undefined)
        zones.push({
          zone: block.zone,
          box: { x: left, y: y + 8, width: block.width, height: block.height - 8 },
        });
      for (const { node, box } of block.boxes) boxes.set(node.id, { ...box, x: left + box.x, y: y + box.y });
      y += block.height + GAP;
    }
    x += width + (isLabelled ? LABEL_GAP : COLUMN_GAP);
  }
  const nowhere: Box = { x: 0, y: 0, width: 0, height: 0 };
  const boxOf = (id: string): Box => boxes.get(id) ?? nowhere;
  const right = Math.max(0, ...[...boxes.values()].map((box) => box.x + box.width));
  return {
    // what joins boxes of the last column swings out to the right of them
    width: right + COLUMN_GAP,
    height: tallest + 2 * MARGIN,
    nodes: nodes.map((node) => ({ node, box: boxOf(node.id) })),
    zones,
    edges: edges.map((edge) => {
      const { d, middle } = curveBetween(boxOf(edge.from), boxOf(edge.to));
      return { edge, d, label: labelOf(edge) === '' ? undefined : middle };
    }),
  };
}

function blocksOf(nodes: readonly MapNode[], sizeOf: (node: MapNode) => Size): readonly Block[] {
  const inZone = new Map<number, MapNode[]>();
  const blocks: (Block | number)[] = [];
  for (const node of nodes) {
    if (node.within === undefined) {
      const size = sizeOf(node);
      blocks.push({ ...size, zone: undefined, boxes: [{ node, box: { x: 0, y: 0, ...size } }] });
      continue;
    }
    const known = inZone.get(node.within);
    if (known !== undefined) known.push(node);
    else {
      inZone.set(node.within, [node]);
      blocks.push(node.within);
    }
  }
  return blocks.map((block) =>
    typeof block === 'number' ? frameOf(block, inZone.get(block) ?? [], sizeOf) : block,
  );
}

/** The boxes of a zone in rows, about as wide as they are high. */
function frameOf(zone: number, nodes: readonly MapNode[], sizeOf: (node: MapNode) => Size): Block {
  const sized = nodes.map((node) => ({ node, size: sizeOf(node) }));
  const area = sized.reduce((sum, { size }) => sum + (size.width + GAP) * (size.height + GAP), 0);
  const widest = Math.max(...sized.map(({ size }) => size.width));
  const perRow = Math.max(1, Math.min(sized.length, Math.round(Math.sqrt(area) / (widest + GAP))));
  const boxes: Block['boxes'][number][] = [];
  let y: number = FRAME.above;
  for (let i = 0; i < sized.length; i += perRow) {
    const row = sized.slice(i, i + perRow);
    for (const [j, { node, size }] of row.entries())
      boxes.push({ node, box: { x: FRAME.side + j * (widest + GAP), y, ...size } });
    y += Math.max(...row.map(({ size }) => size.height)) + GAP;
  }
  const width = 2 * FRAME.side + perRow * (widest + GAP) - GAP;
  return { zone, boxes, width, height: y - GAP + FRAME.below };
}

/** Outside comes first, then each step of the path; what is on none goes where the least is, or to columns of its own. */
function columnsOf(blocks: readonly Block[], edges: readonly MapEdge[]): readonly (readonly Block[])[] {
  const outside = blocks.filter(({ boxes: [first] }) => first?.node.of === OUTSIDE);
  const steps = stepsOf(blocks, edges).filter((block) => !outside.includes(block));
  const columns = steps.map((block) => [block]);
  const heightOf = (column: readonly Block[]): number =>
    column.reduce((sum, { height }) => sum + height + GAP, 0);
  const area = blocks.reduce((sum, { width, height }) => sum + (width + COLUMN_GAP) * (height + GAP), 0);
  const wanted = Math.max(...blocks.map(({ height }) => height + GAP), Math.sqrt(area / SHAPE));
  for (const block of blocks) {
    if (outside.includes(block) || steps.includes(block)) continue;
    const [best] = columns
      .filter((column) => heightOf(column) + block.height <= wanted)
      .sort((a, b) => heightOf(a) - heightOf(b));
    if (best === undefined) columns.push([block]);
    else best.push(block);
  }
  const centred = columns.map((column, i) => {
    const [step, ...others] = column;
    if (i >= steps.length || step === undefined) return column;
    // the steps of the path stand in the middle of their columns, so that it runs straight
    const half = others.length >> 1;
    return [...others.slice(0, half), step, ...others.slice(half)];
  });
  return [outside, ...centred].filter((column) => column.length > 0);
}

/** The blocks that the path leads through, in its order. */
function stepsOf(blocks: readonly Block[], edges: readonly MapEdge[]): readonly Block[] {
  const path = edges.filter(({ rank }) => rank === 'path');
  const next = new Map(path.map(({ from, to }) => [from, to]));
  const entered = new Set(path.map(({ to }) => to));
  const blockOf = new Map(
    blocks.flatMap((block) => block.boxes.map(({ node }) => [node.id, block] as const)),
  );
  const steps = new Set<Block>();
  let at = path.find(({ from }) => !entered.has(from))?.from;
  while (at !== undefined) {
    const block = blockOf.get(at);
    if (block !== undefined) steps.add(block);
    const to = next.get(at);
    // each step is taken once
    next.delete(at);
    at = to;
  }
  return [...steps];
}
