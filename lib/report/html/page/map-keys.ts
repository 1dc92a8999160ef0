import type { Placed } from './map-placed.ts';

const DIRECTIONS: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
};

/** The nearest box in the direction of an arrow key; `undefined` if there is none, or it is another key. */
export function neighbourIn({ nodes }: Placed, id: string, key: string): string | undefined {
  const direction = DIRECTIONS[key];
  const from = nodes.find(({ node }) => node.id === id);
  if (direction === undefined || from === undefined) return undefined;
  const [x, y] = direction;
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const { node, box } of nodes) {
    const dx = box.x + box.width / 2 - (from.box.x + from.box.width / 2);
    const dy = box.y + box.height / 2 - (from.box.y + from.box.height / 2);
    const along = dx * x + dy * y;
    if (node.id === id || along <= 1) continue;
    // what is straight ahead is nearer than what is beside the way
    const distance = along + 3 * Math.abs(dx * y + dy * x);
    if (distance < least) [best, least] = [node.id, distance];
  }
  return best;
}
