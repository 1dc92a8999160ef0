import fc from 'fast-check';
import { placed } from '../build.ts';
import type { CiliumPorts, CiliumRule, CiliumSpec } from '../oracle/cilium-objects.ts';
import type { KubeObject, LabelSelector } from '../oracle/objects.ts';
import { cidrs, ipBlocks } from './blocks.ts';
import { NAMESPACES, PORT_NAMES } from './cluster.ts';
import { POD_LABELS, selector } from './labels.ts';

const own = selector(POD_LABELS);
/** May say where its labels come from, and name another namespace. */
const endpoint: fc.Arbitrary<LabelSelector> = fc.oneof(
  { arbitrary: own, weight: 3 },
  {
    arbitrary: selector({
      'k8s:app': ['web', 'db'],
      'any:tier': ['front', 'back'],
      'k8s:io.kubernetes.pod.namespace': NAMESPACES,
    }),
    weight: 3,
  },
);
const clusterEndpoint: fc.Arbitrary<LabelSelector> = fc.oneof(
  endpoint,
  selector({
    'io.cilium.k8s.namespace.labels.team': ['a', 'b'],
    'k8s:io.cilium.k8s.namespace.labels.env': ['prod'],
  }),
);

const entity = fc.constantFrom('world', 'cluster', 'all', 'host', 'remote-node');
const port = fc.oneof(
  fc.record(
    {
      port: fc.constantFrom('80', '81', ...PORT_NAMES),
      protocol: fc.constantFrom('TCP', 'UDP', 'SCTP', 'ANY'),
    },
    { requiredKeys: ['port'] },
  ),
  fc.record({
    port: fc.constantFrom('79', '80'),
    endPort: fc.constantFrom(81, 65_535),
    protocol: fc.constantFrom('TCP', 'UDP'),
  }),
);
const toPorts: fc.Arbitrary<CiliumPorts[]> = fc.array(
  fc.record({ ports: fc.array(port, { minLength: 1, maxLength: 2 }) }),
  { minLength: 1, maxLength: 2 },
);

/** One kind of peer in a rule; `mayBeEmpty`: an empty rule, which is none of a deny. */
function rules(
  side: 'from' | 'to',
  endpoints: fc.Arbitrary<LabelSelector>,
  mayBeEmpty: boolean,
): fc.Arbitrary<CiliumRule[]> {
  const peers = fc.oneof(
    { arbitrary: fc.record({ [`${side}Endpoints`]: fc.array(endpoints, { maxLength: 2 }) }), weight: 5 },
    {
      arbitrary: fc.record({ [`${side}Entities`]: fc.array(entity, { minLength: 1, maxLength: 2 }) }),
      weight: 2,
    },
    { arbitrary: fc.record({ [`${side}CIDR`]: fc.array(cidrs, { minLength: 1, maxLength: 2 }) }), weight: 1 },
    {
      arbitrary: fc.record({ [`${side}CIDRSet`]: fc.array(ipBlocks, { minLength: 1, maxLength: 2 }) }),
      weight: 1,
    },
  );
  const rule: fc.Arbitrary<CiliumRule> = fc.oneof(
    { arbitrary: peers, weight: 4 },
    { arbitrary: fc.tuple(peers, toPorts).map(([who, limits]) => ({ ...who, toPorts: limits })), weight: 3 },
    { arbitrary: fc.record({ toPorts }), weight: 2 },
    ...(mayBeEmpty ? [{ arbitrary: fc.constant({}), weight: 1 }] : []),
  );
  return fc.array(rule, { maxLength: 2 });
}

function spec(endpoints: fc.Arbitrary<LabelSelector>): fc.Arbitrary<CiliumSpec> {
  return fc.record(
    {
      endpointSelector: own,
      enableDefaultDeny: fc.record({ ingress: fc.boolean(), egress: fc.boolean() }, { requiredKeys: [] }),
      ingress: rules('from', endpoints, true),
      egress: rules('to', endpoints, true),
      ingressDeny: rules('from', endpoints, false),
      egressDeny: rules('to', endpoints, false),
    },
    { requiredKeys: ['endpointSelector'] },
  );
}

const V2 = 'cilium.io/v2';

export const ciliumPolicies: fc.Arbitrary<KubeObject[]> = fc
  .tuple(
    fc.array(
      fc.tuple(fc.constantFrom(...NAMESPACES), fc.array(spec(endpoint), { minLength: 1, maxLength: 2 })),
      { minLength: 1, maxLength: 3 },
    ),
    fc.array(spec(clusterEndpoint), { maxLength: 1 }),
  )
  .map(([own, clusterwide]) => [
    ...own.map(([name, specs], at): KubeObject & { specs?: unknown } => ({
      apiVersion: V2,
      kind: 'CiliumNetworkPolicy',
      metadata: placed(`${name}/c${String(at)}`),
      ...(specs.length === 1 ? { spec: specs[0] } : { specs }),
    })),
    ...clusterwide.map((each, at): KubeObject => ({
      apiVersion: V2,
      kind: 'CiliumClusterwideNetworkPolicy',
      metadata: { name: `w${String(at)}` },
      spec: each,
    })),
  ]);
