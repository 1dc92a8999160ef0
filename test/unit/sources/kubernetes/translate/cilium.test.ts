import { describe, expect, it } from 'vitest';
import { outsidePairs } from '#engine';
import { analysed, clusterOf, namespace, opens, pod, policy } from '../../../../support/cluster.ts';

const ALL = 'all traffic';
const NONE = 'no traffic';
const MAYBE = 'no traffic ? all traffic';

const PODS =
  namespace('x', { team: 'red' }) +
  namespace('y', { team: 'blue' }) +
  pod('x/a', { tier: 'front' }, ['http 8080']) +
  pod('x/b', { tier: 'back' }, ['http 80']) +
  pod('y/c', { tier: 'back' }).replace('spec: {', 'spec: { serviceAccountName: robot,');

const cnp = (spec: string, name = 'p', more = ''): string => `---
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: ${name}, namespace: x }
${more}spec: ${spec}
`;
const ccnp = (spec: string): string =>
  cnp(spec).replace('CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy').replace(', namespace: x', '');
/** A policy for b. */
const forB = (rest: string): string => cnp(`{ endpointSelector: { matchLabels: { tier: back } }, ${rest} }`);

/** What a (same namespace) and c (another one) open on b, b on a, and what comes from outside to b by address. */
function seen(yaml: string): { ab: string; cb: string; ba: string } {
  const analysis = analysed(PODS + yaml);
  return {
    ab: opens(analysis, 'x/a', 'x/b'),
    cb: opens(analysis, 'y/c', 'x/b'),
    ba: opens(analysis, 'x/b', 'x/a'),
  };
}

describe('whom a CiliumNetworkPolicy shuts and lets in', () => {
  it.each([
    { name: 'no rule at all shuts nothing', rest: 'ingress: []', ab: ALL, cb: ALL, ba: ALL },
    { name: 'an empty rule allows nobody', rest: 'ingress: [{}]', ab: NONE, cb: NONE, ba: ALL },
    {
      name: 'an empty selector: all of its namespace',
      rest: 'ingress: [{ fromEndpoints: [{}] }]',
      ab: ALL,
      cb: NONE,
      ba: ALL,
    },
    { name: 'an empty list: nobody', rest: 'ingress: [{ fromEndpoints: [] }]', ab: NONE, cb: NONE, ba: ALL },
    {
      name: 'ports alone: anybody',
      rest: 'ingress: [{ toPorts: [{ ports: [{ port: "80", protocol: TCP }] }] }]',
      ab: 'tcp 80',
      cb: 'tcp 80',
      ba: ALL,
    },
    { name: 'a section of its own for each direction', rest: 'egress: [{}]', ab: ALL, cb: ALL, ba: NONE },
    {
      name: 'another namespace by its name',
      rest: 'ingress: [{ fromEndpoints: [{ matchLabels: { "k8s:io.kubernetes.pod.namespace": y } }] }]',
      ab: NONE,
      cb: ALL,
      ba: ALL,
    },
    {
      name: 'another namespace by its labels',
      rest: 'ingress: [{ fromEndpoints: [{ matchLabels: { "io.cilium.k8s.namespace.labels.team": blue, "any:tier": back } }] }]',
      ab: NONE,
      cb: ALL,
      ba: ALL,
    },
    {
      name: 'an account',
      rest: 'ingress: [{ fromEndpoints: [{ matchLabels: { "io.cilium.k8s.policy.serviceaccount": robot, "k8s:io.kubernetes.pod.namespace": y } }] }]',
      ab: NONE,
      cb: ALL,
      ba: ALL,
    },
    {
      name: 'the account that pods have without one',
      rest: 'ingress: [{ fromEndpoints: [{ matchLabels: { "io.cilium.k8s.policy.serviceaccount": default } }] }]',
      ab: ALL,
      cb: NONE,
      ba: ALL,
    },
    {
      name: 'NotIn holds where the label is absent',
      rest: 'ingress: [{ fromEndpoints: [{ matchExpressions: [{ key: nowhere, operator: NotIn, values: [z] }] }] }]',
      ab: ALL,
      cb: NONE,
      ba: ALL,
    },
    { name: 'the entity all', rest: 'ingress: [{ fromEntities: [all] }]', ab: ALL, cb: ALL, ba: ALL },
    { name: 'the entity cluster', rest: 'ingress: [{ fromEntities: [cluster] }]', ab: ALL, cb: ALL, ba: ALL },
    {
      name: 'the entity world is no pod',
      rest: 'ingress: [{ fromEntities: [world] }]',
      ab: NONE,
      cb: NONE,
      ba: ALL,
    },
    {
      name: 'no block means a pod',
      rest: 'ingress: [{ fromCIDR: ["0.0.0.0/0"] }]',
      ab: NONE,
      cb: NONE,
      ba: ALL,
    },
    {
      name: 'the entity host is no pod',
      rest: 'ingress: [{ fromEntities: [host, remote-node] }]',
      ab: NONE,
      cb: NONE,
      ba: ALL,
    },
    {
      name: 'names of hosts outside are no pods',
      rest: 'egress: [{ toFQDNs: [{ matchName: example.com }] }]',
      ab: ALL,
      cb: ALL,
      ba: NONE,
    },
    {
      name: 'groups of the cloud neither',
      rest: 'egress: [{ toGroups: [{ aws: { securityGroupsIds: [sg-1] } }] }]',
      ab: ALL,
      cb: ALL,
      ba: NONE,
    },
    {
      name: 'a kind of peer that is not known',
      rest: 'ingress: [{ fromMoon: [{}] }]',
      ab: MAYBE,
      cb: MAYBE,
      ba: ALL,
    },
    {
      name: 'a label that is none of Kubernetes',
      rest: 'ingress: [{ fromEndpoints: [{ matchLabels: { "reserved:host": "" } }] }]',
      ab: MAYBE,
      cb: MAYBE,
      ba: ALL,
    },
    {
      name: 'what is asked of every peer',
      rest: 'ingress: [{ fromEndpoints: [{}] }, { fromRequires: [{ matchLabels: { env: prod } }] }]',
      ab: MAYBE,
      cb: MAYBE,
      ba: ALL,
    },
    {
      name: 'authentication',
      rest: 'ingress: [{ fromEndpoints: [{}], authentication: { mode: required } }]',
      ab: MAYBE,
      cb: NONE,
      ba: ALL,
    },
    {
      name: 'authentication that is off',
      rest: 'ingress: [{ fromEndpoints: [{}], authentication: { mode: disabled } }]',
      ab: ALL,
      cb: NONE,
      ba: ALL,
    },
    {
      name: 'without default deny',
      rest: 'enableDefaultDeny: { ingress: false }, ingress: [{ fromEntities: [world] }]',
      ab: ALL,
      cb: ALL,
      ba: ALL,
    },
  ])('$name', ({ rest, ab, cb, ba }) => {
    expect(seen(forB(rest))).toEqual({ ab, cb, ba });
  });

  it.each([
    {
      name: 'what is denied is denied though another policy allows it',
      yaml:
        forB('ingressDeny: [{ fromEndpoints: [{ matchLabels: { tier: front } }] }]') +
        cnp('{ endpointSelector: {}, ingress: [{ fromEntities: [all] }] }', 'q'),
      ab: NONE,
      cb: ALL,
      ba: ALL,
    },
    {
      name: 'a deny shuts what nobody allows besides',
      yaml: forB('ingressDeny: [{ fromEndpoints: [{ matchLabels: { tier: front } }] }]'),
      ab: NONE,
      cb: NONE,
      ba: ALL,
    },
    {
      name: 'a deny of one port leaves the others',
      yaml: forB(
        'ingressDeny: [{ toPorts: [{ ports: [{ port: "22", protocol: TCP }] }] }], ingress: [{ toPorts: [{ ports: [{ port: "20", endPort: 25, protocol: TCP }] }] }]',
      ),
      ab: 'tcp 20-21,23-25',
      cb: 'tcp 20-21,23-25',
      ba: ALL,
    },
    {
      name: 'NetworkPolicies add to the same union',
      yaml:
        forB('ingress: [{ toPorts: [{ ports: [{ port: "80", protocol: TCP }] }] }]') +
        policy('x/n', '{ podSelector: {}, ingress: [{ ports: [{ port: 443 }] }] }'),
      ab: 'tcp 80,443',
      cb: 'tcp 80,443',
      ba: 'tcp 443',
    },
    {
      name: 'a clusterwide policy means every namespace',
      yaml: ccnp('{ endpointSelector: {}, ingress: [{ fromEndpoints: [{ matchLabels: { tier: back } }] }] }'),
      ab: NONE,
      cb: ALL,
      ba: ALL,
    },
    {
      name: 'a namespace that its own selector names is taken away',
      yaml: cnp(
        '{ endpointSelector: { matchLabels: { "k8s:io.kubernetes.pod.namespace": y } }, ingress: [{}] }',
      ),
      ab: NONE,
      cb: NONE,
      ba: NONE,
    },
    {
      name: 'every one of several specs counts',
      yaml: cnp(
        '{ endpointSelector: {}, ingress: [{ fromEndpoints: [{}] }] }',
        'p',
        'specs: [{ endpointSelector: {}, ingressDeny: [{ fromEndpoints: [{ matchLabels: { tier: back } }] }] }]\n',
      ),
      ab: ALL,
      cb: NONE,
      ba: NONE,
    },
    {
      name: 'a named port is looked up on the pod that is called',
      yaml: cnp(
        '{ endpointSelector: {}, ingress: [{ toPorts: [{ ports: [{ port: http, protocol: TCP }] }] }] }',
      ),
      ab: 'tcp 80',
      cb: 'tcp 80',
      ba: 'tcp 8080',
    },
  ])('$name', ({ yaml, ab, cb, ba }) => {
    expect(seen(yaml)).toEqual({ ab, cb, ba });
  });
});

describe('whom outside a rule lets in', () => {
  const GROUP = `---
apiVersion: cilium.io/v2alpha1
kind: CiliumCIDRGroup
metadata: { name: offices }
spec: { externalCIDRs: ["198.51.100.0/24"] }
`;
  it.each([
    { rest: 'ingress: [{ fromCIDR: ["192.0.2.0/24"] }]', sure: ['192.0.2.0/24'] },
    {
      rest: 'ingress: [{ fromCIDRSet: [{ cidr: 192.0.2.0/24, except: [192.0.2.128/25] }] }]',
      sure: ['192.0.2.0/25'],
    },
    { rest: 'ingress: [{ fromCIDRSet: [{ cidrGroupRef: offices }] }]', sure: ['198.51.100.0/24'] },
    { rest: 'ingress: [{ fromCIDRSet: [{ cidrGroupRef: unknown }] }]', sure: [] },
    { rest: 'ingress: [{ fromEntities: [world] }]', sure: ['0.0.0.0/0'] },
    { rest: 'ingress: [{ fromEntities: [cluster] }]', sure: [] },
    { rest: 'ingress: [{ fromEntities: [kube-apiserver] }]', sure: [] },
  ])('$rest', ({ rest, sure }) => {
    const pairs = outsidePairs(analysed(PODS + forB(rest) + GROUP), 'ingress');
    const found = pairs.filter(({ endpoint, sure: set }) => endpoint.name === 'x/b[Pod]' && !set.isEmpty);
    expect(found.map(({ ips }) => ips.toString())).toEqual(sure);
  });
});

describe('what is not followed is told', () => {
  it.each([
    {
      yaml: forB(
        'ingress: [{ toPorts: [{ ports: [{ port: "80", protocol: TCP }], rules: { http: [{ method: GET }] } }] }]',
      ),
      effect: 'only-narrows',
    },
    {
      yaml: forB(
        'egress: [{ toPorts: [{ ports: [{ port: "443", protocol: TCP }], serverNames: [example.com] }] }]',
      ),
      effect: 'only-narrows',
    },
    { yaml: ccnp('{ nodeSelector: {}, ingress: [{}] }'), effect: 'only-narrows' },
    {
      yaml: forB('ingress: [{ fromEndpoints: [{}], authentication: { mode: required } }]'),
      effect: 'hides-ways',
    },
    { yaml: forB('egress: [{ toServices: [{ k8sService: { serviceName: s } }] }]'), effect: 'hides-ways' },
  ])('$yaml', ({ yaml, effect }) => {
    const spots = [...analysed(PODS + yaml).network.blindSpots.values()];
    expect(spots.map((spot) => spot.effect)).toEqual([effect]);
  });

  it.each([['{ ingress: [{}] }'], ['{ endpointSelector: {}, nodeSelector: {}, ingress: [{}] }']])(
    'and %s is refused, as its CRD refuses it',
    (spec) => {
      expect(clusterOf(PODS + cnp(spec)).problems.map(({ field }) => field)).toEqual(['spec']);
    },
  );
});
