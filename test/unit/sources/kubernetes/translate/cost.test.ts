import { afterEach, describe, expect, it, vi } from 'vitest';
import { analyse, connectivity } from '#engine';
import { readDocuments, translate } from '#sources/kubernetes';
import { clusterYaml } from '../../../../bench/cluster/world.ts';

function clusterOf(podsEach: number, ingresses = 0) {
  const one = (i: number) =>
    `---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: i${String(i)}, namespace: team-0 }\nspec: { defaultBackend: { service: { name: web, port: { number: 80 } } } }\n`;
  const yaml =
    clusterYaml({ namespaces: 4, podsEach, policiesEach: 7 }) +
    Array.from({ length: ingresses }, (_, i) => one(i)).join('');
  return readDocuments(yaml, 'cost.yaml').objects;
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('what a cluster costs', () => {
  it('images are looked at once for each pod and kind of controller, not for each Ingress', () => {
    const looks = (objects: ReturnType<typeof clusterOf>): number => {
      const spy = vi.spyOn(RegExp.prototype, 'test');
      translate({ name: 'c', objects });
      const { length } = spy.mock.calls;
      spy.mockRestore();
      return length;
    };
    const [few, many] = [looks(clusterOf(40)), looks(clusterOf(40, 100))];
    expect(few).toBeGreaterThan(4 * 40);
    // a hundred times 160 pods would be 16,000 for each kind
    expect(many - few).toBeLessThan(5_000);
  });

  it('rows follow policies and not pods', () => {
    const rowsOf = (podsEach: number): number => {
      const { network } = translate({ name: 'c', objects: clusterOf(podsEach) });
      const analysis = analyse(network);
      for (const _ of connectivity(analysis));
      return analysis.planes.reduce((sum, { rows }) => sum + rows.statistics.rows, 0);
    };
    expect(rowsOf(160)).toBe(rowsOf(40));
  });
});
