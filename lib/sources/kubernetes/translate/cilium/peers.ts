import { ALL_IPS, ALL_IPV4, ALL_IPV6, IpSet } from '#netset';
import type { BlindSpotId } from '#model';
import type { CiliumBlock, CiliumRule, CiliumSelector } from '../../resources/index.ts';
import type { ClusterDraft } from '../cluster-draft.ts';
import { ALL_PODS } from '../pod-groups.ts';
import type { Named, TieredPeer } from '../tiered-policy.ts';
import { ciliumLabels, readSelector } from './selector.ts';

/** What is around a rule: the namespace of its policy, and where to note what is not known. */
export type CiliumScope = {
  readonly draft: ClusterDraft;
  readonly namespace?: string | undefined;
  readonly note: (field: string, what: string, remedy?: string) => BlindSpotId;
};

/** What becomes addresses outside, none of which is written down. https://docs.cilium.io/en/stable/security/policy/language/#dns-based */
const OUTSIDE = ['FQDNs', 'Groups'];

/** Where nodes usually are. */
const PRIVATE = IpSet.parse('10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fc00::/7');

/**
 * Whom a rule names. A list that is there and empty names nobody; no list at all means everybody, as long as the rule says anything else.
 * Blocks of addresses never mean pods or nodes: those have an identity of their own.
 *
 * https://docs.cilium.io/en/stable/security/policy/language/#layer-3-examples
 */
export function ciliumPeers(
  scope: CiliumScope,
  rule: CiliumRule,
  side: 'from' | 'to',
  field: string,
): readonly TieredPeer[] {
  const part = (name: string): unknown => rule[`${side}${name}`] ?? undefined;
  const endpoints = part('Endpoints') as readonly CiliumSelector[] | undefined;
  const entities = part('Entities') as readonly string[] | undefined;
  const cidrs = part('CIDR') as readonly string[] | undefined;
  const blocks = part('CIDRSet') as readonly CiliumBlock[] | undefined;
  const unread = Object.keys(rule).filter(
    (name) =>
      name.startsWith(side) &&
      (rule[name] ?? undefined) !== undefined &&
      !READ.some((known) => name === `${side}${known}`),
  );
  const lists = [endpoints, entities, cidrs, blocks].filter((list) => list !== undefined);
  if (lists.length === 0 && unread.length === 0) {
    const saysPorts = (rule.toPorts ?? []).length > 0 || (rule.icmps ?? []).length > 0;
    return saysPorts
      ? [{ field, named: [{ selector: { kind: 'anyone' } }], pods: scope.draft.groups.of(ALL_PODS) }]
      : [];
  }
  const found = [
    ...(endpoints ?? []).map((selector, i) =>
      selected(scope, selector, `${field}.${side}Endpoints[${String(i)}]`),
    ),
    ...(entities ?? []).map((entity, i) => named(scope, entity, `${field}.${side}Entities[${String(i)}]`)),
    ...(cidrs ?? []).map((cidr, i) => block({ cidr }, scope, `${field}.${side}CIDR[${String(i)}]`)),
    ...(blocks ?? []).map((one, i) => block(one, scope, `${field}.${side}CIDRSet[${String(i)}]`)),
    ...unread.map((name) =>
      OUTSIDE.includes(name.slice(side.length))
        ? outside(scope, `${field}.${name}`)
        : unknown(scope, `${field}.${name}`, 'is not understood: the rule may be about anybody'),
    ),
  ];
  if (lists.length + unread.length < 2) return found;
  // whether all must hold or any will do has changed between versions
  const doubt = scope.note(
    field,
    'names peers in more than one way: what that means differs between versions',
  );
  return found.map((peer) => ({ ...peer, named: peer.named.map(({ selector }) => ({ selector, doubt })) }));
}

const READ = ['Endpoints', 'Entities', 'CIDR', 'CIDRSet', 'Ports'];

function outside({ note }: CiliumScope, field: string): TieredPeer {
  const what = 'stands for addresses that are not known: the rule may be about any address outside';
  return { field, named: [{ selector: { kind: 'ips', ips: ALL_IPS }, doubt: note(field, what) }] };
}

/** The nodes, by their addresses where these were read; which of them is the pod's own nobody knows. */
function nodes(entity: string, field: string, { draft, note }: CiliumScope): Named {
  const ips = draft.nodes({}) ?? PRIVATE;
  const what = `names ${entity}: the rule may be about any node, so about ${ips === PRIVATE ? 'any private address' : 'any of their addresses'}`;
  return { selector: { kind: 'ips', ips, text: entity }, doubt: note(field, what) };
}

function unknown(scope: CiliumScope, field: string, what: string): TieredPeer {
  return { field, named: [{ selector: { kind: 'anyone' }, doubt: scope.note(field, what) }] };
}

function selected(
  { draft, namespace, note }: CiliumScope,
  selector: CiliumSelector,
  field: string,
): TieredPeer {
  const { holds, text, namesNamespace, looksElsewhere } = readSelector(selector);
  const keeps = namesNamespace ? undefined : namespace;
  const label = `Cilium: ${text === '' ? 'all pods' : text} ${keeps === undefined ? 'anywhere' : `in ${keeps}`}`;
  if (looksElsewhere)
    return unknown(
      { draft, namespace, note },
      field,
      'looks at what is not read: whom it selects is not known',
    );
  const pods = draft.groups.where(
    label,
    (pod, labels) => (keeps === undefined || pod.namespace === keeps) && holds(ciliumLabels(pod, labels)),
  );
  return { field, named: [{ selector: { kind: 'group', group: pods.id, text: pods.text } }], pods };
}

function block(
  { cidr, except = [], cidrGroupRef }: CiliumBlock,
  scope: CiliumScope,
  field: string,
): TieredPeer {
  const named = cidrGroupRef === undefined ? undefined : scope.draft.cidrGroups.get(cidrGroupRef);
  if (cidr === undefined && named === undefined) {
    const what = `names the group of blocks ${cidrGroupRef ?? 'by its labels'}, which is not read: the rule may be about any address outside`;
    return { field, named: [{ selector: { kind: 'ips', ips: ALL_IPS }, doubt: scope.note(field, what) }] };
  }
  const out = IpSet.unionOf(except.map((one) => IpSet.parse(one)));
  const name = cidr ?? `the group ${cidrGroupRef ?? ''}`;
  const ips = named ?? IpSet.parse(cidr ?? '');
  const text = except.length === 0 ? name : `${name} except ${except.join(', ')}`;
  return { field, named: [{ selector: { kind: 'ips', ips: ips.subtract(out), text } }] };
}

/** https://docs.cilium.io/en/stable/security/policy/language/#entities-based */
function named(scope: CiliumScope, entity: string, field: string): TieredPeer {
  const { draft, note } = scope;
  const pods = draft.groups.of(ALL_PODS);
  switch (entity) {
    case 'all':
      return { field, named: [{ selector: { kind: 'anyone' } }], pods };
    case 'world':
    case 'world-ipv4':
    case 'world-ipv6': {
      const ips = entity === 'world' ? ALL_IPS : entity === 'world-ipv4' ? ALL_IPV4 : ALL_IPV6;
      return { field, named: [{ selector: { kind: 'ips', ips, text: entity } }] };
    }
    case 'cluster':
      // the nodes too
      return {
        field,
        named: [
          { selector: { kind: 'group', group: pods.id, text: pods.text } },
          nodes(entity, field, scope),
        ],
        pods,
      };
    case 'none':
    case 'init':
    case 'health':
    case 'unmanaged':
      return { field, named: [] };
    case 'host':
    case 'remote-node':
      return { field, named: [nodes(entity, field, scope)] };
    case 'kube-apiserver': {
      const what =
        'names the API server, whose address is not known: the rule may be about any address outside';
      return {
        field,
        named: [{ selector: { kind: 'ips', ips: ALL_IPS, text: entity }, doubt: note(field, what) }],
      };
    }
    default:
      return unknown(scope, field, `names “${entity}”, which is not understood`);
  }
}
