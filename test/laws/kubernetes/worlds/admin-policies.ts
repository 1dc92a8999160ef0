import fc from 'fast-check';
import { adminNetworkPolicy, baselineAdminNetworkPolicy, clusterNetworkPolicy } from '../build.ts';
import type {
  AdminPeer,
  AdminPort,
  AdminRule,
  AdminSpec,
  AdminSubject,
  ClusterProtocol,
  KubeObject,
} from '../oracle/objects.ts';
import { cidrs } from './blocks.ts';
import { NAMESPACES, PORT_NAMES, PROTOCOLS } from './cluster.ts';
import { NAMESPACE_LABELS, POD_LABELS, selector } from './labels.ts';

const namespaces = selector(NAMESPACE_LABELS, NAMESPACES);
const pods = fc.record({ namespaceSelector: namespaces, podSelector: selector(POD_LABELS) });
const subject: fc.Arbitrary<AdminSubject> = fc.oneof(fc.record({ namespaces }), fc.record({ pods }));
const networks = fc.record({ networks: fc.uniqueArray(cidrs, { minLength: 1, maxLength: 2 }) });
const protocol = fc.constantFrom(...PROTOCOLS);
const range = fc.record({ start: fc.constantFrom(79, 80), end: fc.constantFrom(81, 82, 65_535) });
const numbers = fc.constantFrom(80, 81);
const names = fc.constantFrom(...PORT_NAMES);

const portByNumber: fc.Arbitrary<AdminPort> = fc.oneof(
  fc.record({ portNumber: fc.record({ protocol, port: numbers }) }),
  fc.record({ portRange: fc.tuple(protocol, range).map(([one, each]) => ({ ...each, protocol: one })) }),
  fc.record({ portRange: range }),
);
const port: fc.Arbitrary<AdminPort> = fc.oneof(portByNumber, fc.record({ namedPort: names }));

const destination = fc.record(
  { destinationPort: fc.oneof(fc.record({ number: numbers }), fc.record({ range })) },
  { requiredKeys: ['destinationPort'] },
);
const protocolByNumber: fc.Arbitrary<ClusterProtocol> = fc.oneof(
  fc.record({ tcp: destination }),
  fc.record({ udp: destination }),
  fc.record({ sctp: destination }),
);
const clusterProtocol: fc.Arbitrary<ClusterProtocol> = fc.oneof(
  protocolByNumber,
  fc.record({ destinationNamedPort: names }),
);

/** Which version writes the ports how: all of them, and those that go with addresses, which have no names of ports. */
type Style = Readonly<Record<'all' | 'byNumber', fc.Arbitrary<Pick<AdminRule, 'ports' | 'protocols'>>>>;

const someOf = <T>(item: fc.Arbitrary<T>) => fc.array(item, { minLength: 1, maxLength: 2 });
const V1ALPHA1: Style = {
  all: fc.record({ ports: someOf(port) }, { requiredKeys: [] }),
  byNumber: fc.record({ ports: someOf(portByNumber) }, { requiredKeys: [] }),
};
const V1ALPHA2: Style = {
  all: fc.record({ protocols: someOf(clusterProtocol) }, { requiredKeys: [] }),
  byNumber: fc.record({ protocols: someOf(protocolByNumber) }, { requiredKeys: [] }),
};

function rules(style: Style, actions: readonly string[], side: 'from' | 'to'): fc.Arbitrary<AdminRule[]> {
  const rule = (peers: fc.Arbitrary<AdminPeer[]>, transport: Style['all']): fc.Arbitrary<AdminRule> =>
    fc
      .tuple(fc.constantFrom(...actions), peers, transport)
      .map(([action, named, limits]) => ({ action, [side]: named, ...limits }));
  const selecting = rule(someOf(subject), style.all);
  if (side === 'from') return fc.array(selecting, { maxLength: 3 });
  const addressed = fc.oneof(
    someOf(networks),
    someOf(fc.record({ nodes: selector({ zone: ['a', 'b'] }) })),
    fc
      .record({ nodes: fc.constantFrom('a', 'b').map((zone) => ({ matchLabels: { zone } })) })
      .map((one): AdminPeer[] => [one]),
    fc.tuple(networks, subject).map((both): AdminPeer[] => both),
  );
  // a name is for what is allowed only
  const named = fc
    .tuple(fc.constantFrom(...actions.slice(0, 1)), style.byNumber)
    .map(([action, limits]): AdminRule => ({ action, to: [{ domainNames: ['*.example.com'] }], ...limits }));
  const either = fc.oneof(
    { arbitrary: named, weight: 1 },
    { arbitrary: selecting, weight: 6 },
    { arbitrary: rule(addressed, style.byNumber), weight: 3 },
  );
  return fc.array(either, { maxLength: 3 });
}

function spec(style: Style, actions: readonly string[]): fc.Arbitrary<AdminSpec> {
  return fc.record(
    { subject, ingress: rules(style, actions, 'from'), egress: rules(style, actions, 'to') },
    { requiredKeys: ['subject'] },
  );
}

/** Of one priority there is one: which of two goes first is not defined. Some priorities sort otherwise as text. */
const priorities = (count: number) =>
  fc.uniqueArray(fc.constantFrom(0, 3, 20, 100, 1000), { minLength: count, maxLength: count });

export const adminNetworkPolicies: fc.Arbitrary<KubeObject[]> = fc
  .tuple(
    fc.array(spec(V1ALPHA1, ['Allow', 'Deny', 'Pass']), { maxLength: 3 }),
    fc.option(spec(V1ALPHA1, ['Allow', 'Deny']), { nil: undefined, freq: 2 }),
    priorities(3),
  )
  .map(([specs, baseline, places]) => [
    ...specs.map((each, at) => adminNetworkPolicy(`a${String(at)}`, { priority: places[at] ?? 0, ...each })),
    ...(baseline === undefined ? [] : [baselineAdminNetworkPolicy(baseline)]),
  ]);

export const clusterNetworkPolicies: fc.Arbitrary<KubeObject[]> = fc
  .tuple(
    fc.array(fc.tuple(fc.constantFrom('Admin', 'Baseline'), spec(V1ALPHA2, ['Accept', 'Deny', 'Pass'])), {
      maxLength: 4,
    }),
    priorities(4),
  )
  .map(([specs, places]) =>
    specs.map(([tier, each], at) =>
      clusterNetworkPolicy(`c${String(at)}`, { tier, priority: places[at] ?? 0, ...each }),
    ),
  );
