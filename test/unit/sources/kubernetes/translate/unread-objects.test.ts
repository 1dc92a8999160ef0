import { describe, expect, it } from 'vitest';
import { outsidePairs } from '#engine';
import { analysed, analysedCluster, opens, pod } from '../../../../support/cluster.ts';
import { UNREAD_KINDS } from '../../../../../lib/sources/kubernetes/resources/index.ts';

const object = (group: string, kind: string, name = 'x'): string =>
  `---\napiVersion: ${group}/v1\nkind: ${kind}\nmetadata: { name: ${name}, namespace: default }\nspec: {}\n`;
const PODS = pod('a') + pod('b');

describe('objects that are not translated', () => {
  it.each(UNREAD_KINDS.flatMap(({ group, kinds, effect }) => kinds.map((kind) => ({ group, kind, effect }))))(
    '$kind ($group) is told by kind and object',
    ({ group, kind, effect }) => {
      const analysis = analysed(PODS + object(group, kind));
      const spots = [...analysis.network.blindSpots.values()];
      expect(spots).toHaveLength(1);
      expect(spots[0]?.what).toContain('default/x');
      expect(spots[0]?.what).toContain(kind);
      expect(spots[0]?.effect).toBe(effect === 'narrows' ? 'only-narrows' : 'hides-ways');
      expect(opens(analysis, 'a', 'b')).toBe(
        effect === 'decides' ? 'no traffic ? all traffic' : 'all traffic',
      );
    },
  );

  it('that are about what goes out leave the inside as it is', () => {
    const analysis = analysed(PODS + object('networking.gke.io', 'FQDNNetworkPolicy'));
    const sure = (direction: 'ingress' | 'egress'): string[] =>
      outsidePairs(analysis, direction).map((pair) => pair.sure.toString());
    expect([sure('ingress'), sure('egress')]).toEqual([
      ['all traffic', 'all traffic'],
      ['no traffic', 'no traffic'],
    ]);
  });

  it('change nothing where no engine of the cluster reads them', () => {
    const calico = `---
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: calico-node, namespace: kube-system }
spec: { template: { spec: { containers: [{ name: calico-node, image: "calico/node:v3.29.1" }] } } }
`;
    const analysis = analysedCluster(PODS + calico + object('crd.antrea.io', 'ClusterNetworkPolicy'));
    expect(opens(analysis, 'a', 'b')).toBe('all traffic');
    expect([...analysis.network.policies.values()].filter(({ inert }) => inert !== undefined)).toHaveLength(
      1,
    );
  });

  it('are named up to five, and counted', () => {
    const many = ['1', '2', '3', '4', '5', '6', '7'].map((name) =>
      object('k8s.ovn.org', 'EgressFirewall', `f${name}`),
    );
    const [spot] = [...analysed(PODS + many.join('')).network.blindSpots.values()];
    expect(spot?.what).toMatch(/default\/f1, .*default\/f5 and 2 more/);
  });

  it('of the same name in another group are nothing', () => {
    expect(analysed(PODS + object('example.com', 'Gateway')).network.blindSpots.size).toBe(0);
  });

  it('a service that Cilium shares between clusters is told', () => {
    const shared = `---
apiVersion: v1
kind: Service
metadata: { name: s, annotations: { service.cilium.io/global: "true" } }
spec: { selector: { app: a }, ports: [{ port: 80 }] }
`;
    expect([...analysed(PODS + shared).network.blindSpots.values()][0]?.what).toContain(
      's: shared between clusters',
    );
  });
});
