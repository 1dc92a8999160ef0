import fc from 'fast-check';
import { networkPolicy } from '../build.ts';
import type {
  KubeObject,
  NetworkPolicyPeer,
  NetworkPolicyPort,
  NetworkPolicyRule,
  NetworkPolicySpec,
} from '../oracle/objects.ts';
import { ipBlocks } from './blocks.ts';
import { NAMESPACES, PORT_NAMES, PROTOCOLS } from './cluster.ts';
import { NAMESPACE_LABELS, POD_LABELS, selector } from './labels.ts';

export function networkPolicies(least: number, most: number): fc.Arbitrary<KubeObject[]> {
  return fc
    .array(fc.tuple(fc.constantFrom(...NAMESPACES), spec), { minLength: least, maxLength: most })
    .map((specs) => specs.map(([name, each], at) => networkPolicy(`${name}/n${String(at)}`, each)));
}

/** A list that may also be missing, null or empty, each of which means something of its own. */
function listOf<T>(item: fc.Arbitrary<T>): fc.Arbitrary<T[] | null> {
  return fc.oneof(
    { arbitrary: fc.constantFrom<(T[] | null)[]>(null, []), weight: 1 },
    { arbitrary: fc.array(item, { minLength: 1, maxLength: 2 }), weight: 5 },
  );
}

const podSelector = selector(POD_LABELS);
const namespaceSelector = selector(NAMESPACE_LABELS, ['x', 'y', 'default']);

const peer: fc.Arbitrary<NetworkPolicyPeer> = fc.oneof(
  fc.record({ podSelector }),
  fc.record({ namespaceSelector }),
  fc.record({ podSelector, namespaceSelector }),
  fc.record({ podSelector: fc.constant(null), namespaceSelector }),
  fc.record({ ipBlock: ipBlocks }),
);

const protocol = fc.constantFrom(...PROTOCOLS);

const port: fc.Arbitrary<NetworkPolicyPort> = fc.oneof(
  {
    arbitrary: fc.record({ port: fc.constantFrom(80, 81), protocol }, { requiredKeys: ['port'] }),
    weight: 4,
  },
  {
    arbitrary: fc.record({ port: fc.constantFrom(...PORT_NAMES), protocol }, { requiredKeys: ['port'] }),
    weight: 4,
  },
  { arbitrary: fc.record({ protocol }, { requiredKeys: [] }), weight: 2 },
  {
    arbitrary: fc.record(
      { port: fc.constantFrom(79, 80, 81), endPort: fc.constantFrom(81, 82, 65_535), protocol },
      { requiredKeys: ['port', 'endPort'] },
    ),
    weight: 2,
  },
);

function rule(side: 'from' | 'to'): fc.Arbitrary<NetworkPolicyRule> {
  return fc.record({ [side]: listOf(peer), ports: listOf(port) }, { requiredKeys: [] });
}

const spec: fc.Arbitrary<NetworkPolicySpec> = fc.record(
  {
    podSelector: fc.oneof({ arbitrary: podSelector, weight: 6 }, { arbitrary: fc.constant(null), weight: 1 }),
    policyTypes: fc.constantFrom(null, [], ['Ingress'], ['Egress'], ['Ingress', 'Egress']),
    ingress: listOf(rule('from')),
    egress: listOf(rule('to')),
  },
  { requiredKeys: [] },
);
