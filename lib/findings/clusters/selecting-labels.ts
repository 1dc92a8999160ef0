import type { Endpoint } from '#model';

/** By which people select, those that say most first. https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/ */
const USUAL = [
  'app.kubernetes.io/name',
  'app.kubernetes.io/instance',
  'app.kubernetes.io/component',
  'app',
  'k8s-app',
  'component',
  'tier',
  'name',
  'run',
];

/** What controllers write, and what changes with every release or is another one on every pod. */
const PASSING =
  /^(?:pod-template-hash|pod-template-generation|controller-revision-hash|controller-uid|job-name|helm\.sh\/chart|app\.kubernetes\.io\/(?:version|managed-by)|apps\.kubernetes\.io\/.*|batch\.kubernetes\.io\/.*|statefulset\.kubernetes\.io\/.*)$/;

/**
 * Labels by which a policy selects a workload and no other of its neighbours: the fewest of the usual ones, else all that last. `undefined` where
 * its labels do not tell it apart.
 */
export function selectingLabels(
  workload: Endpoint,
  neighbours: readonly Endpoint[],
): ReadonlyMap<string, string> | undefined {
  const lasting = [...workload.labels].filter(([key]) => !PASSING.test(key)).sort(compare);
  const others = neighbours.filter(({ id }) => id !== workload.id);
  for (let n = 1; n <= lasting.length; n += 1) {
    const chosen = lasting.slice(0, n);
    if (!others.some(({ labels }) => hasAll(labels, chosen))) return new Map(chosen);
  }
  return undefined;
}

export function hasAll(
  labels: ReadonlyMap<string, string>,
  wanted: Iterable<readonly [string, string]>,
): boolean {
  return [...wanted].every(([key, value]) => labels.get(key) === value);
}

function compare([a]: readonly [string, string], [b]: readonly [string, string]): number {
  const rank = (key: string): number => (USUAL.includes(key) ? USUAL.indexOf(key) : USUAL.length);
  return rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0);
}
