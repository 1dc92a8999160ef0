import { clustersInAccount } from '#sources/shared';
import type { Draft } from './draft.ts';

/**
 * A cluster of which only the account was read, once for each.
 *
 * Verdicts stand as they are: where pods have addresses of the VPC, security groups are asked about these addresses as about any, and a policy of
 * the cluster can only refuse what they let through. What Services and Ingress objects publish comes in by load balancers and ports of nodes, which
 * the account shows. And what nodes carry inside their own packets goes from node to node, over a way that is seen; whoever holds a node goes
 * on from it.
 *
 * https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy.html
 */
export function noteUnreadClusters(draft: Draft): void {
  for (const { spot, name, network, nodes, at } of clustersInAccount(draft.endpoints.values())) {
    const count = `${String(nodes.size)} ${nodes.size === 1 ? 'node' : 'nodes'}`;
    const called =
      name === undefined
        ? `what hands out addresses for containers in ${network} (${count}), as Kubernetes does,`
        : `the Kubernetes cluster ${name}${nodes.size === 0 ? '' : ` (${count})`}`;
    draft.blindSpots.note(spot, {
      code: 'not-collected',
      effect: 'only-narrows',
      what: `${called} was not read: which pods have addresses here, and what policies keep from them, is not seen`,
      remedy: 'Read it beside the account: --kubernetes live, or what postern saved of it.',
      at,
    });
  }
}
