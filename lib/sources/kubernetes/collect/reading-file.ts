import type { ClusterObject } from './cluster-object.ts';
import type { ClusterReading, ReadBlindSpot } from './reading.ts';

const HEADER = { apiVersion: 'postern/v1', kind: 'ClusterReading' } as const;

/**
 * A reading as a file: a `List` as `kubectl get -o json` writes it, so that whatever reads manifests reads it too, whose first item says how it
 * was read and what could not be.
 */
export function readingToText(reading: ClusterReading): string {
  const { objects, ...how } = reading;
  const header = { ...HEADER, metadata: { name: how.context }, reading: how };
  const items = [header, ...objects].map((item) => JSON.stringify(item));
  return `{"apiVersion":"v1","kind":"List","metadata":{},"items":[\n${items.join(',\n')}\n]}\n`;
}

/** How these objects were read, if they are a reading: its first item, apart from the objects. Manifests give `undefined`. */
export function readingOf(objects: readonly ClusterObject[]): ClusterReading | undefined {
  const header = objects.find(
    ({ apiVersion, kind }) => apiVersion === HEADER.apiVersion && kind === HEADER.kind,
  );
  const how: unknown = header?.['reading'];
  if (typeof how !== 'object' || how === null) return undefined;
  const told = how as Readonly<Record<string, unknown>>;
  return {
    context: textOf(told['context']),
    server: textOf(told['server']),
    serverVersion: textOf(told['serverVersion']),
    startedAt: textOf(told['startedAt']),
    capturedAt: textOf(told['capturedAt']),
    groups: textsOf(told['groups']),
    read: textsOf(told['read']),
    blindSpots: Array.isArray(told['blindSpots']) ? (told['blindSpots'] as readonly ReadBlindSpot[]) : [],
    objects: objects.filter((object) => object !== header),
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
