import { describe, expect, it } from 'vitest';
import {
  assessEnforcement,
  enforcementOn,
  type HowRead,
  type SeenObject,
} from '../../../../../lib/sources/kubernetes/enforcement/index.ts';
import { agentPod, configMap, daemonSet, node, object } from './objects.ts';

const LIVE: HowRead = { groups: [], read: ['daemonsets.apps', 'deployments.apps', 'nodes', 'pods'] };
const NO_PODS: HowRead = { groups: [], read: ['daemonsets.apps', 'nodes'] };
const AT = 'calico-system/calico-node';

function calico(given?: Parameters<typeof daemonSet>[2]): SeenObject {
  return daemonSet(AT, [{ name: 'calico-node', image: 'calico/node:v3.29.1' }], given);
}

const FARGATE = node('fargate-1', { labels: { 'eks.amazonaws.com/compute-type': 'fargate' } });
const WINDOWS = node('win-1', { labels: { 'kubernetes.io/os': 'windows' } });
const ACI = node('virtual-node-aci-linux', { labels: { type: 'virtual-kubelet' } });
const TAINTED = node('vk-1', { taints: ['virtual-kubelet.io/provider'] });
const PLAIN = node('linux-1');

describe('on which nodes policies are enforced', () => {
  it.each([
    {
      name: 'a node with the agent',
      nodes: [PLAIN],
      rest: [agentPod(AT, 'linux-1')],
      how: LIVE,
      is: ['enforced'],
    },
    {
      name: 'a node without the agent, where pods were read',
      nodes: [PLAIN, node('linux-2')],
      rest: [agentPod(AT, 'linux-1')],
      how: LIVE,
      is: ['enforced', 'not-enforced'],
    },
    {
      name: 'a node whose agent is not ready',
      nodes: [PLAIN],
      rest: [agentPod(AT, 'linux-1', false)],
      how: LIVE,
      is: ['cannot-tell'],
    },
    { name: 'Fargate', nodes: [PLAIN, FARGATE], rest: [], how: NO_PODS, is: ['enforced', 'not-enforced'] },
    { name: 'Windows', nodes: [PLAIN, WINDOWS], rest: [], how: NO_PODS, is: ['enforced', 'not-enforced'] },
    {
      name: 'Windows with an agent of its own',
      nodes: [PLAIN, WINDOWS],
      rest: [
        daemonSet('calico-system/calico-node-windows', [{ image: 'calico/node-windows:v3.29.1' }], {
          nodeSelector: { 'kubernetes.io/os': 'windows' },
        }),
      ],
      how: NO_PODS,
      is: ['enforced', 'enforced'],
    },
    {
      name: 'virtual kubelets, by label and by taint',
      nodes: [PLAIN, ACI, TAINTED],
      rest: [],
      how: NO_PODS,
      is: ['enforced', 'not-enforced', 'not-enforced'],
    },
  ])('$name', ({ nodes, rest, how, is }) => {
    const found = assessEnforcement([calico({ desired: 2 }), ...nodes, ...rest], how);
    expect(found.nodes.map(({ verdict }) => verdict)).toEqual(is);
    expect(found.verdict).toBe('enforced');
  });

  it('outside its nodeSelector is nowhere', () => {
    const some = calico({ desired: 1, nodeSelector: { pool: 'guarded' } });
    const found = assessEnforcement([some, node('a', { labels: { pool: 'guarded' } }), node('b')], NO_PODS);
    expect(found.nodes).toMatchObject(
      [
        { node: 'a', verdict: 'enforced' },
        { node: 'b', verdict: 'not-enforced', why: /does not run on it/ },
      ].map(({ why, ...rest }) =>
        why === undefined ? rest : { ...rest, why: expect.stringMatching(why) as string },
      ),
    );
  });

  it('cannot be told by numbers alone when some agents are not ready, and names the nodes in a blind spot', () => {
    const found = assessEnforcement([calico({ desired: 2, ready: 1 }), PLAIN, node('linux-2')], NO_PODS);
    expect(found.nodes.map(({ verdict }) => verdict)).toEqual(['cannot-tell', 'cannot-tell']);
    expect(found.blindSpots).toMatchObject([{ effect: 'hides-ways', nodes: ['linux-1', 'linux-2'] }]);
    expect(found.blindSpots[0]?.what).toMatch(/on 2 of 2 nodes: Calico 3\.29\.1 is ready on 1 of 2/);
  });

  it('is nowhere in a cluster of Fargate alone, whatever is installed', () => {
    const found = assessEnforcement([calico({ desired: 1 }), FARGATE], LIVE);
    expect(found.verdict).toBe('not-enforced');
    expect(found.sentence).toMatch(/Fargate, where no DaemonSet runs/);
  });

  it('k3s enforces on its own nodes', () => {
    const server = node('s', { kubelet: 'v1.31.4+k3s1', annotations: { 'k3s.io/node-args': '["server"]' } });
    const found = assessEnforcement([server, node('other')], LIVE);
    expect(found.nodes.map(({ verdict }) => verdict)).toEqual(['enforced', 'not-enforced']);
  });
});

describe('whether policies have an effect on a pod', () => {
  const mixed = assessEnforcement([calico(), PLAIN, FARGATE], NO_PODS);

  it.each([
    { name: 'on a node that enforces', place: { node: 'linux-1', isBare: false }, verdict: 'enforced' },
    { name: 'on Fargate', place: { node: 'fargate-1', isBare: false }, verdict: 'not-enforced' },
    { name: 'that may go to either', place: { isBare: false }, verdict: 'cannot-tell' },
    { name: 'on a node that was not read', place: { node: 'x', isBare: false }, verdict: 'cannot-tell' },
    {
      name: 'that nothing owns, under Calico',
      place: { node: 'linux-1', isBare: true },
      verdict: 'enforced',
    },
  ])('$name: $verdict', ({ place, verdict }) => {
    expect(enforcementOn(mixed, place)).toBe(verdict);
  });

  it('that nothing owns is spared by the VPC CNI, unless another engine is there', () => {
    const aws = [
      daemonSet('kube-system/aws-node', [
        { name: 'aws-node', image: 'x/amazon-k8s-cni:v1.19.2' },
        { name: 'aws-eks-nodeagent', image: 'x/agent:v1.2.1', args: ['--enable-network-policy=true'] },
      ]),
      configMap('kube-system/amazon-vpc-cni', { 'enable-network-policy-controller': 'true' }),
    ];
    const bare = { isBare: true };
    expect(enforcementOn(assessEnforcement(aws), bare)).toBe('not-enforced');
    expect(enforcementOn(assessEnforcement(aws), { isBare: false })).toBe('enforced');
    expect(enforcementOn(assessEnforcement([...aws, calico()]), bare)).toBe('enforced');
  });

  it('is that of the cluster where the cluster has one verdict', () => {
    const flannel = daemonSet('kube-flannel/kube-flannel-ds', [
      { image: 'ghcr.io/flannel-io/flannel:v0.26.1' },
    ]);
    expect(enforcementOn(assessEnforcement([flannel, PLAIN]), { node: 'linux-1', isBare: false })).toBe(
      'not-enforced',
    );
    expect(enforcementOn(assessEnforcement([]), { isBare: false })).toBe('cannot-tell');
  });

  it('is another for each kind of policy', () => {
    const found = assessEnforcement([calico(), object('cilium.io/v2', 'CiliumNetworkPolicy', 'shop/l7')]);
    expect(enforcementOn(found, { isBare: false })).toBe('enforced');
    expect(enforcementOn(found, { isBare: false }, 'cilium.io/CiliumNetworkPolicy')).toBe('not-enforced');
  });
});
