import type { Network } from '#model';
import { clusterAlone, clusterNodes, joinAccount, keepsAddresses, withMarks } from '#sources/kubernetes';
import type { ClusterInput } from '#sources/kubernetes';
import { translated } from './load-kubernetes.ts';

/**
 * A cluster, and with an account the cluster and the account that its nodes are in as one network.
 *
 * @throws QuestionError that names file, object and field where an object is invalid
 */
export function clusterNetwork(input: ClusterInput, account?: Network): Network {
  const { network: unmarked, pods } = translated(input);
  const network = withMarks(unmarked, input.objects);
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
