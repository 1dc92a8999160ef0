import fc from 'fast-check';
import { placed } from '../build.ts';
import type { CalicoEntity, CalicoRule, CalicoSpec } from '../oracle/calico-objects.ts';
import type { KubeObject } from '../oracle/objects.ts';
import { cidrs } from './blocks.ts';
import { NAMESPACES, PORT_NAMES } from './cluster.ts';
import { labels, NAMESPACE_LABELS, POD_LABELS, type Vocabulary } from './labels.ts';

const V3 = 'projectcalico.org/v3';

/** Selectors in Calico's language. */
function expression(vocabulary: Vocabulary): fc.Arbitrary<string> {
  const atom = fc.constantFrom(...Object.keys(vocabulary), 'nowhere').chain((key) => {
    const values = [...(vocabulary[key] ?? []), 'other', ''];
    const value = fc.constantFrom(...values);
    const list = fc
      .subarray(values, { minLength: 1, maxLength: 2 })
      .map((some) => some.map((x) => `'${x}'`).join(', '));
    return fc.oneof(
      fc.constantFrom('all()', `has(${key})`, `!has(${key})`),
      fc
        .tuple(fc.constantFrom('==', '!=', 'contains', 'starts with', 'ends with'), value)
        .map(([operator, text]) => `${key} ${operator} "${text}"`),
      fc
        .tuple(fc.constantFrom('in', 'not in'), list)
        .map(([operator, text]) => `${key} ${operator} {${text}}`),
    );
  });
  const joined = fc
    .tuple(atom, fc.constantFrom('&&', '||'), atom, fc.constantFrom('&&', '||'), atom, fc.boolean())
    .map(([a, one, b, other, c, isGrouped]) =>
      isGrouped ? `${a} ${one} !(${b} ${other} ${c})` : `${a} ${one} ${b} ${other} ${c}`,
    );
  return fc.oneof({ arbitrary: atom, weight: 4 }, { arbitrary: joined, weight: 1 });
}

const pods = expression(POD_LABELS);
const namespaces = fc.oneof(
  expression(NAMESPACE_LABELS),
  fc.constantFrom(...NAMESPACES.map((name) => `projectcalico.org/name == '${name}'`), 'all()', 'global()'),
);

const nets = fc.uniqueArray(cidrs, { minLength: 1, maxLength: 2 });
const who: fc.Arbitrary<CalicoEntity> = fc.oneof(
  { arbitrary: fc.constant({}), weight: 5 },
  { arbitrary: fc.record({ selector: pods }), weight: 4 },
  { arbitrary: fc.record({ namespaceSelector: namespaces }), weight: 2 },
  { arbitrary: fc.record({ selector: pods, namespaceSelector: namespaces }), weight: 2 },
  { arbitrary: fc.record({ selector: pods, notSelector: pods }), weight: 3 },
  { arbitrary: fc.record({ notSelector: pods }), weight: 1 },
  {
    arbitrary: fc.oneof(
      fc.record({ nets }),
      fc.record({ notNets: nets }),
      fc.record({ nets, notNets: nets }),
    ),
    weight: 1,
  },
);

const ports = fc.array(
  fc.constantFrom<(number | string)[]>(80, 81, '80', '79:81', '81:65535', ...PORT_NAMES),
  {
    minLength: 1,
    maxLength: 2,
  },
);
type Transport = Pick<CalicoRule, 'protocol' | 'notProtocol'> & { readonly to?: CalicoEntity };
const protocol = fc.constantFrom<(string | number)[]>('TCP', 'UDP', 'SCTP', 6);
const transport: fc.Arbitrary<Transport> = fc.oneof(
  { arbitrary: fc.constant({}), weight: 3 },
  { arbitrary: fc.record({ protocol }), weight: 2 },
  { arbitrary: fc.record({ notProtocol: protocol }), weight: 1 },
  { arbitrary: fc.record({ protocol, to: fc.record({ ports }) }), weight: 4 },
  { arbitrary: fc.record({ protocol, to: fc.record({ notPorts: ports }) }), weight: 2 },
);

/** An ingress rule may also say to which of the policy's own pods it is about. */
function rules(direction: 'ingress' | 'egress'): fc.Arbitrary<CalicoRule[]> {
  const near = fc.option(fc.record({ selector: pods }), { nil: {}, freq: 5 });
  const rule = fc
    .tuple(fc.constantFrom('Allow', 'Allow', 'Deny', 'Pass', 'Pass', 'Log'), who, near, transport)
    .map(([action, far, own, { to = {}, ...limits }]): CalicoRule => {
      const [source, destination] = direction === 'ingress' ? [far, own] : [own, far];
      return { action, ...limits, source, destination: { ...destination, ...to } };
    });
  return fc.array(rule, { minLength: 1, maxLength: 3 });
}

/** One of them more often, for its policies to have an order to go by. */
const TIERS = ['first', 'first', 'second', 'default'];

const spec: fc.Arbitrary<CalicoSpec> = fc.record(
  {
    tier: fc.constantFrom(...TIERS),
    // Mostly everybody: policies of several tiers are to meet at one pod.
    selector: fc.oneof(
      { arbitrary: fc.constantFrom('all()', ''), weight: 2 },
      { arbitrary: pods, weight: 1 },
    ),
    types: fc.constantFrom(null, [], ['Ingress'], ['Egress'], ['Ingress', 'Egress'], ['Ingress', 'Egress']),
    ingress: rules('ingress'),
    egress: rules('egress'),
  },
  { requiredKeys: [] },
);

const tiers = fc
  .tuple(fc.constantFrom('Pass', 'Deny', null), fc.constantFrom('Pass', 'Deny', undefined))
  .map(([first, second]): KubeObject[] => [
    // The last that is written is the first that is asked.
    {
      apiVersion: V3,
      kind: 'Tier',
      metadata: { name: 'second' },
      spec: { order: 1500, defaultAction: second },
    },
    {
      apiVersion: V3,
      kind: 'Tier',
      metadata: { name: 'first' },
      spec: { order: 250.5, defaultAction: first },
    },
  ]);

/** No two policies have one order, nor the one that those of Kubernetes have; one has none, and comes last. */
const orders = fc.shuffledSubarray([9, 10, 1001, undefined], { minLength: 4 });

export const calicoPolicies: fc.Arbitrary<KubeObject[]> = fc
  .tuple(
    tiers,
    fc.array(
      fc.tuple(
        spec,
        fc.oneof(
          fc.constantFrom(...NAMESPACES),
          fc.record({ namespaceSelector: namespaces }, { requiredKeys: [] }),
        ),
      ),
      { minLength: 3, maxLength: 4 },
    ),
    orders,
  )
  .map(([stages, specs, places]) => [
    ...stages,
    ...specs.map(([each, scope], at): KubeObject => {
      const order = places[at] === undefined ? {} : { order: places[at] };
      return typeof scope === 'string'
        ? {
            apiVersion: V3,
            kind: 'NetworkPolicy',
            metadata: placed(`${scope}/c${String(at)}`),
            spec: { ...each, ...order },
          }
        : {
            apiVersion: V3,
            kind: 'GlobalNetworkPolicy',
            metadata: { name: `g${String(at)}` },
            spec: { ...each, ...scope, ...order },
          };
    }),
  ]);

const SETS = [
  { name: 's0', nets: ['192.0.2.64/26', '2001:db8:1::/48'] },
  { name: 's1', nets: ['198.51.100.128/25'] },
  { name: 's2', nets: ['203.0.113.9'] },
];

/** Addresses with the labels that pods have, so that selectors name both. No address is in two sets. */
export const networkSets: fc.Arbitrary<KubeObject[]> = fc
  .array(fc.tuple(labels(POD_LABELS), fc.constantFrom(...NAMESPACES, undefined)), { maxLength: 3 })
  .map((drawn) =>
    drawn.map(([own, namespace], at): KubeObject => ({
      apiVersion: V3,
      kind: namespace === undefined ? 'GlobalNetworkSet' : 'NetworkSet',
      metadata: { name: SETS[at]?.name ?? '', ...(namespace !== undefined && { namespace }), labels: own },
      spec: { nets: SETS[at]?.nets ?? [] },
    })),
  );
