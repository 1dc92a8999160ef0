import type { Network } from '#model';
import { clusterAlone, clusterNodes, joinAccount, keepsAddresses } from '#sources/kubernetes';
import { readCluster, translated } from './load-kubernetes.ts';
import type { LiveClusterOptions } from './live-cluster.ts';

/**
 * A cluster, and with an account the cluster and the account that its nodes are in as one network.
 *
 * @throws QuestionError that names file, object and field where an object is invalid, or nothing could be read
 */
export async function loadCluster(
  source: string,
  live: LiveClusterOptions,
  account?: Network,
): Promise<Network> {
  const input = await readCluster(source, live);
  const { network, pods } = translated(input);
  const objects = input.objects.map(({ object }) => object);
  const cluster = {
    name: input.name,
    network,
    pods,
    nodes: clusterNodes(objects),
    keepsAddresses: keepsAddresses(objects),
  };
  if (account !== undefined) return joinAccount(account, cluster);
  const alone = clusterAlone(cluster);
  return {
    ...network,
    blindSpots: new Map([...network.blindSpots, ...alone.map((spot) => [spot.id, spot] as const)]),
  };
}
