import type { Mutant } from '../mutants.ts';

const CALICO = 'lib/sources/kubernetes/translate/calico';
const CILIUM = 'lib/sources/kubernetes/translate/cilium';

/** Wrong ideas of what the policies of Calico and Cilium mean. */
export const PLUGIN_MUTANTS: readonly Mutant[] = [
  mutant('a tier of Calico passes what it does not decide', `${CALICO}/policies.ts`, {
    find: "spec.defaultAction === 'Pass' ? 'next' : 'deny'",
    replace: "spec.defaultAction === 'Deny' ? 'deny' : 'next'",
  }),
  mutant('a policy of Calico without an order comes first', `${CALICO}/policies.ts`, {
    find: 'return order ?? LAST_ORDER',
    replace: 'return order ?? -1',
  }),
  mutant('a policy of Calico with egress rules alone shuts ingress', `${CALICO}/policies.ts`, {
    find: 'ingress.length > 0 || egress.length === 0',
    replace: 'ingress.length >= 0',
  }),
  mutant('Pass of Calico allows', `${CALICO}/add-policy.ts`, {
    find: "Pass: 'pass'",
    replace: "Pass: 'allow'",
  }),
  mutant('a selector of Calico names pods of every namespace', `${CALICO}/named-by.ts`, {
    find: 'pod.namespace !== namespace ) return false; if (serviceAccounts',
    replace: "pod.namespace === '' ) return false; if (serviceAccounts",
  }),
  mutant('a notSelector of Calico is not looked at', `${CALICO}/named-by.ts`, {
    find: '!(isText(notSelector) && parseSelector(notSelector)(labels))',
    replace: 'notSelector !== labels',
  }),
  mutant('blocks that Calico leaves out are in', `${CALICO}/named-by.ts`, {
    find: 'subtract(of(notNets ?? []))',
    replace: 'subtract(of([]))',
  }),
  mutant('a label that is absent equals nothing, not even by !=, for Calico', `${CALICO}/selector.ts`, {
    find: '(labels) => labels.get(label) !== value',
    replace: '(labels) => labels.has(label) && labels.get(label) !== value',
  }),
  mutant('ports that Calico leaves out are in', `${CALICO}/transport.ts`, {
    find: 'numbered.subtract(unwanted.numbered)',
    replace: 'numbered',
  }),
  mutant('an empty rule of Cilium allows', `${CILIUM}/peers.ts`, {
    find: 'return saysPorts ?',
    replace: 'return !saysPorts || saysPorts ?',
  }),
  mutant('what Cilium denies is denied after what is allowed', 'lib/sources/kubernetes/translate/tiers.ts', {
    find: 'ciliumDeny: { rank: 999_999',
    replace: 'ciliumDeny: { rank: 1_000_001',
  }),
  mutant('a deny of Cilium alone shuts nothing else', `${CILIUM}/policies.ts`, {
    find: '[spec[direction], spec[`${direction}Deny`]].some(',
    replace: '[spec[direction]].some(',
  }),
  mutant('a policy of Cilium shuts although it says that it does not', `${CILIUM}/policies.ts`, {
    find: '(spec.enableDefaultDeny?.[direction] ?? true) === shuts',
    replace: 'shuts',
  }),
  mutant('a selector of Cilium names pods of every namespace', `${CILIUM}/peers.ts`, {
    find: 'const keeps = namesNamespace ? undefined : namespace',
    replace: 'const keeps = namesNamespace ? namespace : undefined',
  }),
  mutant('holes in a block are ignored for Cilium', `${CILIUM}/peers.ts`, {
    find: 'ips: ips.subtract(out), text',
    replace: 'ips, text',
  }),
  mutant('a set of Calico is of every namespace', `${CALICO}/named-by.ts`, {
    find: '? namespace === undefined || set.namespace === namespace',
    replace: '? set.namespace !== namespace || set.namespace === namespace',
  }),
  mutant('global() of Calico means sets of namespaces', `${CALICO}/named-by.ts`, {
    find: '? set.namespace === undefined',
    replace: '? set.namespace !== undefined',
  }),
  mutant('the namespaces of sets are not looked at', `${CALICO}/named-by.ts`, {
    find: 'set.namespace !== undefined && parseSelector(namespaceSelector)(',
    replace: 'set.namespace !== undefined || parseSelector(namespaceSelector)(',
  }),
  mutant('a node of another label is meant too', 'lib/sources/kubernetes/translate/cluster-draft.ts', {
    find: '.filter(({ labels }) => selects(selector, labels))',
    replace: '.filter(({ labels }) => labels.size >= 0 || selects(selector, labels))',
  }),
  mutant('nodes are nobody', 'lib/sources/kubernetes/translate/cluster-peers.ts', {
    find: 'if (nodes !== undefined) return nodesOf(draft, policy, nodes, field)',
    replace: 'if (nodes !== undefined) return []',
  }),
  mutant('a block of IPv6 is nobody', 'lib/sources/kubernetes/translate/network-policies.ts', {
    find: 'const of = (text: string): IpSet => IpSet.parse(text)',
    replace: "const of = (text: string): IpSet => (text.includes(':') ? IpSet.NONE : IpSet.parse(text))",
  }),
  mutant('networks never mean pods', 'lib/sources/kubernetes/translate/with-address.ts', {
    find: "return inside === addresses.length ? 'yes' : 'perhaps'",
    replace: "return 'no'",
  }),
];

function mutant(name: string, file: string, edit: Pick<Mutant, 'find' | 'replace'>): Mutant {
  return { name, file, ...edit, law: 'kubernetes' };
}
