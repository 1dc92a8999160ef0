import { SETTINGS_MAPS } from '../enforcement/settings.ts';
import type { Asked } from './blind-spot-of.ts';
import type { ClusterObject } from './cluster-object.ts';
import type { Connection } from './connection.ts';
import { ListExpired, RequestFailed } from './failure.ts';
import { keepOnly } from './kept-shape.ts';
import { getJson, type Limits } from './request.ts';

/** Where a plugin's settings are, if its DaemonSet stands nowhere else. */
const USUAL = 'kube-system';
/** The DaemonSet that each of the maps belongs to. */
const OWNERS: ReadonlyMap<string, readonly string[]> = new Map([
  ['cilium-config', ['cilium', 'anetd']],
  ['amazon-vpc-cni', ['aws-node']],
]);

type Try = (
  asked: Asked,
  read: (connection: Connection, limits: Limits) => Promise<ClusterObject | 'absent'>,
) => Promise<ClusterObject | 'absent' | undefined>;

/**
 * Reads the ConfigMaps that switch an engine on and off, by their names and only these: a permission to list ConfigMaps would let its holder
 * read everybody's.
 */
export async function readSettings(
  objects: readonly ClusterObject[],
  tryRead: Try,
): Promise<readonly ClusterObject[]> {
  const found: ClusterObject[] = [];
  for (const [name, keys] of SETTINGS_MAPS) {
    for (const namespace of namespacesOf(name, objects)) {
      const map = await tryRead(
        {
          verb: 'get',
          group: '',
          resource: 'configmaps',
          namespace,
          name,
          hides: 'whether the network plugin is told to enforce policies',
        },
        (connection, limits) => readMap(namespace, name, keys, connection, limits),
      );
      if (map !== undefined && map !== 'absent') found.push(map);
    }
  }
  return found;
}

/** How a reading says that it looked for a map, found or not: `configmaps/kube-system/cilium-config`. */
export function settingsName({ namespace = '', name = '' }: Pick<Asked, 'namespace' | 'name'>): string {
  return `configmaps/${namespace}/${name}`;
}

function namespacesOf(name: string, objects: readonly ClusterObject[]): readonly string[] {
  const owners = OWNERS.get(name) ?? [];
  const theirs = objects.flatMap(({ kind, metadata }) =>
    kind === 'DaemonSet' && owners.includes(metadata.name ?? '') ? [metadata.namespace ?? USUAL] : [],
  );
  return [...new Set([...theirs, USUAL])].toSorted();
}

async function readMap(
  namespace: string,
  name: string,
  keys: readonly string[],
  connection: Connection,
  limits: Limits,
): Promise<ClusterObject | 'absent'> {
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/configmaps/${encodeURIComponent(name)}`;
  try {
    const body = await getJson(path, {}, connection, limits);
    const kept = keepOnly(
      { metadata: { name: true, namespace: true }, data: Object.fromEntries(keys.map((key) => [key, true])) },
      body,
    );
    return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace, name }, ...(kept as object) };
  } catch (error) {
    if (error instanceof RequestFailed && error.code === 'unsupported') return 'absent';
    if (error instanceof ListExpired) throw new RequestFailed('failed', 'HTTP status 410');
    throw error;
  }
}
