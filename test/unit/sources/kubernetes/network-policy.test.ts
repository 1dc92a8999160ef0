import { describe, expect, it } from 'vitest';
import { outsidePairs } from '#engine';
import { analysed, clusterOf, namespace, opens, pod, policy } from '../../../support/cluster.ts';

const ALL = 'all traffic';
const NONE = 'no traffic';
const PODS = pod('a') + pod('b') + pod('other/c', { team: 'x' }) + namespace('other', { env: 'prod' });

describe('a pod that no policy selects in a direction is open in it', () => {
  it.each([
    { spec: '{ podSelector: {}, policyTypes: [Ingress] }', into: NONE, out: ALL },
    { spec: '{ podSelector: {}, policyTypes: [Egress] }', into: ALL, out: NONE },
    { spec: '{ podSelector: {}, policyTypes: [Ingress, Egress] }', into: NONE, out: NONE },
    // without policyTypes: what comes in, and what goes out only if a rule is about it
    { spec: '{ podSelector: {} }', into: NONE, out: ALL },
    { spec: '{ podSelector: {}, egress: [] }', into: NONE, out: ALL },
    { spec: '{ podSelector: {}, policyTypes: [], egress: [{}] }', into: NONE, out: ALL },
    { spec: '{ podSelector: {}, egress: [{ ports: [{ port: 53 }] }] }', into: NONE, out: 'tcp 53' },
    // a block about a direction that is not among the types says nothing
    { spec: '{ podSelector: {}, policyTypes: [Egress], ingress: [{}] }', into: ALL, out: NONE },
    { spec: '{ podSelector: {}, policyTypes: [Ingress], ingress: [{}], egress: [] }', into: ALL, out: ALL },
    { spec: '{ podSelector: null, policyTypes: [Ingress] }', into: NONE, out: ALL },
    { spec: '{ policyTypes: [Ingress] }', into: NONE, out: ALL },
    { spec: '{ podSelector: { matchLabels: { app: b } }, policyTypes: [Ingress] }', into: ALL, out: ALL },
  ])('$spec', ({ spec, into, out }) => {
    const analysis = analysed(PODS + policy('p', spec));
    expect({ into: opens(analysis, 'other/c', 'a'), out: opens(analysis, 'a', 'other/c') }).toEqual({
      into,
      out,
    });
  });
});

describe('whom a rule admits to a', () => {
  it.each([
    { rules: '[]', b: NONE, c: NONE },
    { rules: '[{}]', b: ALL, c: ALL },
    { rules: '[{ from: [] }]', b: ALL, c: ALL },
    { rules: '[{ from: null }]', b: ALL, c: ALL },
    { rules: '[{ from: [{ podSelector: {} }] }]', b: ALL, c: NONE },
    { rules: '[{ from: [{ podSelector: {}, namespaceSelector: null }] }]', b: ALL, c: NONE },
    { rules: '[{ from: [{ namespaceSelector: {} }] }]', b: ALL, c: ALL },
    { rules: '[{ from: [{ namespaceSelector: { matchLabels: { env: prod } } }] }]', b: NONE, c: ALL },
    {
      rules: '[{ from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: other } } }] }]',
      b: NONE,
      c: ALL,
    },
    // both in one item: both must hold; in two items: one of them
    {
      rules:
        '[{ from: [{ namespaceSelector: { matchLabels: { env: prod } }, podSelector: { matchLabels: { team: y } } }] }]',
      b: NONE,
      c: NONE,
    },
    {
      rules:
        '[{ from: [{ namespaceSelector: { matchLabels: { env: prod } } }, { podSelector: { matchLabels: { team: y } } }] }]',
      b: NONE,
      c: ALL,
    },
    {
      rules:
        '[{ from: [{ podSelector: { matchLabels: { app: b } } }], ports: [{ port: 80 }] }, { from: [{ podSelector: { matchLabels: { app: b } } }], ports: [{ port: 443 }] }]',
      b: 'tcp 80,443',
      c: NONE,
    },
    // NotIn and DoesNotExist hold where the key is absent
    {
      rules:
        '[{ from: [{ podSelector: { matchExpressions: [{ key: team, operator: NotIn, values: [x] }] } }] }]',
      b: ALL,
      c: NONE,
    },
    {
      rules:
        '[{ from: [{ namespaceSelector: {}, podSelector: { matchExpressions: [{ key: team, operator: DoesNotExist }] } }] }]',
      b: ALL,
      c: NONE,
    },
    {
      rules:
        '[{ from: [{ namespaceSelector: {}, podSelector: { matchExpressions: [{ key: team, operator: Exists }] } }] }]',
      b: NONE,
      c: ALL,
    },
    {
      rules:
        '[{ from: [{ namespaceSelector: {}, podSelector: { matchExpressions: [{ key: app, operator: In, values: [c, d] }] } }] }]',
      b: NONE,
      c: ALL,
    },
    {
      rules:
        '[{ from: [{ namespaceSelector: { matchExpressions: [{ key: env, operator: NotIn, values: [prod] }] } }] }]',
      b: ALL,
      c: NONE,
    },
    // blocks are for what is outside
    { rules: '[{ from: [{ ipBlock: { cidr: 0.0.0.0/0 } }] }]', b: NONE, c: NONE },
  ])('$rules', ({ rules, b, c }) => {
    const analysis = analysed(
      PODS + policy('p', `{ podSelector: { matchLabels: { app: a } }, ingress: ${rules} }`),
    );
    expect({ b: opens(analysis, 'b', 'a'), c: opens(analysis, 'other/c', 'a') }).toEqual({ b, c });
  });

  it('several policies: what any of them allows', () => {
    const admits = (who: string, port: number) =>
      `{ podSelector: {}, ingress: [{ from: [{ podSelector: { matchLabels: { app: ${who} } } }], ports: [{ port: ${String(port)} }] }] }`;
    const analysis = analysed(
      PODS + policy('p', admits('b', 80)) + policy('q', admits('b', 443)) + policy('deny', '{}'),
    );
    expect(opens(analysis, 'b', 'a')).toBe('tcp 80,443');
  });

  it('needs the consent of both ends, and none for answers', () => {
    const analysis = analysed(
      PODS +
        policy(
          'in',
          '{ podSelector: { matchLabels: { app: a } }, ingress: [{ ports: [{ port: 80, endPort: 90 }] }] }',
        ) +
        policy(
          'out',
          '{ podSelector: { matchLabels: { app: b } }, egress: [{ ports: [{ port: 85, endPort: 99 }] }], policyTypes: [Egress] }',
        ),
    );
    expect(opens(analysis, 'b', 'a')).toBe('tcp 85-90');
    expect(opens(analysis, 'a', 'b')).toBe(ALL);
  });
});

describe('ports', () => {
  it.each([
    { ports: '[{ port: 80 }]', is: 'tcp 80' },
    { ports: '[{ protocol: UDP }]', is: 'udp' },
    { ports: '[{ protocol: SCTP, port: 7777 }]', is: 'sctp 7777' },
    { ports: '[{ protocol: UDP, port: 100, endPort: 200 }]', is: 'udp 100-200' },
    { ports: '[{}]', is: 'tcp' },
    { ports: '[]', is: ALL },
    { ports: 'null', is: ALL },
    { ports: '[{ port: web }]', is: 'tcp 8080' },
    { ports: '[{ port: web, protocol: UDP }]', is: NONE },
    { ports: '[{ port: nowhere }]', is: NONE },
    { ports: '[{ port: dns, protocol: UDP }, { port: web }]', is: 'tcp 8080; udp 5353' },
  ])('$ports', ({ ports, is }) => {
    const cluster = pod('a', {}, ['web 8080', 'dns 5353 UDP']) + pod('b');
    const into = analysed(
      cluster + policy('p', `{ podSelector: { matchLabels: { app: a } }, ingress: [{ ports: ${ports} }] }`),
    );
    expect(opens(into, 'b', 'a')).toBe(is);
    const out = analysed(
      cluster +
        policy(
          'p',
          `{ podSelector: { matchLabels: { app: b } }, policyTypes: [Egress], egress: [{ ports: ${ports} }] }`,
        ),
    );
    expect(opens(out, 'b', 'a')).toBe(is);
  });

  it('a name is another number on each destination', () => {
    const cluster =
      pod('a', { tier: 'web' }, ['web 8080']) + pod('b', { tier: 'web' }, ['web 9090']) + pod('c');
    const into = analysed(
      cluster +
        policy('p', '{ podSelector: { matchLabels: { tier: web } }, ingress: [{ ports: [{ port: web }] }] }'),
    );
    expect([opens(into, 'c', 'a'), opens(into, 'c', 'b')]).toEqual(['tcp 8080', 'tcp 9090']);
    const out = analysed(
      cluster +
        policy('p', '{ podSelector: { matchLabels: { app: c } }, egress: [{ ports: [{ port: web }] }] }'),
    );
    expect([opens(out, 'c', 'a'), opens(out, 'c', 'b')]).toEqual(['tcp 8080', 'tcp 9090']);
  });
});

describe('addresses outside', () => {
  const outside = (spec: string, direction: 'ingress' | 'egress', family: 4 | 6 = 4) =>
    outsidePairs(analysed(pod('a') + policy('p', spec), {}), direction, family).map(
      ({ ips, sure }) => `${ips.toString()} ${sure.toString()}`,
    );

  it.each([
    {
      spec: '{ ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/8, except: [10.0.0.0/9] } }] }] }',
      is: ['10.128.0.0/9 all traffic'],
    },
    {
      spec: '{ ingress: [{ from: [{ ipBlock: { cidr: 10.1.2.3/8 } }], ports: [{ port: 80 }] }] }',
      is: ['10.0.0.0/8 tcp 80'],
    },
    { spec: '{ ingress: [{ from: [{ namespaceSelector: {} }] }] }', is: [] },
    { spec: '{ ingress: [{ ports: [{ port: 443 }] }] }', is: ['0.0.0.0/0 tcp 443'] },
    { spec: '{ ingress: [{ from: [{ ipBlock: { cidr: "::/0" } }] }] }', is: [] },
    { spec: '{ policyTypes: [Egress] }', is: ['0.0.0.0/0 all traffic'] },
  ])('$spec', ({ spec, is }) => {
    expect(outside(spec, 'ingress')).toEqual(is);
  });

  it('go out by a rule about egress', () => {
    expect(
      outside(
        '{ egress: [{ to: [{ ipBlock: { cidr: 192.0.2.0/24 } }], ports: [{ port: 443 }] }] }',
        'egress',
      ),
    ).toEqual(['192.0.2.0/24 tcp 443']);
  });
});

describe('an object that no API server takes', () => {
  const rule = (text: string) => `{ ingress: [{}, ${text}] }`;
  it.each([
    { spec: rule('{ from: [{}] }'), field: 'spec.ingress[1].from[0]', says: /names nobody/ },
    {
      spec: rule('{ from: [{ podSelector: {}, ipBlock: { cidr: 10.0.0.0/8 } }] }'),
      field: 'spec.ingress[1].from[0]',
      says: /both/,
    },
    {
      spec: rule('{ from: [{ ipBlock: { cidr: 10.0.0/8 } }] }'),
      field: 'spec.ingress[1].from[0].ipBlock.cidr',
      says: /no CIDR/,
    },
    {
      spec: rule('{ from: [{ ipBlock: { cidr: 10.0.0.0/8, except: [11.0.0.0/16] } }] }'),
      field: 'spec.ingress[1].from[0].ipBlock.except[0]',
      says: /no part of/,
    },
    { spec: rule('{ ports: [{ port: 0 }] }'), field: 'spec.ingress[1].ports[0].port', says: /no port/ },
    {
      spec: rule('{ ports: [{ port: 90, endPort: 80 }] }'),
      field: 'spec.ingress[1].ports[0].endPort',
      says: /below the port 90/,
    },
    {
      spec: rule('{ ports: [{ port: web, endPort: 80 }] }'),
      field: 'spec.ingress[1].ports[0].endPort',
      says: /needs a port/,
    },
    {
      spec: rule('{ ports: [{ protocol: ICMP }] }'),
      field: 'spec.ingress[1].ports[0].protocol',
      says: /TCP, UDP or SCTP/,
    },
    { spec: '{ policyTypes: [ingress] }', field: 'spec.policyTypes[0]', says: /Ingress or Egress/ },
    {
      spec: '{ podSelector: { matchLabels: { app: "a b" } } }',
      field: 'spec.podSelector.matchLabels.app',
      says: /no label value/,
    },
    {
      spec: '{ podSelector: { matchLabels: { "a/b/c": x } } }',
      field: 'spec.podSelector.matchLabels.a/b/c',
      says: /no label key|Invalid key/,
    },
    {
      spec: '{ podSelector: { matchExpressions: [{ key: a, operator: In }] } }',
      field: 'spec.podSelector.matchExpressions[0].values',
      says: /must not be empty/,
    },
    {
      spec: '{ podSelector: { matchExpressions: [{ key: a, operator: Exists, values: [b] }] } }',
      field: 'spec.podSelector.matchExpressions[0].values',
      says: /must be empty/,
    },
    {
      spec: '{ podSelector: { matchExpressions: [{ key: a, operator: Is }] } }',
      field: 'spec.podSelector.matchExpressions[0].operator',
      says: /In, NotIn/,
    },
  ])('$field', ({ spec, field, says }) => {
    const { problems } = clusterOf(policy('shop/p', spec));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({
      kind: 'invalid',
      object: 'NetworkPolicy shop/p',
      field,
      at: { file: 'test.yaml', line: 2 },
    });
    expect(problems[0]?.message).toMatch(says);
  });

  it('two of one name in a namespace', () => {
    const { problems } = clusterOf(
      policy('p', '{}') + policy('p', '{}') + policy('other/p', '{}') + namespace('x') + namespace('x'),
    );
    expect(problems.map(({ object }) => object)).toEqual(['NetworkPolicy default/p', 'Namespace x']);
  });
});
