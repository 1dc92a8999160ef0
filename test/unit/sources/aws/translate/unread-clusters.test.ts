import { describe, expect, it } from 'vitest';
import { translate } from '#sources/aws';
import { card, snapshot, type Bodies } from './account.ts';

/** What a translation says of clusters that it knows from these interfaces and instances. */
function told(interfaces: readonly Bodies[], tagsOfInstance: Readonly<Record<string, string>> = {}) {
  const network = translate([
    snapshot({
      DescribeNetworkInterfaces: { NetworkInterfaces: interfaces },
      DescribeInstances: {
        Reservations: [
          {
            Instances: [{ InstanceId: 'i-0000000a', State: { Name: 'running' }, Tags: tags(tagsOfInstance) }],
          },
        ],
      },
    }),
  ]);
  return [...network.blindSpots.values()].filter(({ id }) => id.startsWith('cluster-not-read:'));
}

const tags = (given: Readonly<Record<string, string>>) =>
  Object.entries(given).map(([Key, Value]) => ({ Key, Value }));
const onNode = { InstanceId: 'i-0000000a', DeviceIndex: 0, Status: 'attached' };
const node = (more: Bodies = {}) => card('eni-1', { Attachment: onNode, ...more });
const ofPlugin = (given: Readonly<Record<string, string>> = {}) =>
  card('eni-2', {
    Description: 'aws-K8S-i-0000000a',
    Attachment: { ...onNode, DeviceIndex: 1 },
    TagSet: tags({ 'node.k8s.amazonaws.com/instance_id': 'i-0000000a', ...given }),
  });
const controlPlane = card('eni-3', { Description: 'Amazon EKS shop', RequesterManaged: true });
const ANY_INSTANCE = [node()];

describe('a cluster of which only the account was read', () => {
  it.each<[string, readonly Bodies[], Readonly<Record<string, string>>, string]>([
    [
      'by a tag of a managed node group',
      ANY_INSTANCE,
      { 'aws:eks:cluster-name': 'shop' },
      'the Kubernetes cluster shop (1 node)',
    ],
    [
      'by a tag of its own making',
      ANY_INSTANCE,
      { 'kubernetes.io/cluster/shop': 'owned' },
      'the Kubernetes cluster shop (1 node)',
    ],
    [
      'by what the VPC CNI writes',
      [node(), ofPlugin({ 'cluster.k8s.amazonaws.com/name': 'shop' })],
      {},
      'the Kubernetes cluster shop (1 node)',
    ],
    ['by its control plane', [controlPlane], {}, 'the Kubernetes cluster shop was'],
    [
      'by control plane and nodes without a name',
      [controlPlane, node(), ofPlugin()],
      {},
      'the Kubernetes cluster shop (1 node)',
    ],
    [
      'by nodes without a name',
      [node(), ofPlugin()],
      {},
      'what hands out addresses for containers in vpc-1 (1 node), as Kubernetes does, was',
    ],
    [
      'by a block of addresses',
      [node({ Ipv4Prefixes: [{ Ipv4Prefix: '10.0.0.80/28' }] })],
      {},
      'what hands out addresses for containers in vpc-1 (1 node), as Kubernetes does, was',
    ],
  ])('is told once, %s', (_, interfaces, onInstance, says) => {
    const found = told(interfaces, onInstance);
    expect(found).toHaveLength(1);
    expect(found[0]?.what.startsWith(says)).toBe(true);
    // policies of the cluster can only refuse what security groups let through
    expect(found[0]).toMatchObject({ effect: 'only-narrows' });
    expect(found[0]?.remedy).toContain('--kubernetes live');
  });

  it.each<[string, readonly Bodies[]]>([
    ['an instance', ANY_INSTANCE],
    [
      'several addresses on an instance, which anybody may ask for',
      [
        node({
          PrivateIpAddresses: [
            { PrivateIpAddress: '10.0.0.4', Primary: true },
            { PrivateIpAddress: '10.0.0.5' },
          ],
        }),
      ],
    ],
    [
      'an interface that a cluster left behind',
      [card('eni-4', { Status: 'available', TagSet: tags({ 'cluster.k8s.amazonaws.com/name': 'gone' }) })],
    ],
  ])('is not made of %s', (_, interfaces) => {
    expect(told(interfaces)).toEqual([]);
  });

  it('is told for each of two', () => {
    const found = told([node(), controlPlane], { 'eks:cluster-name': 'billing' });
    expect(found.map(({ id }) => id).toSorted()).toEqual([
      'cluster-not-read:vpc-1/billing',
      'cluster-not-read:vpc-1/shop',
    ]);
  });
});
