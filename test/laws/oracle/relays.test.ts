import { describe, expect, it } from 'vitest';
import { interpret } from './index.ts';
import type { Account, End, Maybe } from './index.ts';
import type { AclEntry } from './responses.ts';
import type { ListenerRule } from './responses-relay.ts';
import { draw, entry, groupPair } from './sketch.ts';
import type { Sketch } from './sketch.ts';

const OUT = { DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-a' };
const X = '8.8.8.8';
const FRONT = '10.0.0.5/32';
const PEER: Readonly<Record<string, End>> = {
  peer: { interface: 'eni-peer', ip: '10.0.1.21' },
  peer6: { interface: 'eni-peer', ip: '2001:db8:a::21' },
};
const NAMES = { application: 'app/front/1', network: 'net/front/1' };

type Change = {
  readonly type?: 'application' | 'network';
  readonly state?: string;
  readonly listener?: string;
  readonly group?: string;
  readonly kind?: 'instance' | 'ip';
  readonly target?: string;
  readonly attributes?: Record<string, string> | null;
  readonly rules?: ListenerRule[] | null;
  readonly action?: ListenerRule['Actions'][number];
  readonly front?: Partial<Sketch['cards'][string]>;
  readonly inner?: object[];
  readonly innerRoutes?: object[];
  readonly outerRoutes?: object[];
  readonly zone?: string;
  readonly entries?: Record<string, AclEntry[]>;
  readonly device?: number;
};

/** The load balancer in the public subnet `s`, its target in the private subnet `t`; port 443 to 8080. */
function world(change: Change = {}): Account {
  const { type = 'application', kind = 'instance', entries = {} } = change;
  const arn = `arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/${NAMES[type]}`;
  const own = (subnet: string) => (entries[subnet] === undefined ? {} : { entries: entries[subnet] });
  const isTcp = type === 'network';
  return draw({
    subnets: {
      s: { routes: [OUT, ...(change.outerRoutes ?? [])], ...own('s') },
      t: { zone: change.zone ?? 'az1', routes: change.innerRoutes ?? [], ...own('t') },
    },
    groups: { inner: { in: change.inner ?? [{ IpRanges: [{ CidrIp: '0.0.0.0/0' }] }] } },
    cards: {
      front: {
        ip: '10.0.0.5',
        publicIp: '54.0.0.5',
        Description: `ELB ${NAMES[type]}`,
        InterfaceType: isTcp ? 'network_load_balancer' : 'interface',
        ...change.front,
      },
      target: {
        subnet: 't',
        ip: '10.0.1.20',
        groups: ['inner'],
        Attachment: {
          AttachmentId: 'x',
          DeviceIndex: change.device ?? 0,
          InstanceOwnerId: '111122223333',
          Status: 'attached',
          InstanceId: 'i-1',
        },
      },
      peer: { subnet: 't', ip: '10.0.1.21', ip6: '2001:db8:a::21', SourceDestCheck: false },
    },
    more: {
      DescribeLoadBalancers: {
        LoadBalancers: [
          {
            LoadBalancerArn: arn,
            LoadBalancerName: 'front',
            Type: type,
            Scheme: 'internet-facing',
            VpcId: 'vpc-a',
            State: { Code: change.state ?? 'active' },
            AvailabilityZones: [{ ZoneName: 'a', SubnetId: 's' }],
          },
        ],
      },
      DescribeListeners: {
        Listeners: [
          {
            ListenerArn: 'l',
            LoadBalancerArn: arn,
            Port: 443,
            Protocol: change.listener ?? (isTcp ? 'TCP' : 'HTTPS'),
            DefaultActions: [change.action ?? { Type: 'forward', TargetGroupArn: 'g' }],
          },
        ],
      },
      ...(change.rules === null ? {} : { DescribeRules: { l: { Rules: change.rules ?? [] } } }),
      DescribeTargetGroups: {
        TargetGroups: [
          {
            TargetGroupArn: 'g',
            TargetGroupName: 'g',
            Protocol: change.group ?? (isTcp ? 'TCP' : 'HTTP'),
            Port: 80,
            VpcId: 'vpc-a',
            TargetType: kind,
            LoadBalancerArns: [arn],
          },
        ],
      },
      DescribeTargetHealth: {
        g: {
          TargetHealthDescriptions: [
            {
              Target: { Id: change.target ?? (kind === 'ip' ? '10.0.1.20' : 'i-1'), Port: 8080 },
              TargetHealth: { State: 'unhealthy' },
            },
          ],
        },
      },
      ...(change.attributes === null
        ? {}
        : {
            DescribeTargetGroupAttributes: {
              g: {
                Attributes: Object.entries(change.attributes ?? {}).map(([Key, Value]) => ({ Key, Value })),
              },
            },
          }),
    },
  });
}

type Asked = { from?: string; protocol?: number; port?: number; targetPort?: number };

function answer(change: Change, asked: Asked = {}): string {
  const type = change.type ?? 'application';
  const from = asked.from ?? X;
  const found: Maybe = interpret(world(change)).relayed({
    from: PEER[from] ?? { outside: from },
    balancer: `arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/${NAMES[type]}`,
    protocol: asked.protocol ?? 6,
    port: asked.port ?? 443,
    to: { interface: 'eni-target', ip: '10.0.1.20' },
    targetPort: asked.targetPort ?? 8080,
  });
  return found.sure ? 'yes' : found.possible ? 'unknown' : 'no';
}

const cidr = (CidrIp: string) => [{ IpRanges: [{ CidrIp }] }];
const all = [...entry(100, 'in', 'allow'), ...entry(100, 'out', 'allow')];

describe('LB1, LB5 an application load balancer', () => {
  it.each<[line: string, change: Change, asked: Asked, expected: string]>([
    ['LB4 reaches a private target, healthy or not', {}, {}, 'yes'],
    ['not by another port of its own', {}, { port: 80 }, 'no'],
    ['nor on another of the target', {}, { targetPort: 443 }, 'no'],
    ['nor by UDP', {}, { protocol: 17 }, 'no'],
    ['could not be made', { state: 'failed' }, {}, 'no'],
    ['the target sees the load balancer', { inner: cidr(FRONT) }, {}, 'yes'],
    ['not the client', { inner: cidr(`${X}/32`) }, {}, 'no'],
    ['the target names its groups', { inner: [{ UserIdGroupPairs: [groupPair('open')] }] }, {}, 'yes'],
    ['an internal one', { front: { publicIp: undefined as never } }, {}, 'no'],
    [
      'an internal one is called from within',
      { front: { publicIp: undefined as never } },
      { from: 'peer' },
      'yes',
    ],
    ['its own groups let nothing in', { front: { groups: ['inner'] }, inner: [] }, {}, 'no'],
    [
      'the way to the target drops',
      { entries: { t: [...entry(10, 'in', 'deny', { CidrBlock: FRONT }), ...all] } },
      {},
      'no',
    ],
    [
      'and the way back',
      { entries: { t: [...entry(10, 'out', 'deny', { CidrBlock: FRONT }), ...all] } },
      {},
      'no',
    ],
    ['an address as target', { kind: 'ip' }, {}, 'yes'],
    ['another address', { kind: 'ip', target: '10.0.1.21' }, {}, 'no'],
    ['another instance', { target: 'i-2' }, {}, 'no'],
    ['the instance’s second interface is no target', { device: 1 }, {}, 'no'],
    ['only redirects', { action: { Type: 'redirect' } }, {}, 'no'],
    ['only redirects, as far as was read', { action: { Type: 'redirect' }, rules: null }, {}, 'unknown'],
    [
      'forwards by a rule',
      {
        action: { Type: 'redirect' },
        rules: [
          {
            RuleArn: 'r',
            Priority: '1',
            IsDefault: false,
            Actions: [{ Type: 'forward', TargetGroupArn: 'g' }],
          },
        ],
      },
      {},
      'yes',
    ],
    [
      'weighs',
      { action: { Type: 'forward', ForwardConfig: { TargetGroups: [{ TargetGroupArn: 'g', Weight: 1 }] } } },
      {},
      'yes',
    ],
    [
      'weighs nothing',
      { action: { Type: 'forward', ForwardConfig: { TargetGroups: [{ TargetGroupArn: 'g', Weight: 0 }] } } },
      {},
      'no',
    ],
  ])('%s', (_, change, asked, expected) => {
    expect(answer(change, asked)).toBe(expected);
  });
});

describe('LB2, LB3 a network load balancer', () => {
  const CLIENT = cidr(`${X}/32`);
  const BALANCER = cidr(FRONT);
  const off = { 'preserve_client_ip.enabled': 'false' };
  const on = { 'preserve_client_ip.enabled': 'true' };

  it.each<[line: string, change: Change, seenAsClient: string, seenAsBalancer: string]>([
    ['instances: on by default', {}, 'yes', 'no'],
    ['instances: switched off', { attributes: off }, 'no', 'yes'],
    ['addresses: off by default', { kind: 'ip' }, 'no', 'yes'],
    ['addresses: switched on', { kind: 'ip', attributes: on }, 'yes', 'no'],
    ['the attribute was not read', { attributes: null }, 'unknown', 'unknown'],
    ['TLS: as TCP', { kind: 'ip', listener: 'TLS', group: 'TLS' }, 'no', 'yes'],
    [
      'addresses by TCP_UDP: always on',
      { kind: 'ip', listener: 'TCP_UDP', group: 'TCP_UDP', attributes: off },
      'yes',
      'no',
    ],
  ])('what the target sees, %s', (_, change, seenAsClient, seenAsBalancer) => {
    expect(answer({ type: 'network', ...change, inner: CLIENT })).toBe(seenAsClient);
    expect(answer({ type: 'network', ...change, inner: BALANCER })).toBe(seenAsBalancer);
  });

  it.each<[line: string, change: Change, asked: Asked, expected: string]>([
    ['without groups all come in', { front: { groups: [] } }, {}, 'yes'],
    [
      'SG7 a rule that names its groups matches, though the client is seen',
      { inner: [{ UserIdGroupPairs: [groupPair('open')] }] },
      {},
      'yes',
    ],
    ['another zone: whether it passes on there was not read', { zone: 'az2' }, {}, 'unknown'],
    ['UDP', { listener: 'UDP', group: 'UDP' }, { protocol: 17 }, 'yes'],
    [
      'the target’s ACL sees the client',
      { entries: { t: [...entry(10, 'in', 'deny', { CidrBlock: `${X}/32` }), ...all] } },
      {},
      'no',
    ],
    [
      'and on the way back',
      { entries: { t: [...entry(10, 'out', 'deny', { CidrBlock: `${X}/32` }), ...all] } },
      {},
      'no',
    ],
    ['the way back needs no route', { innerRoutes: [] }, {}, 'yes'],
    // What keeps its client must flow directly
    [
      'the way there leads elsewhere',
      { outerRoutes: [{ DestinationCidrBlock: '10.0.1.0/24', GatewayId: 'igw-a' }] },
      {},
      'no',
    ],
    [
      'or through what may let it pass',
      { outerRoutes: [{ DestinationCidrBlock: '10.0.1.0/24', NetworkInterfaceId: 'eni-peer' }] },
      {},
      'unknown',
    ],
    [
      'a client of the other family: the target sees the load balancer',
      { inner: BALANCER, front: { ip6: '2001:db8:a::5' } },
      { from: 'peer6' },
      'yes',
    ],
    [
      'and not the client',
      { inner: [{ Ipv6Ranges: [{ CidrIpv6: '::/0' }] }], front: { ip6: '2001:db8:a::5' } },
      { from: 'peer6' },
      'no',
    ],
  ])('%s', (_, change, asked, expected) => {
    expect(answer({ type: 'network', ...change }, asked)).toBe(expected);
  });
});
