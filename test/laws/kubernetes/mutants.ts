import type { Mutant } from '../mutants.ts';

const TRANSLATE = 'lib/sources/kubernetes/translate';
const POLICIES = `${TRANSLATE}/network-policies.ts`;
const LABELS = `${TRANSLATE}/match-labels.ts`;
const PORTS = `${TRANSLATE}/ports.ts`;
const VARIANTS = `${TRANSLATE}/port-variants.ts`;
const CLUSTER_POLICY = `${TRANSLATE}/cluster-policy.ts`;
const ADD_CLUSTER_POLICY = `${TRANSLATE}/add-cluster-policy.ts`;
const TIERS = `${TRANSLATE}/tiers.ts`;
const FOLD = 'lib/engine/tiers.ts';

/** Wrong ideas of what policies of Kubernetes mean. */
export const KUBERNETES_MUTANTS: readonly Mutant[] = [
  mutant('NotIn wants the label to be there', LABELS, {
    find: 'return value === undefined || !values.includes(value)',
    replace: 'return value !== undefined && !values.includes(value)',
  }),
  mutant('In takes what has no such label', LABELS, {
    find: 'return value !== undefined && values.includes(value)',
    replace: 'return value === undefined || values.includes(value)',
  }),
  mutant('any term of a selector is enough', LABELS, {
    find: 'labels.get(key) === value) &&',
    replace: 'labels.get(key) === value) ||',
  }),
  mutant('a policy without types is about both directions', POLICIES, {
    find: "egress !== undefined && egress.length > 0 ? ['ingress', 'egress'] : ['ingress']",
    replace: "['ingress', 'egress']",
  }),
  mutant('a policy without types is about ingress alone', POLICIES, {
    find: "egress !== undefined && egress.length > 0 ? ['ingress', 'egress'] : ['ingress']",
    replace: "['ingress']",
  }),
  mutant('an empty list of egress rules adds egress', POLICIES, {
    find: 'egress !== undefined && egress.length > 0',
    replace: 'egress !== undefined',
  }),
  mutant('an empty list of types is about nothing', POLICIES, {
    find: 'policyTypes === undefined || policyTypes.length === 0',
    replace: 'policyTypes === undefined',
  }),
  mutant('an empty list of peers is nobody', POLICIES, {
    find: 'if (peers.length === 0) return [{ peer: undefined, place: field }]',
    replace: 'if (peers.length === 0) return []',
  }),
  mutant('an empty list of ports is no port', PORTS, {
    find: 'if (entries === undefined || entries.length === 0)',
    replace: 'if (entries === undefined)',
  }),
  mutant('a port without a protocol is of UDP', PORTS, {
    find: "port, endPort, protocol = 'TCP'",
    replace: "port, endPort, protocol = 'UDP'",
  }),
  mutant('a range of ports ends before its last', PORTS, {
    find: 'endPort ?? port',
    replace: 'endPort === undefined || endPort === port ? port : endPort - 1',
  }),
  mutant('a named port is one of any protocol', PORTS, {
    find: 'port.name === name && (protocol === undefined || port.protocol === protocol)',
    replace: 'port.name === name',
  }),
  mutant('a named port is a number of the called protocol alone', PORTS, {
    find: '.map((port) => portsOf(port.protocol, port.port))',
    replace: ".map((port) => portsOf('TCP', port.port))",
  }),
  mutant('a name of a port is looked up at one pod for all', VARIANTS, {
    find: "const key = named.map((one) => resolvePorts([one], pod).toString()).join(' / ')",
    replace: "const key = pod.name === '' ? '' : named.length.toString()",
  }),
  mutant('holes in a block are ignored', POLICIES, {
    find: 'of(cidr).subtract(IpSet.unionOf(except.map(of)))',
    replace: 'of(cidr).union(IpSet.unionOf(except.map(of)))',
  }),
  mutant('a peer without a namespaceSelector is of any namespace', POLICIES, {
    find: "namespaceSelector === undefined ? { kind: 'one', name: namespace } :",
    replace:
      "namespaceSelector === undefined ? (namespace === '' ? { kind: 'one', name: namespace } : { kind: 'selected', by: {} }) :",
  }),
  mutant('of a peer with both selectors, the namespaces count', POLICIES, {
    find: 'pods: podSelector ?? {}, }; } function',
    replace: 'pods: (namespaceSelector === undefined ? podSelector : undefined) ?? {}, }; } function',
  }),
  mutant('a namespace that is not declared has no name', `${TRANSLATE}/namespaces.ts`, {
    find: 'labels: new Map([[NAME_LABEL, name]])',
    replace: 'labels: new Map()',
  }),
  mutant('a namespace has only the labels that are declared', `${TRANSLATE}/namespaces.ts`, {
    find: 'new Map([...labelsIn(object), [NAME_LABEL, name]])',
    replace: 'new Map(labelsIn(object))',
  }),
  mutant(
    'a number that a pod has is open at all pods of a rule that names a port',
    `${TRANSLATE}/pod-groups.ts`,
    {
      find: 'resolvePorts(named, pod).equals(numbers)',
      replace: '!numbers.isEmpty',
    },
  ),
  mutant('a NetworkPolicy leaves to others what none of its rules allows', TIERS, {
    find: "name: 'NetworkPolicy', otherwise: 'deny'",
    replace: "name: 'NetworkPolicy', otherwise: 'next'",
  }),
  mutant('the baseline is asked first', TIERS, {
    find: 'baseline: { rank:',
    replace: 'baseline: { rank: 1 -',
  }),
  mutant('admin policies are asked last', TIERS, {
    find: 'admin: { rank:',
    replace: 'admin: { rank: 1e9 +',
  }),
  mutant('the baseline shuts what none of its rules names', TIERS, {
    find: "name: 'baseline', otherwise: 'next'",
    replace: "name: 'baseline', otherwise: 'deny'",
  }),
  mutant('the highest number goes first', ADD_CLUSTER_POLICY, {
    find: 'order: priority',
    replace: 'order: -priority',
  }),
  mutant('priorities go by the letters of their numbers', FOLD, {
    find: 'a.tier.order - b.tier.order',
    replace: '(String(a.tier.order) < String(b.tier.order) ? -1 : 1)',
  }),
  mutant('Pass of an admin policy allows', `${TRANSLATE}/admin-policies.ts`, {
    find: "Pass: 'pass'",
    replace: "Pass: 'allow'",
  }),
  mutant('Pass of a policy of the cluster goes to its next rule', FOLD, {
    find: "case 'pass': {",
    replace: "case 'pass': if (run.length > 0) break; else {",
  }),
  mutant('Deny of an admin policy is only for the baseline to make', `${TRANSLATE}/admin-policies.ts`, {
    find: "Deny: 'deny', Pass",
    replace: "Deny: 'pass', Pass",
  }),
  mutant('the last rule of a policy decides', FOLD, {
    find: 'for (const run of runsOf(rules).toReversed())',
    replace: 'for (const run of runsOf(rules))',
  }),
  mutant('a policy of the cluster says something of both directions', ADD_CLUSTER_POLICY, {
    find: 'rules.some((rule) => rule.direction === direction)',
    replace: 'rules.some((rule) => rule.direction !== direction)',
  }),
  mutant('the baseline tier is the admin tier', `${TRANSLATE}/cluster-network-policies.ts`, {
    find: "tier === 'Admin' ? 'admin' : 'baseline'",
    replace: "'admin'",
  }),
  mutant('a subject of pods is all pods of its namespaces', CLUSTER_POLICY, {
    find: 'pods: pods?.podSelector ?? {}',
    replace: 'pods: {}',
  }),
  mutant('a range of an admin policy starts after its first port', `${TRANSLATE}/admin-policies.ts`, {
    find: 'portRange.start, portRange.end',
    replace: 'portRange.start + 1, portRange.end',
  }),
  mutant(
    'a port of a policy of the cluster is one of any protocol',
    `${TRANSLATE}/cluster-network-policies.ts`,
    {
      find: 'return portsOf(name, number, number)',
      replace: "return portsOf('TCP', number, number)",
    },
  ),
];

function mutant(name: string, file: string, edit: Pick<Mutant, 'find' | 'replace'>): Mutant {
  return { name, file, ...edit, law: 'kubernetes' };
}
