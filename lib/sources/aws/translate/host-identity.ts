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
 * What makes and replaces instances of this kind, by the tags that AWS itself puts on them.
 *
 * https://docs.aws.amazon.com/eks/latest/userguide/eks-using-tags.html
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-tagging.html
 */
export function workloadOf(tags: ReadonlyMap<string, string>): Identity['workload'] {
  const cluster = tags.get('eks:cluster-name') ?? tags.get('aws:eks:cluster-name');
  const nodes = tags.get('eks:nodegroup-name') ?? tags.get('karpenter.sh/nodepool');
  if (nodes !== undefined)
    return { kind: 'node-group', name: cluster === undefined ? nodes : `${cluster}/${nodes}` };
  const scaling = tags.get('aws:autoscaling:groupName');
  return scaling === undefined ? undefined : { kind: 'auto-scaling-group', name: scaling };
}
