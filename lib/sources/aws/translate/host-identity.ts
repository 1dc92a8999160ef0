import type { Identity } from './identity.ts';
import type { InstanceRecord } from './instances.ts';
import type { InterfaceRecord } from './interface-records.ts';
import { nameTagOf, tagsOf } from './tags.ts';

const NO_TAGS: ReadonlyMap<string, string> = new Map();

/** An interface of an instance. */
export function hostIdentity(
  record: InterfaceRecord,
  instanceId: string,
  instance: InstanceRecord | undefined,
): Identity {
  const tags = instance?.tags ?? NO_TAGS;
  const own = nameTagOf(tagsOf(record.place, 'TagSet'));
  const hostName = nameTagOf(tags);
  // A second interface may have a name of its own; the first one's is the host's, which people know.
  const isFirst = record.place.child('Attachment').raw('DeviceIndex') === 0;
  return {
    role: 'host',
    name: (isFirst ? (hostName ?? own) : (own ?? hostName)) ?? instanceId,
    workload: workloadOf(tags),
    unfiltered: false,
    initiates: true,
    listens: true,
    canPivot: true,
    tags,
  };
}

/**
 * What makes and replaces instances of this kind. Findings are about it, so that a new node is no new finding; and whoever could change it
 * could hide a host that is open behind one of which people know already. So it goes by tags that only AWS sets (`aws:`); what others may
 * write decides no more than the name that is shown.
 *
 * A managed node group of EKS is an Auto Scaling group, which is its identity. Nodes of Karpenter have no such tag of their own: a fleet, which
 * AWS marks, launches each, so the pool's tag counts on what a fleet launched, and on nothing else. Left is that somebody moves such a node
 * from one pool to another by a tag. Going by the node instead would make every replaced node a finding that opens, and people would
 * stop to look; between the two, this misses less.
 *
 * https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
 * https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-tagging.html
 */
export function workloadOf(tags: ReadonlyMap<string, string>): Identity['workload'] {
  const cluster = tags.get('aws:eks:cluster-name') ?? tags.get('eks:cluster-name');
  const inCluster = (name: string): string => (cluster === undefined ? name : `${cluster}/${name}`);
  const scaling = tags.get('aws:autoscaling:groupName');
  if (scaling !== undefined) {
    const nodes = tags.get('eks:nodegroup-name');
    return {
      kind: 'auto-scaling-group',
      name: scaling,
      shown: nodes === undefined ? scaling : inCluster(nodes),
    };
  }
  const pool = tags.get('karpenter.sh/nodepool') ?? tags.get('karpenter.sh/provisioner-name');
  if (pool === undefined || !tags.has('aws:ec2:fleet-id')) return undefined;
  return { kind: 'node-pool', name: inCluster(pool), shown: inCluster(pool) };
}
