import { TransportSet } from '#netset';
import type { Action, Direction } from '#model';
import type { CalicoEntity, CalicoRule } from '../../resources/index.ts';
import type { ClusterDraft } from '../cluster-draft.ts';
import type { PodSet } from '../pods.ts';
import { addOpaquePolicy } from '../opaque-policy.ts';
import { addTieredPolicy, type TieredPeer, type TieredRule } from '../tiered-policy.ts';
import { calicoLabels, calicoNamespaceLabels } from './labels.ts';
import { holdsFor, namedByEntity, type Scope } from './named-by.ts';
import type { NetworkSet } from './network-sets.ts';
import { calicoDirections, type CalicoPolicy } from './policies.ts';
import { parseSelector } from './selector.ts';
import { transportOf } from './transport.ts';

const ACTIONS: Record<'Allow' | 'Deny' | 'Pass', Action> = { Allow: 'allow', Deny: 'deny', Pass: 'pass' };

export function addCalicoPolicy(
  draft: ClusterDraft,
  policy: CalicoPolicy,
  sets: readonly NetworkSet[],
): void {
  const { read, name, namespace, spec, tier } = policy;
  const isNamespaced = namespace !== undefined;
  const title = `${read.object.kind} ${isNamespaced ? `${namespace}/` : ''}${name} (Calico)`;
  const applies = calicoDirections(spec);
  const carriers = carriersOf(draft, policy);
  const written = { read, title, name, isNamespaced, tier: { ...tier, applies }, carriers };
  const note: Scope['note'] = (field, what, remedy = '') =>
    draft.doubt(`${title}: ${field} ${what}`, remedy, draft.at(read.object, read.at, field, isNamespaced));
  if (!policy.isKnown) {
    const what = `stands in the tier ${tier.name}, which was not read: when it is asked, and whether at all, is not known`;
    addOpaquePolicy(draft, written, note('spec.tier', what, 'Read the Tier too.'));
    return;
  }
  if (spec.serviceAccountSelector !== undefined) {
    const doubt = note(
      'spec.serviceAccountSelector',
      'selects by service accounts: to which pods it applies is not known',
    );
    addOpaquePolicy(draft, written, doubt);
    return;
  }
  const scope: Scope = { draft, namespace, sets, note };
  const rules = applies.flatMap((direction) =>
    (spec[direction] ?? []).flatMap(
      (rule, i) => ruleOf(scope, rule, direction, `spec.${direction}[${String(i)}]`, carriers) ?? [],
    ),
  );
  addTieredPolicy(draft, { ...written, rules });
}

function carriersOf(draft: ClusterDraft, { namespace, spec }: CalicoPolicy): readonly PodSet[] {
  const isSelected = parseSelector(spec.selector ?? '');
  const isThere = parseSelector(spec.namespaceSelector ?? '');
  const text = `Calico: selected by ${spec.selector ?? ''} in ${namespace ?? spec.namespaceSelector ?? ''}`;
  return draft.groups.where(text, (pod, labels) => {
    if (namespace !== undefined && pod.namespace !== namespace) return false;
    return isThere(calicoNamespaceLabels(pod.namespace, labels)) && isSelected(calicoLabels(pod));
  }).members;
}

/** `undefined` for a rule that decides nothing. */
function ruleOf(
  scope: Scope,
  rule: CalicoRule,
  direction: Direction,
  field: string,
  carriers: readonly PodSet[],
): TieredRule | undefined {
  if (rule.action === 'Log') return undefined;
  const [nearField, farField] =
    direction === 'ingress' ? (['destination', 'source'] as const) : (['source', 'destination'] as const);
  const near: CalicoEntity = rule[nearField] ?? {};
  const held = carriers.length === 0 ? 'all' : holdsFor(scope, near, carriers);
  if (held === 'none') return undefined;
  const ports = transportOf(rule);
  const doubts = [
    ...(held === 'some' ? ['is about some of the pods that the policy selects only'] : []),
    ...(hasPorts(rule.source) ? ['looks at the port from which a packet comes'] : []),
    ...(rule.ipVersion !== undefined ? ['is about one family of addresses'] : []),
    ...(rule.http !== undefined ? ['looks at HTTP, which needs a proxy in the pod'] : []),
    ...(ports === undefined ? ['has a protocol or ports that are not understood'] : []),
  ];
  const peer = namedByEntity(scope, rule[farField] ?? {}, `${field}.${farField}`);
  return {
    direction,
    action: ACTIONS[rule.action],
    ports: ports ?? ANY,
    peers: [doubts.length === 0 ? peer : doubted(peer, scope.note(field, doubts.join(', and ')))],
  };
}

const ANY = { numbered: TransportSet.ALL, named: [] };

function hasPorts(source: CalicoEntity | undefined): boolean {
  return (source?.ports ?? []).length > 0 || (source?.notPorts ?? []).length > 0;
}

function doubted(peer: TieredPeer, doubt: ReturnType<Scope['note']>): TieredPeer {
  return { ...peer, named: peer.named.map(({ selector }) => ({ selector, doubt })) };
}
