import { namespaceOf, nameOf, type ClusterFacts, type SeenObject } from './cluster-facts.ts';
import {
  NETWORK_POLICY,
  type Misread,
  type PolicyKind,
  type Sighting,
  type Unhonoured,
  type Verdict,
  type WithoutEffect,
} from './enforcement.ts';
import { listAt, textAt, at } from './json.ts';

/** Kinds that some engine takes for policies. */
const KINDS: ReadonlySet<string> = new Set([
  NETWORK_POLICY,
  'policy.networking.k8s.io/AdminNetworkPolicy',
  'policy.networking.k8s.io/BaselineAdminNetworkPolicy',
  'policy.networking.k8s.io/ClusterNetworkPolicy',
  'projectcalico.org/NetworkPolicy',
  'projectcalico.org/GlobalNetworkPolicy',
  'crd.projectcalico.org/NetworkPolicy',
  'crd.projectcalico.org/GlobalNetworkPolicy',
  'cilium.io/CiliumNetworkPolicy',
  'cilium.io/CiliumClusterwideNetworkPolicy',
  'crd.antrea.io/ClusterNetworkPolicy',
  'crd.antrea.io/NetworkPolicy',
  'networking.k8s.aws/ClusterNetworkPolicy',
  'networking.k8s.aws/ApplicationNetworkPolicy',
  'k8s.ovn.org/EgressFirewall',
  'networking.gke.io/FQDNNetworkPolicy',
]);

/** The policies of the input by kind. */
export function policiesByKind(cluster: ClusterFacts): ReadonlyMap<PolicyKind, readonly SeenObject[]> {
  const byKind = new Map<PolicyKind, SeenObject[]>();
  for (const object of cluster.objects) {
    const kind: PolicyKind = `${object.apiVersion.split('/').slice(0, -1).join('/')}/${object.kind}`;
    if (!KINDS.has(kind)) continue;
    byKind.set(kind, [...(byKind.get(kind) ?? []), object]);
  }
  return byKind;
}

/** Whether a kind of policy is read by an engine that works here. `core`: the verdict on NetworkPolicies. */
export function verdictOnKind(kind: PolicyKind, core: Verdict, sightings: readonly Sighting[]): Verdict {
  if (kind === NETWORK_POLICY) return core;
  const readers = sightings.flatMap(({ kinds, enforces }) => {
    const reads = kinds.get(kind);
    if (reads === undefined) return [];
    // an engine that has NetworkPolicies switched off may read its own kinds all the same, and lists those that it does
    return [reads === 'yes' && enforces !== 'unknown' ? 'enforced' : 'cannot-tell'] as const;
  });
  if (readers.includes('enforced')) return 'enforced';
  return readers.length > 0 || sightings.length === 0 ? 'cannot-tell' : 'not-enforced';
}

/** Kinds besides NetworkPolicy that nothing here reads, or perhaps nothing. */
export function withoutEffect(
  policies: ReadonlyMap<PolicyKind, readonly SeenObject[]>,
  kinds: ReadonlyMap<PolicyKind, Verdict>,
  sightings: readonly Sighting[],
): readonly WithoutEffect[] {
  const engines = sightings.map(({ engine }) => engine).join(', ');
  return [...policies].flatMap(([kind, objects]) => {
    const verdict = kinds.get(kind) ?? 'cannot-tell';
    if (kind === NETWORK_POLICY || verdict === 'enforced') return [];
    const name = kind.slice(kind.indexOf('/') + 1);
    const why =
      verdict === 'not-enforced'
        ? `no engine here reads ${name} (${kind.slice(0, kind.indexOf('/'))}): found ${engines}. These objects have no effect`
        : `nothing that was read says whether ${name} is read by an engine here`;
    return [{ kind, verdict, objects: objects.map(fullName).toSorted(), why }];
  });
}

/** NetworkPolicies that say what the engine that enforces them does not do as it is written. */
export function misreadBy(
  policies: readonly SeenObject[],
  sightings: readonly Sighting[],
): readonly Misread[] {
  const enforcing = sightings.filter(({ enforces }) => enforces !== 'no');
  return enforcing.flatMap(({ unhonoured }) =>
    unhonoured.flatMap(({ feature, why }) => {
      const objects = policies.filter((policy) => uses(feature, policy)).map(fullName);
      return objects.length === 0 ? [] : [{ feature, why, objects: objects.toSorted() }];
    }),
  );
}

function uses(feature: Unhonoured['feature'], policy: SeenObject): boolean {
  const rules = [...listAt(policy, 'spec', 'ingress'), ...listAt(policy, 'spec', 'egress')];
  const ports = rules.flatMap((rule) => listAt(rule, 'ports'));
  switch (feature) {
    case 'endPort':
      return ports.some((port) => typeof at(port, 'endPort') === 'number');
    case 'SCTP':
      return ports.some((port) => textAt(port, 'protocol') === 'SCTP');
  }
}

function fullName(object: SeenObject): string {
  const isNamespaced = textAt(object, 'metadata', 'namespace') !== '' || object.kind === 'NetworkPolicy';
  return isNamespaced ? `${namespaceOf(object)}/${nameOf(object)}` : nameOf(object);
}
