import { describe, expect, it } from 'vitest';
import { namespace, networkPolicy, placed, pod } from '../build.ts';
import { ask } from './ask.ts';
import type { CalicoRule, CalicoSpec, TierSpec } from './calico-objects.ts';
import { isSelectedBy } from './calico-selector.ts';
import type { CiliumSpec } from './cilium-objects.ts';
import type { KubeObject } from './objects.ts';

const CLUSTER = [
  namespace('x', { team: 'a' }),
  namespace('y', { team: 'b' }),
  pod('x/web', { app: 'web' }, [{ containerPort: 80, name: 'http' }]),
  pod('x/db', { app: 'db' }),
  pod('y/web', { app: 'web' }),
];
const CALLS = { near: 'x/db', far: 'y/web', outside: '192.0.2.7' };

/** Who may call x/web on that port: of x/db, y/web and an outside address. */
function callers(objects: readonly KubeObject[], port = 80): string {
  return Object.entries(CALLS)
    .map(([name, caller]) => {
      const from = caller.includes('/') ? { pod: caller } : { ip: caller };
      const answer = ask([...CLUSTER, ...objects], { from, to: { pod: 'x/web' }, protocol: 'TCP', port });
      return answer === 'allowed' ? name : answer === 'denied' ? '' : `${name}?`;
    })
    .filter((name) => name !== '')
    .join(' ');
}

describe('the selectors of Calico', () => {
  const labels = { app: 'web', 'a/b': 'x-y' };
  it.each([
    ['all()', true],
    ['!all()', false],
    ["app == 'web'", true],
    ['app != "web"', false],
    ["none != 'web'", true],
    ["none == ''", false],
    ["none not in {'a'}", true],
    ["app not in {'web','db'}", false],
    ["app in { 'db', 'web' }", true],
    ['has(a/b) && !has(none)', true],
    ["a/b starts with 'x' && a/b ends with 'y' && a/b contains '-'", true],
    ["! has(app) || app == 'web' && has(none)", false],
    ["(app == 'db' || all()) && has(app)", true],
    ['!!has(app)', true],
  ])('%s', (text, expected) => expect(isSelectedBy(text, labels)).toBe(expected));

  it.each(['', 'app', "app = 'web'", "app == 'web' extra", 'app == web', '(all()'])('%s is none', (text) => {
    expect(() => isSelectedBy(text, labels)).toThrow();
  });
});

describe('Calico', () => {
  const calico = (spec: CalicoSpec, at = 'x/policy'): KubeObject => ({
    apiVersion: 'projectcalico.org/v3',
    kind: 'NetworkPolicy',
    metadata: placed(at),
    spec: { selector: "app == 'web'", ...spec },
  });
  const everywhere = (name: string, spec: CalicoSpec): KubeObject => ({
    apiVersion: 'projectcalico.org/v3',
    kind: 'GlobalNetworkPolicy',
    metadata: { name },
    spec,
  });
  const tier = (name: string, spec: TierSpec): KubeObject => ({
    apiVersion: 'projectcalico.org/v3',
    kind: 'Tier',
    metadata: { name },
    spec,
  });
  const rule = (action: string, selector?: string): CalicoRule => ({ action, source: { selector } });
  const first = tier('first', { order: 1 });

  it.each<[string, KubeObject[], string]>([
    ['a policy without rules', [calico({})], ''],
    ['a policy with egress rules alone', [calico({ egress: [{ action: 'Allow' }] })], 'near far outside'],
    ['a rule for all packets', [calico({ ingress: [{ action: 'Allow' }] })], 'near far outside'],
    ['all() of its own namespace', [calico({ ingress: [rule('Allow', 'all()')] })], 'near'],
    [
      'all() of a global policy',
      [everywhere('g', { types: ['Ingress'], ingress: [rule('Allow', 'all()')] })],
      'near far',
    ],
    [
      'a namespaceSelector',
      [calico({ ingress: [{ action: 'Allow', source: { namespaceSelector: "team == 'b'" } }] })],
      'far',
    ],
    [
      'the upper rule',
      [calico({ ingress: [rule('Deny', "app == 'db'"), { action: 'Allow' }] })],
      'far outside',
    ],
    ['Log goes on', [calico({ ingress: [rule('Log'), { action: 'Allow' }] })], 'near far outside'],
    [
      'the lower order',
      [calico({ order: 20, ingress: [rule('Deny')] }), calico({ order: 3, ingress: [rule('Allow')] }, 'x/b')],
      'near far outside',
    ],
    [
      'before a NetworkPolicy',
      [calico({ order: 999, ingress: [rule('Allow')] }), networkPolicy('x/p', {})],
      'near far outside',
    ],
    [
      'after a NetworkPolicy',
      [calico({ order: 1001, ingress: [rule('Deny')] }), networkPolicy('x/p', { ingress: [{}] })],
      'near far outside',
    ],
    [
      'without an order',
      [calico({ ingress: [rule('Deny')] }), calico({ order: 5, ingress: [rule('Allow', 'all()')] }, 'x/b')],
      'near',
    ],
    [
      'a tier that ends',
      [first, everywhere('g', { tier: 'first', ingress: [rule('Allow', "app == 'db'")] })],
      'near',
    ],
    [
      'a tier that passes',
      [
        tier('first', { order: 1, defaultAction: 'Pass' }),
        everywhere('g', { tier: 'first', ingress: [rule('Deny', "app == 'db'")] }),
      ],
      'far outside',
    ],
    [
      'Pass to the next tier',
      [
        first,
        everywhere('g', { tier: 'first', ingress: [rule('Pass')] }),
        calico({ ingress: [rule('Allow', 'all()')] }),
      ],
      'near',
    ],
    ['Pass to the profile', [calico({ ingress: [rule('Pass')] })], 'near far outside'],
    [
      'nets',
      [calico({ ingress: [{ action: 'Allow', source: { nets: ['192.0.2.0/24'] } }] })],
      'near? far? outside',
    ],
    [
      'notSelector of a global policy',
      [
        everywhere('g', {
          types: ['Ingress'],
          ingress: [{ action: 'Allow', source: { notSelector: "app == 'db'" } }],
        }),
      ],
      'far outside',
    ],
    [
      'a port of another protocol',
      [calico({ ingress: [{ action: 'Allow', protocol: 'UDP', destination: { ports: [80] } }] })],
      '',
    ],
    [
      'a range of ports',
      [calico({ ingress: [{ action: 'Allow', protocol: 6, destination: { ports: ['79:80'] } }] })],
      'near far outside',
    ],
    [
      'a named port',
      [calico({ ingress: [{ action: 'Allow', protocol: 'TCP', destination: { ports: ['http'] } }] })],
      'near far outside',
    ],
    [
      'a port that is not',
      [calico({ ingress: [{ action: 'Allow', protocol: 'TCP', destination: { notPorts: [80] } }] })],
      '',
    ],
    [
      'two of one order',
      [calico({ ingress: [rule('Deny')] }), calico({ ingress: [rule('Allow')] }, 'x/b')],
      'near? far? outside?',
    ],
  ])('%s', (_, objects, expected) => expect(callers(objects)).toBe(expected));
});

describe('Cilium', () => {
  const cilium = (spec: CiliumSpec): KubeObject => ({
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumNetworkPolicy',
    metadata: placed('x/policy'),
    spec: { endpointSelector: {}, ...spec },
  });
  const clusterwide = (spec: CiliumSpec): KubeObject => ({
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumClusterwideNetworkPolicy',
    metadata: { name: 'policy' },
    spec: { endpointSelector: {}, ...spec },
  });

  it.each<[string, KubeObject[], string]>([
    ['no section', [cilium({})], 'near far outside'],
    ['an empty section', [cilium({ ingress: [] })], 'near far outside'],
    ['an empty rule', [cilium({ ingress: [{}] })], ''],
    [
      'an empty rule that does not close',
      [cilium({ ingress: [{}], enableDefaultDeny: { ingress: false } })],
      'near far outside',
    ],
    ['an empty list of endpoints', [cilium({ ingress: [{ fromEndpoints: [] }] })], ''],
    ['any endpoint of its namespace', [cilium({ ingress: [{ fromEndpoints: [{}] }] })], 'near'],
    ['any endpoint of the cluster', [clusterwide({ ingress: [{ fromEndpoints: [{}] }] })], 'near far'],
    [
      'an endpoint of a namespace',
      [
        cilium({
          ingress: [{ fromEndpoints: [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'y' } }] }],
        }),
      ],
      'far',
    ],
    [
      'labels of a namespace',
      [
        clusterwide({
          ingress: [{ fromEndpoints: [{ matchLabels: { 'io.cilium.k8s.namespace.labels.team': 'b' } }] }],
        }),
      ],
      'far',
    ],
    [
      'labels with their source',
      [cilium({ ingress: [{ fromEndpoints: [{ matchLabels: { 'any:app': 'db' } }] }] })],
      'near',
    ],
    ['the world', [cilium({ ingress: [{ fromEntities: ['world'] }] })], 'outside'],
    ['the cluster', [cilium({ ingress: [{ fromEntities: ['cluster'] }] })], 'near far'],
    ['a block', [cilium({ ingress: [{ fromCIDR: ['0.0.0.0/0'] }] })], 'outside'],
    [
      'a block with a hole',
      [cilium({ ingress: [{ fromCIDRSet: [{ cidr: '0.0.0.0/0', except: ['192.0.2.0/24'] }] }] })],
      '',
    ],
    [
      'ports for everybody',
      [cilium({ ingress: [{ toPorts: [{ ports: [{ port: '80' }] }] }] })],
      'near far outside',
    ],
    [
      'ports of another protocol',
      [cilium({ ingress: [{ toPorts: [{ ports: [{ port: '80', protocol: 'UDP' }] }] }] })],
      '',
    ],
    [
      'a range',
      [cilium({ ingress: [{ toPorts: [{ ports: [{ port: '70', endPort: 80 }] }] }] })],
      'near far outside',
    ],
    [
      'a named port',
      [cilium({ ingress: [{ toPorts: [{ ports: [{ port: 'http', protocol: 'TCP' }] }] }] })],
      'near far outside',
    ],
    [
      'a deny over an allow',
      [cilium({ ingress: [{ fromEntities: ['all'] }], ingressDeny: [{ fromEntities: ['world'] }] })],
      'near far',
    ],
    ['a deny alone closes', [cilium({ ingressDeny: [{ fromEntities: ['world'] }] })], ''],
    [
      'a deny over a NetworkPolicy',
      [networkPolicy('x/p', { ingress: [{}] }), cilium({ ingressDeny: [{ fromEndpoints: [{}] }] })],
      'far outside',
    ],
    [
      'together with a NetworkPolicy',
      [
        networkPolicy('x/p', {
          ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: 'b' } } }] }],
        }),
        cilium({ ingress: [{ fromEntities: ['world'] }] }),
      ],
      'far outside',
    ],
  ])('%s', (_, objects, expected) => expect(callers(objects)).toBe(expected));
});
