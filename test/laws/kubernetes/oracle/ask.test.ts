import { describe, expect, it } from 'vitest';
import {
  adminNetworkPolicy,
  baselineAdminNetworkPolicy,
  clusterNetworkPolicy,
  namespace,
  networkPolicy,
  pod,
} from '../build.ts';
import { ask } from './ask.ts';
import type { AdminSpec, KubeObject, NetworkPolicyRule, NetworkPolicySpec } from './objects.ts';

const CLUSTER = [
  namespace('x', { team: 'a' }),
  namespace('y', { team: 'b' }),
  pod('x/web', { app: 'web' }, [
    { containerPort: 80, name: 'http' },
    { containerPort: 81, name: 'http', protocol: 'UDP' },
  ]),
  pod('x/db', { app: 'db', tier: 'back' }),
  pod('y/web', { app: 'web' }, [{ containerPort: 8080, name: 'http' }]),
  pod('y/host', { app: 'web' }, [], { hostNetwork: true }),
];

/** `x/db > x/web TCP 80`; an end without a slash is an address. */
function answer(objects: readonly KubeObject[], text: string): string {
  const [from = '', to = '', protocol, port] = text.split(/ > | /);
  const end = (name: string) => (name.includes('/') ? { pod: name } : { ip: name });
  if (protocol !== 'TCP' && protocol !== 'UDP' && protocol !== 'SCTP') throw new TypeError(text);
  return ask([...CLUSTER, ...objects], { from: end(from), to: end(to), protocol, port: Number(port) });
}

const CALLS = [
  'x/db > x/web TCP 80',
  'x/db > x/web UDP 81',
  'x/db > y/web TCP 8080',
  'y/web > x/web TCP 80',
  'x/web > y/web TCP 8080',
  '192.0.2.7 > x/web TCP 80',
  'x/web > 192.0.2.7 TCP 443',
];

function allowed(...objects: KubeObject[]): string[] {
  return CALLS.filter((call) => answer(objects, call) === 'allowed');
}

/** A policy in namespace x. */
function policy(spec: NetworkPolicySpec): KubeObject {
  return networkPolicy('x/policy', spec);
}

function ingress(...rules: NetworkPolicyRule[]): KubeObject {
  return policy({ podSelector: { matchLabels: { app: 'web' } }, ingress: rules });
}

const TO_WEB = CALLS.filter((call) => call.includes('> x/web'));
const REST = CALLS.filter((call) => !call.includes('> x/web'));

describe('NetworkPolicy', () => {
  it('allows everything where there is none', () => expect(allowed()).toEqual(CALLS));

  it.each<[string, KubeObject, string[]]>([
    ['no rule', ingress(), []],
    ['an empty rule', ingress({}), TO_WEB],
    ['an empty list of peers', ingress({ from: [], ports: null }), TO_WEB],
    [
      'ports without a protocol',
      ingress({ ports: [{ port: 80 }] }),
      TO_WEB.filter((x) => x.endsWith('TCP 80')),
    ],
    ['a protocol without a port', ingress({ ports: [{ protocol: 'UDP' }] }), ['x/db > x/web UDP 81']],
    ['a range', ingress({ ports: [{ port: 79, endPort: 80 }] }), TO_WEB.filter((x) => x.endsWith('TCP 80'))],
    [
      'a name of the other protocol',
      ingress({ ports: [{ port: 'http', protocol: 'UDP' }] }),
      ['x/db > x/web UDP 81'],
    ],
    ['a name that no port has', ingress({ ports: [{ port: 'https' }] }), []],
    [
      'pods of its own namespace',
      ingress({ from: [{ podSelector: {} }] }),
      ['x/db > x/web TCP 80', 'x/db > x/web UDP 81'],
    ],
    [
      'pods of all namespaces',
      ingress({ from: [{ namespaceSelector: {} }] }),
      TO_WEB.filter((x) => !x.startsWith('192')),
    ],
    [
      'pods of a namespace by its name',
      ingress({ from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'y' } } }] }),
      ['y/web > x/web TCP 80'],
    ],
    [
      'both in one peer',
      ingress({
        from: [
          { namespaceSelector: { matchLabels: { team: 'b' } }, podSelector: { matchLabels: { app: 'db' } } },
        ],
      }),
      [],
    ],
    [
      'both, each in a peer of its own',
      ingress({
        from: [
          { namespaceSelector: { matchLabels: { team: 'b' } } },
          { podSelector: { matchLabels: { app: 'db' } } },
        ],
      }),
      TO_WEB.filter((x) => !x.startsWith('192')),
    ],
    [
      'a label that is absent, NotIn',
      ingress({
        from: [{ podSelector: { matchExpressions: [{ key: 'none', operator: 'NotIn', values: ['a'] }] } }],
      }),
      ['x/db > x/web TCP 80', 'x/db > x/web UDP 81'],
    ],
    [
      'a label that must not exist',
      ingress({
        from: [
          {
            namespaceSelector: {},
            podSelector: { matchExpressions: [{ key: 'tier', operator: 'DoesNotExist' }] },
          },
        ],
      }),
      ['y/web > x/web TCP 80'],
    ],
    [
      'a block of outside addresses',
      ingress({ from: [{ ipBlock: { cidr: '192.0.2.0/24' } }] }),
      ['192.0.2.7 > x/web TCP 80'],
    ],
    [
      'a hole in the block',
      ingress({ from: [{ ipBlock: { cidr: '192.0.2.0/24', except: ['192.0.2.4/30'] } }] }),
      [],
    ],
  ])('ingress with %s', (_, object, expected) => {
    expect(allowed(object)).toEqual(CALLS.filter((call) => REST.includes(call) || expected.includes(call)));
  });

  it.each<[string, NetworkPolicySpec, { into: string; outOf: string }]>([
    ['neither types nor rules', {}, { into: 'denied', outOf: 'allowed' }],
    ['an empty list of egress rules', { egress: [] }, { into: 'denied', outOf: 'allowed' }],
    ['an egress rule', { egress: [{ ports: [{ port: 2 }] }] }, { into: 'denied', outOf: 'denied' }],
    [
      'ingress rules of a policy for egress',
      { policyTypes: ['Egress'], ingress: [] },
      { into: 'allowed', outOf: 'denied' },
    ],
    [
      'egress rules of a policy for ingress',
      { policyTypes: ['Ingress'], egress: [{}] },
      { into: 'denied', outOf: 'allowed' },
    ],
    ['an empty list of types', { policyTypes: [], egress: [{}] }, { into: 'denied', outOf: 'allowed' }],
    [
      'both types',
      { policyTypes: ['Ingress', 'Egress'], ingress: [{}] },
      { into: 'allowed', outOf: 'denied' },
    ],
  ])('%s', (_, spec, expected) => {
    const into = answer([policy(spec)], 'y/web > x/db TCP 1');
    const outOf = answer([policy(spec)], 'x/db > 192.0.2.7 TCP 1');
    expect({ into, outOf }).toEqual(expected);
  });

  it('resolves a name at the pod that is called', () => {
    const named = policy({
      podSelector: {},
      policyTypes: ['Egress'],
      egress: [{ ports: [{ port: 'http' }] }],
    });
    expect(allowed(named)).toEqual([
      'x/db > x/web TCP 80',
      'x/db > y/web TCP 8080',
      'y/web > x/web TCP 80',
      'x/web > y/web TCP 8080',
      '192.0.2.7 > x/web TCP 80',
    ]);
  });
});

const EVERYWHERE = { subject: { namespaces: {} } };
const ANYONE = [{ namespaces: {} }];

describe('admin and baseline tiers', () => {
  const call = 'y/web > x/web TCP 80';
  const closed = policy({});
  const admin = (priority: number, ...rules: AdminSpec['ingress'] & object): KubeObject =>
    adminNetworkPolicy(`p${String(priority)}`, { ...EVERYWHERE, priority, ingress: rules });
  const baseline = (action: string): KubeObject =>
    baselineAdminNetworkPolicy({ ...EVERYWHERE, ingress: [{ action, from: ANYONE }] });
  const cluster = (tier: string, priority: number, action: string): KubeObject =>
    clusterNetworkPolicy(`${tier}${String(priority)}`, {
      ...EVERYWHERE,
      tier,
      priority,
      ingress: [{ action, from: ANYONE }],
    });

  it.each<[string, KubeObject[], string]>([
    ['Deny', [admin(1, { action: 'Deny', from: ANYONE })], 'denied'],
    ['Allow over a NetworkPolicy', [admin(1, { action: 'Allow', from: ANYONE }), closed], 'allowed'],
    [
      'Pass to a NetworkPolicy',
      [admin(1, { action: 'Pass', from: ANYONE }), admin(2, { action: 'Allow', from: ANYONE }), closed],
      'denied',
    ],
    ['Pass to the baseline', [admin(1, { action: 'Pass', from: ANYONE }), baseline('Deny')], 'denied'],
    [
      'the lower number first',
      [admin(20, { action: 'Deny', from: ANYONE }), admin(3, { action: 'Allow', from: ANYONE })],
      'allowed',
    ],
    [
      'the upper rule first',
      [admin(1, { action: 'Allow', from: ANYONE }, { action: 'Deny', from: ANYONE })],
      'allowed',
    ],
    ['a NetworkPolicy over the baseline', [baseline('Allow'), closed], 'denied'],
    [
      'a NetworkPolicy that allows, over the baseline',
      [baseline('Deny'), policy({ ingress: [{}] })],
      'allowed',
    ],
    [
      'a port that does not match',
      [admin(1, { action: 'Deny', from: ANYONE, ports: [{ portNumber: { port: 81 } }] })],
      'allowed',
    ],
    [
      'a range that ends at the port',
      [admin(1, { action: 'Deny', from: ANYONE, ports: [{ portRange: { start: 70, end: 80 } }] })],
      'denied',
    ],
    ['a named port', [admin(1, { action: 'Deny', from: ANYONE, ports: [{ namedPort: 'http' }] })], 'denied'],
    [
      'equal priorities',
      [admin(1, { action: 'Deny', from: ANYONE }), { ...admin(1, { action: 'Allow', from: ANYONE }) }],
      'undefined',
    ],
    ['a peer that is not known, Allow', [admin(1, { action: 'Allow', from: [{}] }), closed], 'denied'],
    ['a peer that is not known, Pass', [admin(1, { action: 'Pass', from: [{}] })], 'denied'],
    ['Accept of a ClusterNetworkPolicy', [cluster('Admin', 5, 'Accept'), closed], 'allowed'],
    [
      'Pass in the baseline tier',
      [cluster('Baseline', 1, 'Pass'), cluster('Baseline', 2, 'Deny')],
      'allowed',
    ],
    [
      'priorities in the baseline tier',
      [cluster('Baseline', 2, 'Accept'), cluster('Baseline', 1, 'Deny')],
      'denied',
    ],
  ])('%s', (_, objects, expected) => expect(answer(objects, call)).toBe(expected));

  it('Allow at one end says nothing of the other', () => {
    const out = adminNetworkPolicy('out', {
      ...EVERYWHERE,
      priority: 1,
      egress: [{ action: 'Allow', to: ANYONE }],
    });
    expect(answer([out, closed], call)).toBe('denied');
  });

  it('networks match outside addresses, and perhaps pods', () => {
    const out = adminNetworkPolicy('out', {
      ...EVERYWHERE,
      priority: 1,
      egress: [{ action: 'Deny', to: [{ networks: ['192.0.2.0/24'] }] }],
    });
    expect(answer([out], 'x/web > 192.0.2.7 TCP 443')).toBe('denied');
    expect(answer([out], 'x/web > 198.51.100.1 TCP 443')).toBe('allowed');
    expect(answer([out], call)).toBe('undefined');
  });
});

it('networks of all addresses mean pods as well, as their API has it', () => {
  const out = adminNetworkPolicy('out', {
    ...EVERYWHERE,
    priority: 1,
    egress: [{ action: 'Deny', to: [{ networks: ['0.0.0.0/0'] }] }],
  });
  const question = { from: { pod: 'y/web' }, to: { pod: 'x/web' }, protocol: 'TCP', port: 80 } as const;
  expect(ask([...CLUSTER, out], question)).toBe('denied');
  expect(ask([...CLUSTER, out], question, { networks: 'outside' })).toBe('allowed');
});

describe('what the documents leave open', () => {
  it.each<[string, string, KubeObject[], string]>([
    ['a pod on the host network that no policy is about', 'x/db > y/host TCP 80', [], 'allowed'],
    [
      'a policy that selects a pod on the host network',
      'x/db > y/host TCP 80',
      [networkPolicy('y/p', {})],
      'undefined',
    ],
    [
      'a policy that names it',
      'y/host > x/web TCP 80',
      [ingress({ from: [{ namespaceSelector: {} }] })],
      'undefined',
    ],
    [
      'a policy that does not name it',
      'y/host > x/web TCP 80',
      [ingress({ from: [{ podSelector: {} }] })],
      'denied',
    ],
    [
      'an admin policy for everybody',
      'x/db > y/host TCP 80',
      [adminNetworkPolicy('p', { ...EVERYWHERE, priority: 1, ingress: [{ action: 'Deny', from: ANYONE }] })],
      'allowed',
    ],
    ['a peer that says nothing', 'x/db > x/web TCP 80', [ingress({ from: [{}] })], 'undefined'],
    [
      'In without values',
      'x/db > x/web TCP 80',
      [policy({ podSelector: { matchExpressions: [{ key: 'a', operator: 'In' }] } })],
      'undefined',
    ],
  ])('%s', (_, call, objects, expected) => expect(answer(objects, call)).toBe(expected));
});
