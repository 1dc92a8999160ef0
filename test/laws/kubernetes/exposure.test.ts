import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sctpPoint, tcpPoint, udpPoint } from '#netset';
import { idOf } from '#model';
import { analyse, cellOf, planeOf, POSSIBLE, SURE } from '#engine';
import { readDocuments, translate, type PodSelection, type PotentialPod } from '#sources/kubernetes';
import { impliesSelection } from '../../../lib/sources/kubernetes/translate/implies.ts';
import { seeds } from '../seeds.ts';
import { namespace, pod } from './build.ts';
import { endOf, podOf, seenFrom, type Direction } from './oracle/cluster.ts';
import { isSelected } from './oracle/label-selector.ts';
import { networkPoliciesAdmit } from './oracle/network-policy.ts';
import type { KubeObject, Labels, LabelSelector, Protocol } from './oracle/objects.ts';
import { NAMESPACES } from './worlds/cluster.ts';
import { labels, NAMESPACE_LABELS, POD_LABELS, selector } from './worlds/labels.ts';
import { packetsOf } from './worlds/questions.ts';
import { worldOf } from './seeded.ts';
import type { World } from './worlds/worlds.ts';

/*
 * Which workloads a pod could reach that is not there yet, with whatever labels, in whatever namespace: by the documents a rule admits whoever
 * its selectors select, whenever it comes. https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */

/** A pod to come, by itself or with a namespace that is not there either. */
const newcomers: fc.Arbitrary<KubeObject[]> = fc
  .tuple(
    fc.constantFrom(...NAMESPACES, 'fresh'),
    labels(NAMESPACE_LABELS),
    labels(POD_LABELS),
    fc.uniqueArray(fc.constantFrom('http', 'alt'), { maxLength: 2 }),
  )
  .map(([where, ofNamespace, own]) => [
    pod(`${where}/new`, own),
    ...(where === 'fresh' ? [namespace('fresh', ofNamespace)] : []),
  ]);

const POINTS: Readonly<Record<Protocol, (port: number) => number>> = {
  TCP: tcpPoint,
  UDP: udpPoint,
  SCTP: sctpPoint,
};

/** What the translation says of pods to come. */
class Exposure {
  readonly potential: readonly PotentialPod[];
  readonly #plane;

  constructor(world: World) {
    const text = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: world });
    const { objects } = readDocuments(text, 'world.json');
    const { network, potential, problems } = translate({ name: 'world', objects }, { withPotential: true });
    expect(problems).toEqual([]);
    this.potential = potential;
    this.#plane = planeOf(analyse(network), 4);
  }

  /** Whether a pod to come and a workload surely, or possibly, exchange a packet that begins as the direction of the workload says. */
  opens(
    { endpoint }: PotentialPod,
    workload: string,
    direction: Direction,
    { protocol, port }: { protocol: Protocol; port: number },
  ): readonly [sure: boolean, possible: boolean] {
    const { axis, rows } = this.#plane;
    const [far, near] = [endpoint, idOf<'endpoint'>(`${workload}[Pod]`)].map((id) => axis.positionsOf(id)[0]);
    if (far === undefined || near === undefined) throw new Error(`no position of ${workload}`);
    const [from, to] = direction === 'ingress' ? [far, near] : [near, far];
    const point = POINTS[protocol](port);
    const at = (bound: typeof SURE): boolean =>
      rows.sets.has(cellOf(this.#plane, from, to, bound).session, point);
    return [at(SURE), at(POSSIBLE)];
  }
}

/** Whether a pod is one of those that a representative stands for. */
function standsFor({ selection }: PotentialPod, world: World, newcomer: KubeObject): boolean {
  const { namespace: where, labels: own, namespaceLabels } = podOf(world, newcomer);
  const { namespaces, pods } = selection;
  const isThere =
    namespaces.kind === 'one' ? namespaces.name === where : isSelected(namespaces.by, namespaceLabels);
  return isThere && isSelected(pods, own);
}

/** Whether the policies of a workload admit a pod to come, whatever its own say. */
function admits(
  world: World,
  workload: string,
  newcomer: KubeObject,
  direction: Direction,
  packet: { protocol: Protocol; port: number },
): boolean {
  const [near, far] = [endOf(world, { pod: workload }), podOf(world, newcomer)];
  const [from, to] = direction === 'ingress' ? [far, near] : [near, far];
  const sight = seenFrom(direction, from, to, { ...packet, networks: 'anybody', hostPods: 'as pods' });
  return sight === undefined || (networkPoliciesAdmit(world, sight) ?? true);
}

type Asked = {
  readonly workload: string;
  readonly direction: Direction;
  readonly packet: { protocol: Protocol; port: number };
};

/** Every question about a world that the documents answer. */
function* questions(world: World): Generator<Asked> {
  for (const object of world) {
    if (object.kind !== 'Pod' || JSON.stringify(object).includes('hostNetwork')) continue;
    const workload = `${object.metadata.namespace ?? 'default'}/${object.metadata.name}`;
    for (const direction of ['ingress', 'egress'] as const)
      for (const packet of packetsOf(world).filter((_, i) => i % 4 === 0))
        yield { workload, direction, packet };
  }
}

describe('a pod that is not there yet', () => {
  const drawn = seeds(60, 20).map((seed) => {
    const world = worldOf('network policies', seed).filter(
      (object) => !JSON.stringify(object).includes('hostNetwork'),
    );
    return { world: world, newcomers: fc.sample(newcomers, { seed, numRuns: 8 }) };
  });

  it('gets nowhere where no representative that stands for it gets, and where one surely gets, it gets', () => {
    let [admitted, refused] = [0, 0];
    const wrong: string[] = [];
    for (const [exposure, world, added] of drawn.flatMap(({ world, newcomers: all }) => {
      const exposure = new Exposure(world);
      return all.map((each) => [exposure, world, each] as const);
    })) {
      const all = [...world, ...added];
      const [newcomer] = added;
      if (newcomer === undefined) continue;
      const own = exposure.potential.filter((each) => standsFor(each, all, newcomer));
      for (const { workload, direction, packet } of questions(world)) {
        const answers = own.map((each) => exposure.opens(each, workload, direction, packet));
        const named = own.some(({ named: ports }) => direction === 'egress' && ports.size > 0);
        const isAdmitted = admits(all, workload, newcomer, direction, packet);
        if (isAdmitted) admitted += 1;
        else refused += 1;
        // ports that have only a name are listed by their name, since a pod to come has yet to number them
        const isWrong = isAdmitted
          ? !named && !answers.some(([, possible]) => possible)
          : answers.some(([sure]) => sure);
        if (isWrong) wrong.push(`${JSON.stringify(all)} ${JSON.stringify({ workload, direction, packet })}`);
      }
    }
    expect(wrong.slice(0, 1)).toEqual([]);
    expect(admitted).toBeGreaterThan(100);
    expect(refused).toBeGreaterThan(100);
  });
});

describe('that a selection implies another', () => {
  const selections = fc
    .tuple(
      selector(POD_LABELS),
      selector(NAMESPACE_LABELS, NAMESPACES),
      fc.constantFrom(...NAMESPACES, undefined),
    )
    .map(([pods, by, name]): PodSelection =>
      name === undefined
        ? { namespaces: { kind: 'selected', by: plain(by) }, pods: plain(pods) }
        : { namespaces: { kind: 'one', name }, pods: plain(pods) },
    );
  const everyPod = assignments({ ...POD_LABELS, nowhere: ['x'] });
  const everyNamespace = [
    ...NAMESPACES.map((name) => ({ name, labels: { 'kubernetes.io/metadata.name': name } })),
    ...assignments({ ...NAMESPACE_LABELS, nowhere: ['x'] }).map((own) => ({
      name: 'fresh',
      labels: { ...own, 'kubernetes.io/metadata.name': 'fresh' },
    })),
  ];
  const declared = new Map(
    NAMESPACES.map((name) => [name, { name, labels: new Map([['kubernetes.io/metadata.name', name]]) }]),
  );

  it('means that whoever is in the one is in the other, with whatever labels', () => {
    let implied = 0;
    for (const [a, b] of fc.sample(fc.tuple(selections, selections), { seed: 5, numRuns: 3000 })) {
      if (!impliesSelection(a, b, declared)) continue;
      implied += 1;
      const isIn = (
        { namespaces, pods }: PodSelection,
        where: (typeof everyNamespace)[number],
        own: Labels,
      ): boolean =>
        (namespaces.kind === 'one'
          ? namespaces.name === where.name
          : isSelected(namespaces.by, where.labels)) && isSelected(pods, own);
      const outside = everyNamespace.flatMap((where) =>
        everyPod
          .filter((own) => isIn(a, where, own) && !isIn(b, where, own))
          .map((own) => ({ a, b, where, own })),
      );
      expect(outside.slice(0, 1)).toEqual([]);
    }
    expect(implied).toBeGreaterThan(200);
  });
});

/** As the reader of manifests leaves it: nothing is absent. */
function plain({ matchLabels, matchExpressions }: LabelSelector): PodSelection['pods'] {
  return {
    matchLabels: { ...matchLabels },
    matchExpressions: (matchExpressions ?? []).map(({ key, operator, values }) => ({
      key,
      operator: operator as 'In',
      values: [...(values ?? [])],
    })),
  };
}

/** Every way to give each of some keys one of its values, another one, or none. */
function assignments(vocabulary: Readonly<Record<string, readonly string[]>>): readonly Labels[] {
  return Object.entries(vocabulary).reduce<readonly Labels[]>(
    (found, [key, values]) =>
      found.flatMap((own) => [own, ...[...values, 'other', ''].map((value) => ({ ...own, [key]: value }))]),
    [{}],
  );
}
