import type { Box, Point } from './map-placed.ts';

type Line = { readonly d: string; readonly middle: Point };

/** How far a line swings out that joins two boxes of one column, least and most. */
const SWING = [22, 90] as const;

const text = (n: number): string => String(Math.round(n * 10) / 10);
const at = ({ x, y }: Point): string => `${text(x)} ${text(y)}`;

/** A smooth line over points, as the `d` of a path. */
export function curveOver(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  let d = `M${at(first)}`;
  for (const [i, point] of rest.entries()) {
    const next = rest[i + 1];
    if (next === undefined) d += `L${at(point)}`;
    else d += `Q${at(point)} ${at({ x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 })}`;
  }
  return d;
}

/** A line from one box to another that leaves and enters them sideways, and where its middle is. */
export function curveBetween(from: Box, to: Box): Line {
  const [start, end] = [from.y + from.height / 2, to.y + to.height / 2];
  if (to.x > from.x + from.width) return bent({ x: from.x + from.width, y: start }, { x: to.x, y: end });
  if (to.x + to.width < from.x) return bent({ x: from.x, y: start }, { x: to.x + to.width, y: end });
  const far =
    Math.max(from.x + from.width, to.x + to.width) + Math.min(SWING[1], SWING[0] + Math.abs(end - start) / 6);
  const [left, right] = [from.x + from.width, to.x + to.width];
  return {
    d: `M${at({ x: left, y: start })}C${at({ x: far, y: start })} ${at({ x: far, y: end })} ${at({ x: right, y: end })}`,
    middle: { x: (left + right + 6 * far) / 8, y: (start + end) / 2 },
  };
}

function bent(start: Point, end: Point): Line {
  const half = { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 };
  return {
    d: `M${at(start)}C${at({ x: half.x, y: start.y })} ${at({ x: half.x, y: end.y })} ${at(end)}`,
    middle: half,
  };
}
