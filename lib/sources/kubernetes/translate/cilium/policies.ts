import type { Direction } from '#model';
import {
  ciliumSpecShape,
  groupOf,
  namespaceOf,
  type CiliumRule,
  type CiliumSelector,
  type CiliumSpec,
  type Problem,
  type ReadObject,
} from '../../resources/index.ts';
import type { ClusterDraft } from '../cluster-draft.ts';
import { addOpaquePolicy } from '../opaque-policy.ts';
import { parsePart } from '../parse.ts';
import type { PodSet } from '../pods.ts';
import { portsFrom } from '../ports.ts';
import { addTieredPolicy, type TieredRule } from '../tiered-policy.ts';
import { NETWORK_POLICY_ORDER, TIERS } from '../tiers.ts';
import { ciliumPeers, type CiliumScope } from './peers.ts';
import { ciliumLabels, readSelector, withinNamespace } from './selector.ts';
import { ciliumPorts } from './transport.ts';

/** One spec of a policy of Cilium's own that was understood. */
export type CiliumPolicy = {
  readonly read: ReadObject;
  readonly name: string;
  readonly namespace?: string;
  readonly spec: CiliumSpec;
  /** `spec`, or `specs[1]`. */
  readonly field: string;
};

export function readCiliumPolicies(
  objects: readonly ReadObject[],
  problems: Problem[],
): readonly CiliumPolicy[] {
  return objects.flatMap((read): CiliumPolicy[] => {
    const { object } = read;
    if (groupOf(object) !== 'cilium.io') return [];
    const isNamespaced = object.kind === 'CiliumNetworkPolicy';
    if (!isNamespaced && object.kind !== 'CiliumClusterwideNetworkPolicy') return [];
    const name = object.metadata.name ?? '';
    const namespace = isNamespaced ? namespaceOf(object) : undefined;
    const specs = Array.isArray(object['specs']) ? (object['specs'] as readonly unknown[]) : [];
    const parts = [
      ...((object['spec'] ?? undefined) === undefined ? [] : [{ field: 'spec', value: object['spec'] }]),
      ...specs.map((value, i) => ({ field: `specs[${String(i)}]`, value })),
    ];
    return parts.flatMap(({ field, value }): CiliumPolicy[] => {
      const part = { ...read, object: { ...object, [field]: value } };
      const spec = parsePart(ciliumSpecShape, part, field, problems, isNamespaced);
      if (spec === undefined) return [];
      return [{ read, name, spec, field, ...(namespace !== undefined && { namespace }) }];
    });
  });
}

/**
 * What is denied is denied whatever else allows it. What is allowed is one more of a union, that of the NetworkPolicies of Kubernetes among it; a pod
 * is shut in a direction once a policy that selects it has a rule about it, unless the policy says that it shall not be.
 *
 * https://docs.cilium.io/en/stable/security/policy/intro/
 */
export function addCiliumPolicy(draft: ClusterDraft, policy: CiliumPolicy): void {
  const { read, name, namespace, spec, field } = policy;
  const isNamespaced = namespace !== undefined;
  const title = `${read.object.kind} ${isNamespaced ? `${namespace}/` : ''}${name}${field === 'spec' ? '' : ` ${field}`}`;
  const carriers = carriersOf(draft, policy);
  const note: CiliumScope['note'] = (place, what, remedy = '') =>
    draft.doubt(`${title}: ${place} ${what}`, remedy, draft.at(read.object, read.at, place, isNamespaced));
  const narrow = (place: string, what: string): void => {
    draft.narrow(`${title}: ${place} ${what}`, draft.at(read.object, read.at, place, isNamespaced));
  };
  if (spec.nodeSelector !== undefined) {
    narrow(
      `${field}.nodeSelector`,
      'is about nodes, and pods on the network of a node: that is not followed',
    );
    return;
  }
  const scope: CiliumScope = { draft, namespace, note };
  const written = { read, name, isNamespaced, carriers };
  noteLimits(spec, field, narrow);
  const [denying, allowing] = [
    DIRECTIONS.filter((direction) => (spec[`${direction}Deny`] ?? []).length > 0),
    DIRECTIONS.filter((direction) =>
      [spec[direction], spec[`${direction}Deny`]].some((rules) => (rules ?? []).length > 0),
    ),
  ];
  if (readSelector(subjectOf(policy)).looksElsewhere) {
    const doubt = note(
      `${field}.endpointSelector`,
      'looks at what is not read: to which pods it applies is not known',
    );
    const tier = { ...TIERS.ciliumDeny, order: 0, applies: allowing };
    addOpaquePolicy(draft, { ...written, title, tier }, doubt);
    return;
  }
  if (denying.length > 0)
    addTieredPolicy(draft, {
      ...written,
      title: `${title} (what it denies)`,
      tier: { ...TIERS.ciliumDeny, order: 0, applies: denying },
      rules: denying.flatMap((direction) => rulesOf(scope, spec, direction, 'deny', field)),
    });
  const demanding = DIRECTIONS.filter((direction) => (spec[direction] ?? []).some(isDemanding));
  if (demanding.length > 0) {
    const doubt = note(field, 'asks more of whoever is allowed by any policy (fromRequires, toRequires)');
    addTieredPolicy(draft, {
      ...written,
      title: `${title} (what it requires)`,
      tier: { ...TIERS.ciliumDeny, order: 0, applies: demanding },
      rules: demanding.map((direction) => ({
        direction,
        action: 'deny',
        ports: portsFrom(undefined),
        peers: [{ field, named: [{ selector: { kind: 'anyone' }, doubt }] }],
      })),
    });
  }
  for (const shuts of [true, false]) {
    const applies = allowing.filter((direction) => (spec.enableDefaultDeny?.[direction] ?? true) === shuts);
    if (applies.length === 0) continue;
    addTieredPolicy(draft, {
      ...written,
      title: shuts ? title : `${title} (without default deny)`,
      tier: {
        ...TIERS.networkPolicies,
        otherwise: shuts ? 'deny' : 'next',
        order: NETWORK_POLICY_ORDER,
        applies,
      },
      rules: applies.flatMap((direction) => rulesOf(scope, spec, direction, 'allow', field)),
    });
  }
}

const DIRECTIONS = ['ingress', 'egress'] as const;

/** Whom it selects: of one namespace where it is in one. */
function subjectOf({ namespace, spec }: CiliumPolicy): CiliumSelector {
  const selector: CiliumSelector = spec.endpointSelector ?? {};
  return namespace === undefined ? selector : withinNamespace(selector);
}

function carriersOf(draft: ClusterDraft, policy: CiliumPolicy): readonly PodSet[] {
  const { namespace } = policy;
  const { holds, text } = readSelector(subjectOf(policy));
  return draft.groups.where(
    `Cilium: selected by ${text} in ${namespace ?? 'all namespaces'}`,
    (pod, labels) =>
      (namespace === undefined || pod.namespace === namespace) && holds(ciliumLabels(pod, labels)),
  ).members;
}

function rulesOf(
  scope: CiliumScope,
  spec: CiliumSpec,
  direction: Direction,
  action: 'allow' | 'deny',
  part: string,
): readonly TieredRule[] {
  const list = action === 'deny' ? (`${direction}Deny` as const) : direction;
  return ((spec[list] ?? []) as readonly CiliumRule[]).map((rule, i) => {
    const field = `${part}.${list}[${String(i)}]`;
    const peers = ciliumPeers(scope, rule, direction === 'ingress' ? 'from' : 'to', field);
    const ports = ciliumPorts(rule);
    const mode = modeOf(rule);
    if (ports !== undefined && mode === undefined) return { direction, action, ports, peers };
    const doubt = scope.note(
      field,
      mode === undefined
        ? 'has a protocol or ports that are not understood'
        : `asks for authentication (${mode}), and drops packets where that does not succeed`,
    );
    const doubted = peers.map((peer) => ({
      ...peer,
      named: peer.named.map(({ selector }) => ({ selector, doubt })),
    }));
    return { direction, action, peers: doubted, ports: ports ?? portsFrom(undefined) };
  });
}

/** What rules ask of a connection besides where it goes; it begins all the same. */
function noteLimits(spec: CiliumSpec, part: string, narrow: (place: string, what: string) => void): void {
  for (const direction of DIRECTIONS) {
    for (const [i, { toPorts = [] }] of ((spec[direction] ?? []) as readonly CiliumRule[]).entries()) {
      const isLimited = toPorts.some((each) =>
        LIMITS.some((limit) => (each[limit] ?? undefined) !== undefined),
      );
      if (isLimited)
        narrow(
          `${part}.${direction}[${String(i)}].toPorts`,
          'allows some requests only, which a proxy looks into: that is not followed',
        );
    }
  }
}

/** https://docs.cilium.io/en/stable/security/policy/language/#layer-7-examples */
const LIMITS = ['rules', 'serverNames', 'listener'] as const;

/** https://docs.cilium.io/en/stable/network/servicemesh/mutual-authentication/mutual-authentication/ */
function modeOf({ authentication }: CiliumRule): string | undefined {
  if (typeof authentication !== 'object' || authentication === null) return undefined;
  const mode: unknown = Reflect.get(authentication, 'mode');
  return typeof mode === 'string' && mode !== 'disabled' ? mode : undefined;
}

/** A requirement holds for what other rules and policies allow too. */
function isDemanding(rule: CiliumRule): boolean {
  return ['fromRequires', 'toRequires'].some((field) => (rule[field] ?? undefined) !== undefined);
}
