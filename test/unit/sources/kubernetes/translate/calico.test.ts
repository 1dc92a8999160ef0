import { describe, expect, it } from 'vitest';
import { outsidePairs } from '#engine';
import { analysed, clusterOf, namespace, opens, opensBut, pod, policy } from '../../../../support/cluster.ts';

const ALL = 'all traffic';
const NONE = 'no traffic';
const MAYBE = 'no traffic ? all traffic';

const PODS =
  namespace('x', { team: 'red' }) +
  namespace('y', { team: 'blue' }) +
  pod('x/a', { tier: 'front', version: 'v1.2' }, ['http 8080']) +
  pod('x/b', { tier: 'back' }, ['http 80']) +
  pod('y/c', { tier: 'back' }).replace('spec: {', 'spec: { serviceAccountName: robot,');

const object = (kind: string, name: string, spec: string, at = ', namespace: x'): string => `---
apiVersion: projectcalico.org/v3
kind: ${kind}
metadata: { name: ${name}${at} }
spec: ${spec}
`;
const np = (spec: string, name = 'p'): string => object('NetworkPolicy', name, spec);
const gnp = (spec: string, name = 'g'): string => object('GlobalNetworkPolicy', name, spec, '');
const tier = (name: string, order: number, more = ''): string =>
  object('Tier', name, `{ order: ${String(order)}${more} }`, '');
/** A policy that lets in to b what one rule says. */
const letting = (rule: string): string =>
  np(`{ selector: "tier == 'back'", types: [Ingress], ingress: [{ action: Allow, ${rule} }] }`);

function seen(yaml: string): { ab: string; cb: string; ba: string } {
  const analysis = analysed(PODS + yaml);
  return {
    ab: opensBut(analysis, 'x/a', 'x/b'),
    cb: opensBut(analysis, 'y/c', 'x/b'),
    ba: opensBut(analysis, 'x/b', 'x/a'),
  };
}

describe('whom a rule of Calico lets in', () => {
  it.each([
    { rule: 'source: {}', ab: ALL, cb: ALL },
    { rule: 'source: { selector: "all()" }', ab: ALL, cb: NONE },
    { rule: `source: { selector: "tier == 'front'" }`, ab: ALL, cb: NONE },
    { rule: `source: { selector: "tier != 'front'" }`, ab: NONE, cb: NONE },
    { rule: `source: { selector: "nowhere != 'x'" }`, ab: ALL, cb: NONE },
    { rule: 'source: { selector: "has(version)" }', ab: ALL, cb: NONE },
    { rule: 'source: { selector: "!has(version)" }', ab: NONE, cb: NONE },
    { rule: `source: { selector: "tier in {'front', 'x'}" }`, ab: ALL, cb: NONE },
    { rule: `source: { selector: "nowhere not in {'front'}" }`, ab: ALL, cb: NONE },
    { rule: `source: { selector: "version contains '1.'" }`, ab: ALL, cb: NONE },
    { rule: `source: { selector: "version starts with 'v1' && version ends with '.2'" }`, ab: ALL, cb: NONE },
    { rule: `source: { selector: "tier == 'x' || !(tier == 'back' && has(version))" }`, ab: ALL, cb: NONE },
    { rule: 'source: { namespaceSelector: "all()" }', ab: ALL, cb: ALL },
    { rule: `source: { namespaceSelector: "team == 'blue'" }`, ab: NONE, cb: ALL },
    {
      rule: `source: { namespaceSelector: "projectcalico.org/name == 'x'", selector: "tier == 'front'" }`,
      ab: ALL,
      cb: NONE,
    },
    { rule: 'source: { namespaceSelector: "global()" }', ab: NONE, cb: NONE },
    { rule: `source: { selector: "all()", notSelector: "tier == 'front'" }`, ab: NONE, cb: NONE },
    { rule: 'source: { serviceAccounts: { names: [robot] } }', ab: NONE, cb: NONE },
    {
      rule: 'source: { serviceAccounts: { names: [robot] }, namespaceSelector: "all()" }',
      ab: NONE,
      cb: ALL,
    },
    { rule: 'source: { serviceAccounts: { names: [default] } }', ab: ALL, cb: NONE },
    { rule: `source: { selector: "projectcalico.org/serviceaccount == 'default'" }`, ab: ALL, cb: NONE },
    { rule: `source: { serviceAccounts: { selector: "role == 'x'" } }`, ab: MAYBE, cb: MAYBE },
    { rule: 'http: { methods: [GET] }', ab: MAYBE, cb: MAYBE },
    { rule: `source: { nets: ["10.0.0.0/8"] }`, ab: MAYBE, cb: MAYBE },
    { rule: `source: { nets: ["0.0.0.0/0", "::/0"] }`, ab: ALL, cb: ALL },
  ])('$rule', ({ rule, ab, cb }) => {
    const found = seen(letting(rule));
    expect({ ab: found.ab, cb: found.cb }).toEqual({ ab, cb });
  });

  it.each([
    ['protocol: TCP, destination: { ports: [80, "90:91", http] }', 'tcp 80,90-91'],
    ['protocol: 132, destination: { ports: ["5"] }', 'sctp 5'],
    ['protocol: UDP', 'udp'],
    ['protocol: TCP, destination: { notPorts: [80] }', 'tcp 0-79,81-65535'],
    ['protocol: ICMP, icmp: { type: 8 }', 'icmp 8'],
    ['protocol: TCP, source: { ports: [1024] }', 'no traffic ? tcp'],
    ['protocol: TCP, ipVersion: 4', 'no traffic ? tcp'],
  ])('%s', (rule, text) => {
    expect(opens(analysed(PODS + letting(rule)), 'x/a', 'x/b')).toBe(text);
  });

  it('all but one protocol', () => {
    expect(seen(letting('notProtocol: UDP')).ab).toBe('all but udp');
  });
});

describe('tiers, orders and actions', () => {
  const shut = np('{ selector: "all()", types: [Ingress] }', 'shut');
  it.each([
    { name: 'a policy without rules shuts ingress', yaml: np('{ selector: "all()" }'), ab: NONE, ba: NONE },
    {
      name: 'with egress rules alone it is about egress alone',
      yaml: np(`{ selector: "tier == 'back'", egress: [{ action: Deny }] }`),
      ab: ALL,
      ba: NONE,
    },
    {
      name: 'the lower order goes first',
      yaml:
        np('{ order: 20, selector: "all()", ingress: [{ action: Deny }] }', 'a') +
        np('{ order: 10, selector: "all()", ingress: [{ action: Allow }] }', 'b'),
      ab: ALL,
      ba: ALL,
    },
    {
      name: 'without an order it goes last',
      yaml:
        np('{ selector: "all()", ingress: [{ action: Deny }] }', 'a') +
        np('{ order: 5000, selector: "all()", ingress: [{ action: Allow }] }', 'b'),
      ab: ALL,
      ba: ALL,
    },
    {
      name: 'of one order the name decides',
      yaml:
        np('{ order: 5, selector: "all()", ingress: [{ action: Deny }] }', 'b') +
        np('{ order: 5, selector: "all()", ingress: [{ action: Allow }] }', 'a'),
      ab: ALL,
      ba: ALL,
    },
    {
      name: 'Log decides nothing',
      yaml: np('{ selector: "all()", ingress: [{ action: Log }, { action: Allow }] }'),
      ab: ALL,
      ba: ALL,
    },
    {
      name: 'a tier before the default ends in Deny for whom it selects',
      yaml:
        tier('first', 100) +
        gnp(
          `{ tier: first, selector: "tier == 'back'", ingress: [{ action: Deny, source: { nets: ["192.0.2.0/24"] } }] }`,
        ),
      ab: 'no traffic',
      ba: ALL,
    },
    {
      name: 'or in Pass where it says so',
      yaml:
        tier('first', 100, ', defaultAction: Pass') +
        gnp(
          `{ tier: first, selector: "tier == 'back'", ingress: [{ action: Deny, source: { selector: "tier == 'none'" } }] }`,
        ),
      ab: ALL,
      ba: ALL,
    },
    {
      name: 'Pass goes to the next tier, past the rest of its own',
      yaml:
        tier('first', 100) +
        gnp('{ tier: first, order: 1, selector: "all()", ingress: [{ action: Pass }] }', 'g1') +
        gnp('{ tier: first, order: 2, selector: "all()", ingress: [{ action: Deny }] }', 'g2'),
      ab: ALL,
      ba: ALL,
    },
    {
      name: 'tiers go by their order, not as they are written',
      yaml:
        tier('late', 200) +
        tier('early', 100) +
        gnp('{ tier: late, selector: "all()", ingress: [{ action: Deny }] }', 'g1') +
        gnp('{ tier: early, selector: "all()", ingress: [{ action: Allow }] }', 'g2'),
      ab: ALL,
      ba: ALL,
    },
    {
      name: 'a policy of a lower order overrides NetworkPolicies of Kubernetes',
      yaml:
        policy('x/n', '{ podSelector: {}, policyTypes: [Ingress] }') +
        np('{ order: 10, selector: "all()", ingress: [{ action: Allow }] }'),
      ab: ALL,
      ba: ALL,
    },
    {
      name: 'and one of a higher order does not',
      yaml:
        policy('x/n', '{ podSelector: {}, ingress: [{}] }') +
        np('{ order: 2000, selector: "all()", ingress: [{ action: Deny }] }'),
      ab: ALL,
      ba: ALL,
    },
    {
      name: 'which of them goes first at their own order is not said',
      yaml:
        policy('x/n', '{ podSelector: {}, ingress: [{}] }') +
        np('{ order: 1000, selector: "all()", ingress: [{ action: Deny }] }'),
      ab: MAYBE,
      ba: MAYBE,
    },
    {
      name: 'a tier that was not read leaves all open',
      yaml: gnp('{ tier: nobody, selector: "all()", types: [Ingress], ingress: [{ action: Deny }] }'),
      ab: MAYBE,
      ba: MAYBE,
    },
    {
      name: 'the tiers of the admin policies are always there',
      yaml: shut + gnp('{ tier: kube-admin, selector: "all()", ingress: [{ action: Allow }] }'),
      ab: ALL,
      ba: ALL,
    },
    {
      name: 'by accounts it is not known whom a policy selects',
      yaml: gnp(`{ serviceAccountSelector: "role == 'x'", ingress: [{ action: Deny }] }`),
      ab: MAYBE,
      ba: MAYBE,
    },
    {
      name: 'a global policy selects namespaces by their labels',
      yaml: gnp(`{ namespaceSelector: "team == 'blue'", ingress: [{ action: Deny }] }`),
      ab: ALL,
      ba: ALL,
    },
    {
      name: 'staged policies do nothing',
      yaml: shut.replace('kind: NetworkPolicy', 'kind: StagedNetworkPolicy'),
      ab: ALL,
      ba: ALL,
    },
    {
      name: 'policies of hosts alone neither',
      yaml: gnp('{ preDNAT: true, applyOnForward: true, selector: "all()", ingress: [{ action: Deny }] }'),
      ab: ALL,
      ba: ALL,
    },
    {
      name: 'a rule about some of the pods it selects',
      yaml: np(
        `{ selector: "all()", ingress: [{ action: Deny, destination: { selector: "tier == 'none'" } }, { action: Allow }] }`,
      ),
      ab: ALL,
      ba: ALL,
    },
  ])('$name', ({ yaml, ab, ba }) => {
    const found = seen(yaml);
    expect({ ab: found.ab, ba: found.ba }).toEqual({ ab, ba });
  });
});

describe('sets of addresses', () => {
  const set = (kind: string, name: string, where: string): string => `---
apiVersion: projectcalico.org/v3
kind: ${kind}
metadata: { name: ${name}${where}, labels: { kind: office } }
spec: { nets: ["${name === 'own' ? '192.0.2.0/24' : name === 'other' ? '198.51.100.0/24' : '203.0.113.0/24'}"] }
`;
  const SETS =
    set('NetworkSet', 'own', ', namespace: x') +
    set('NetworkSet', 'other', ', namespace: y') +
    set('GlobalNetworkSet', 'all', '');
  it.each([
    { rule: `source: { selector: "kind == 'office'" }`, is: ['192.0.2.0/24'] },
    {
      rule: `source: { selector: "kind == 'office'", namespaceSelector: "all()" }`,
      is: ['192.0.2.0/24', '198.51.100.0/24'],
    },
    {
      rule: `source: { selector: "kind == 'office'", namespaceSelector: "team == 'blue'" }`,
      is: ['198.51.100.0/24'],
    },
    {
      rule: `source: { selector: "kind == 'office'", namespaceSelector: "global()" }`,
      is: ['203.0.113.0/24'],
    },
    { rule: `source: { selector: "kind == 'office'", nets: ["192.0.2.0/25"] }`, is: ['192.0.2.0/25'] },
    { rule: `source: { selector: "kind == 'home'" }`, is: [] },
    { rule: `source: { nets: ["192.0.2.0/24"], notNets: ["192.0.2.0/25"] }`, is: ['192.0.2.128/25'] },
  ])('$rule', ({ rule, is }) => {
    const pairs = outsidePairs(analysed(PODS + SETS + letting(rule)), 'ingress');
    const found = pairs.filter(({ endpoint, sure }) => endpoint.name === 'x/b[Pod]' && !sure.isEmpty);
    expect(found.flatMap(({ ips }) => ips.toString().split(/, ?/))).toEqual(is);
  });
});

it.each([
  ['tier = "x"', 'spec.selector'],
  ['has(', 'spec.selector'],
  ['tier in x', 'spec.selector'],
])('the selector %s is refused by its field', (selector, field) => {
  const { problems } = clusterOf(PODS + np(`{ selector: '${selector}' }`));
  expect(problems.map((problem) => problem.field)).toEqual([field]);
});
