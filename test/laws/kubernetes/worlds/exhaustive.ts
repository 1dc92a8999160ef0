import {
  adminNetworkPolicy,
  baselineAdminNetworkPolicy,
  clusterNetworkPolicy,
  namespace,
  networkPolicy,
  pod,
} from '../build.ts';
import type {
  AdminRule,
  KubeObject,
  LabelSelector,
  NetworkPolicyPeer,
  NetworkPolicyRule,
  NetworkPolicySpec,
} from '../oracle/objects.ts';
import type { World } from './worlds.ts';

/** One pair of pods in two namespaces, whose ports of one name have different numbers. */
const PAIR: readonly KubeObject[] = [
  namespace('x', { team: 'a' }),
  namespace('y', { team: 'b' }),
  pod('x/near', { app: 'web' }, [{ containerPort: 80, name: 'http' }]),
  pod('y/far', { app: 'web' }, [{ containerPort: 81, name: 'http' }]),
];

/** The addresses to ask about besides. */
export const ADDRESSES = ['192.0.2.1', '192.0.2.200'];

/** Marks a field that is left out. */
const MISSING = Symbol('missing');
type Or<T> = T | null | typeof MISSING;

const WEB: LabelSelector = { matchLabels: { app: 'web' } };
const DB: LabelSelector = { matchLabels: { app: 'db' } };
const TEAM_B: LabelSelector = { matchLabels: { team: 'b' } };

const SUBJECTS: readonly Or<LabelSelector>[] = [MISSING, null, {}, WEB, DB];
const TYPES: readonly Or<string[]>[] = [MISSING, null, [], ['Ingress'], ['Egress'], ['Ingress', 'Egress']];
const PEERS: readonly Or<NetworkPolicyPeer[]>[] = [
  MISSING,
  null,
  [],
  [{ podSelector: {} }],
  [{ namespaceSelector: {} }],
  [{ namespaceSelector: TEAM_B, podSelector: DB }],
  [{ namespaceSelector: TEAM_B }, { podSelector: DB }],
  [{ ipBlock: { cidr: '192.0.2.0/24', except: ['192.0.2.128/25'] } }],
];
const PORTS: readonly Or<NonNullable<NetworkPolicyRule['ports']>>[] = [
  MISSING,
  null,
  [],
  [{}],
  [{ port: 80 }],
  [{ protocol: 'UDP' }, { port: 81, endPort: 82 }],
  [{ port: 'http' }],
];

/** Every way to write one NetworkPolicy of the grammar, for both directions: its list for the other is missing, empty or open. */
export function* listWorlds(): Generator<World> {
  const bare: readonly Or<NetworkPolicyRule[]>[] = [MISSING, null, [], [{}]];
  for (const [side, own, other] of [
    ['from', 'ingress', 'egress'],
    ['to', 'egress', 'ingress'],
  ] as const) {
    const rules = PEERS.flatMap((peers) => PORTS.map((ports) => [withFields({ [side]: peers, ports })]));
    for (const podSelector of SUBJECTS) {
      for (const policyTypes of TYPES) {
        for (const list of [...bare, ...rules]) {
          for (const rest of bare) {
            const spec: NetworkPolicySpec = withFields({
              podSelector,
              policyTypes,
              [own]: list,
              [other]: rest,
            });
            yield [...PAIR, networkPolicy('x/p', spec)];
          }
        }
      }
    }
  }
}

const ALL: readonly [{ namespaces: LabelSelector }] = [{ namespaces: {} }];
const V1ALPHA1_ACTIONS = ['Allow', 'Deny', 'Pass'];

/**
 * Every two rules of the admin tier, in one policy or in two in either order of priority, over every NetworkPolicy and every baseline
 * that is open, closed or not there; for both kinds of API.
 */
export function* tierWorlds(): Generator<World> {
  const middle = [undefined, networkPolicy('x/p', {}), networkPolicy('x/p', { ingress: [{}] })];
  for (const isCluster of [false, true]) {
    for (const first of adminRules(isCluster)) {
      for (const second of adminRules(isCluster)) {
        for (const [one, other] of PRIORITIES) {
          const admin =
            one === other
              ? [adminPolicy(isCluster, one, [first, second])]
              : [adminPolicy(isCluster, one, [first]), adminPolicy(isCluster, other, [second])];
          for (const policy of middle) {
            for (const baseline of baselines(isCluster)) {
              yield [...PAIR, ...admin, ...(policy === undefined ? [] : [policy]), ...baseline];
            }
          }
        }
      }
    }
  }
}

/** Every two policies of Calico for everybody, in every order of which they may be, over a NetworkPolicy that lets everything in. */
export function* orderWorlds(): Generator<World> {
  const actions = ['Allow', 'Deny', 'Pass'];
  const orders = [undefined, 9, 10, 1001];
  const open = networkPolicy('x/p', { ingress: [{}] });
  for (const [one, other] of orders.flatMap((a) =>
    orders.filter((b) => a !== b).map((b) => [a, b] as const),
  )) {
    for (const first of actions) {
      for (const second of actions) {
        yield [...PAIR, open, calicoPolicy('a', first, one), calicoPolicy('b', second, other)];
      }
    }
  }
}

function calicoPolicy(name: string, action: string, order: number | undefined): KubeObject {
  const spec = { types: ['Ingress'], ingress: [{ action }], ...(order === undefined ? {} : { order }) };
  return { apiVersion: 'projectcalico.org/v3', kind: 'GlobalNetworkPolicy', metadata: { name }, spec };
}

/** Equal ones: both rules in one policy. Of 9 and 10, text would sort the other first. */
const PRIORITIES = [
  [5, 5],
  [9, 10],
  [10, 9],
] as const;

function adminRules(isCluster: boolean): AdminRule[] {
  return V1ALPHA1_ACTIONS.flatMap((name) => {
    const action = isCluster && name === 'Allow' ? 'Accept' : name;
    const on80: Partial<AdminRule> = isCluster
      ? { protocols: [{ tcp: { destinationPort: { number: 80 } } }] }
      : { ports: [{ portNumber: { protocol: 'TCP', port: 80 } }] };
    return [
      { action, from: ALL },
      { action, from: ALL, ...on80 },
    ];
  });
}

function adminPolicy(isCluster: boolean, priority: number, ingress: AdminRule[]): KubeObject {
  const spec = { priority, subject: { namespaces: {} }, ingress };
  const name = `p${String(priority)}`;
  return isCluster ? clusterNetworkPolicy(name, { tier: 'Admin', ...spec }) : adminNetworkPolicy(name, spec);
}

function baselines(isCluster: boolean): KubeObject[][] {
  const subject = { namespaces: {} };
  if (!isCluster) {
    const one = (action: string) => [
      baselineAdminNetworkPolicy({ subject, ingress: [{ action, from: ALL }] }),
    ];
    return [[], one('Allow'), one('Deny')];
  }
  const one = (action: string) => [
    clusterNetworkPolicy('b', { tier: 'Baseline', priority: 9, subject, ingress: [{ action, from: ALL }] }),
  ];
  return [[], one('Accept'), one('Deny'), one('Pass')];
}

function withFields(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== MISSING));
}
