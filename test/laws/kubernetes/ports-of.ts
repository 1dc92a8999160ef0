import type { KubeObject } from './oracle/objects.ts';

/**
 * The ports at which an answer can change, ascending from 1: every number that any object mentions, and the one after it. All
 * ports from one of them up to the next have the same answer.
 */
export function portsOf(objects: readonly KubeObject[]): number[] {
  const edges = new Set([1]);
  for (const number of objects.flatMap((object) => numbersIn(object.spec))) {
    for (const edge of [number, number + 1]) if (edge >= 1 && edge <= 65_535) edges.add(edge);
  }
  return [...edges].toSorted((a, b) => a - b);
}

function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return Number.isInteger(value) ? [value] : [];
  if (typeof value === 'string')
    return /^\d{1,5}(:\d{1,5})?$/.test(value) ? value.split(':').map(Number) : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(numbersIn);
}
