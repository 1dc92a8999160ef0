import type { TransportSet } from '#netset';
import {
  idOf,
  type Action,
  type BlindSpotId,
  type Direction,
  type Rule,
  type Selector,
  type Tier,
} from '#model';
import type { PolicyKind } from '../enforcement/index.ts';
import { groupOf, type ReadObject } from '../resources/index.ts';
import { ruleOf, type ClusterDraft } from './cluster-draft.ts';
import type { PodGroup } from './pod-groups.ts';
import type { PodSet } from './pods.ts';
import { portVariants } from './port-variants.ts';
import type { NamedPort, RulePorts } from './ports.ts';

/** Whom a rule names, surely, or with a doubt at most. */
export type Named = { readonly selector: Selector; readonly doubt?: BlindSpotId };

/** One end that a rule names; any of several will do. */
export type TieredPeer = {
  readonly named: readonly Named[];
  /** The pods among them, which may have numbers for named ports. */
  readonly pods?: PodGroup;
  /** `spec.ingress[0].from[1]`. */
  readonly field: string;
};

export type TieredRule = {
  readonly direction: Direction;
  readonly action: Action;
  readonly peers: readonly TieredPeer[];
  readonly ports: RulePorts;
};

/** A policy with rules in their order, of whatever kind it was written. */
export type TieredPolicy = {
  readonly read: ReadObject;
  /** `AdminNetworkPolicy shield`; what tells it apart from all others. */
  readonly title: string;
  readonly name: string;
  readonly isNamespaced: boolean;
  readonly tier: Tier;
  readonly carriers: readonly PodSet[];
  readonly rules: readonly TieredRule[];
};

/** Adds a policy, in as many parts as its pods have numbers for the ports that it names. */
export function addTieredPolicy(draft: ClusterDraft, policy: TieredPolicy): void {
  const { read, title, name, isNamespaced, tier, carriers, rules } = policy;
  const named = rules.flatMap(({ direction, ports }) => (direction === 'ingress' ? ports.named : []));
  for (const { pods, numbers, suffix } of portVariants(carriers, named)) {
    draft.add(
      {
        id: idOf<'policy'>(`${title}${suffix}`),
        name,
        kind: 'tiered',
        tier,
        rules: rules.flatMap((rule) => rulesOf(draft, policy, rule, numbers)),
        isDefault: false,
        tags: new Map(),
        at: draft.at(read.object, read.at, '', isNamespaced),
      },
      pods,
      kindOf(read),
    );
  }
}

/** As engines name what they read. */
function kindOf({ object }: ReadObject): PolicyKind {
  return `${groupOf(object)}/${object.kind}`;
}

function rulesOf(
  draft: ClusterDraft,
  policy: TieredPolicy,
  { direction, action, peers, ports }: TieredRule,
  numbers: (named: readonly NamedPort[]) => TransportSet,
): readonly Rule[] {
  return peers.flatMap(({ named, pods, field }) => {
    const transport = direction === 'ingress' ? ports.numbered.union(numbers(ports.named)) : ports.numbered;
    const line = ({ selector, doubt }: Named, of: TransportSet): Rule =>
      ruleOf({
        id: `${policy.name} ${field.replace(/^spec\./, '')}`,
        direction,
        action,
        selector,
        transport: of,
        ...(doubt !== undefined && { doubt }),
        at: draft.at(policy.read.object, policy.read.at, field, policy.isNamespaced),
      });
    const byNumber = transport.isEmpty ? [] : named.map((one) => line(one, transport));
    if (direction === 'ingress' || ports.named.length === 0 || pods === undefined) return byNumber;
    const [doubt] = named.flatMap((one) => one.doubt ?? []);
    const byName = draft.groups.byPorts(pods, ports.named).map(({ group, numbers: found }) =>
      line(
        {
          selector: { kind: 'group', group: group.id, text: group.text },
          ...(doubt !== undefined && { doubt }),
        },
        found,
      ),
    );
    return [...byNumber, ...byName];
  });
}
