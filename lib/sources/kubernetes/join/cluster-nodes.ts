import type { SeenObject } from '../enforcement/index.ts';
import { containersOf, textAt } from '../enforcement/json.ts';

/** A node as far as it can be found again in an account. */
export type ClusterNode = {
  readonly name: string;
  /** The instance that it is: `i-…`; absent for Fargate and outside AWS. */
  readonly instance?: string;
  readonly isAws: boolean;
};

/** The nodes of a cluster by name. https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/node-v1/#NodeSpec */
export function clusterNodes(objects: readonly SeenObject[]): ReadonlyMap<string, ClusterNode> {
  return new Map(
    objects
      .filter(({ kind, apiVersion }) => kind === 'Node' && apiVersion === 'v1')
      .map((object) => {
        const name = textAt(object, 'metadata', 'name');
        const providerId = textAt(object, 'spec', 'providerID');
        const instance = /^aws:\/\/.*\/(i-[0-9a-f]+)$/.exec(providerId)?.[1];
        return [
          name,
          { name, isAws: providerId.startsWith('aws://'), ...(instance !== undefined && { instance }) },
        ] as const;
      }),
  );
}

/**
 * Whether pods keep their own address when they leave the VPC; else, by default, the plugin lets them leave under the first address of their node.
 * https://docs.aws.amazon.com/eks/latest/userguide/external-snat.html
 */
export function keepsAddresses(objects: readonly SeenObject[]): boolean {
  return objects.some(
    (object) =>
      object.kind === 'DaemonSet' &&
      textAt(object, 'metadata', 'name') === 'aws-node' &&
      containersOf(object).some(({ env }) => env.get('AWS_VPC_K8S_CNI_EXTERNALSNAT') === 'true'),
  );
}
