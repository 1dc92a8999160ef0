import { describe, expect, it } from 'vitest';
import { outsidePairs } from '#engine';
import { parseIp } from '#netset';
import { analysed, clusterOf, namespace, opensBut, pod, policy } from '../../../../support/cluster.ts';

const ALL = 'all traffic';
const NONE = 'no traffic';
const NOT_80 = 'all but tcp 80';

const PODS =
  namespace('x', { team: 'red' }) +
  namespace('y', { team: 'blue' }) +
  pod('x/a', { tier: 'front' }, ['http 8080', 'dns 53 UDP']) +
  pod('x/b', { tier: 'back' }, ['http 80']) +
  pod('y/c', { tier: 'back' });

const object = (version: string, kind: string, name: string, spec: string): string => `---
apiVersion: policy.networking.k8s.io/${version}
kind: ${kind}
metadata: { name: ${name} }
spec: ${spec}
`;
const anp = (name: string, priority: number, rest: string): string =>
  object('v1alpha1', 'AdminNetworkPolicy', name, `{ priority: ${String(priority)}, ${rest} }`);
const banp = (rest: string): string =>
  object('v1alpha1', 'BaselineAdminNetworkPolicy', 'default', `{ ${rest} }`);
const cnp = (name: string, tier: string, priority: number, rest: string): string =>
  object(
    'v1alpha2',
    'ClusterNetworkPolicy',
    name,
    `{ tier: ${tier}, priority: ${String(priority)}, ${rest} }`,
  );

const EVERYWHERE = 'subject: { namespaces: {} }';
const BACK = 'subject: { pods: { namespaceSelector: {}, podSelector: { matchLabels: { tier: back } } } }';
const FROM_ALL = 'from: [{ namespaces: {} }]';
const TO_ALL = 'to: [{ namespaces: {} }]';
const SHUT = policy('x/shut', '{ podSelector: {}, policyTypes: [Ingress] }');
const OPEN = policy('x/open', '{ podSelector: {}, ingress: [{}] }');
const into = (...rules: readonly string[]): string => `ingress: [${rules.join(', ')}]`;
const out = (...rules: readonly string[]): string => `egress: [${rules.join(', ')}]`;

/** What a opens on b (same namespace) and c on b (another one), and back. */
function seen(yaml: string): { ab: string; cb: string; bc: string } {
  const analysis = analysed(PODS + yaml);
  return {
    ab: opensBut(analysis, 'x/a', 'x/b'),
    cb: opensBut(analysis, 'y/c', 'x/b'),
    bc: opensBut(analysis, 'x/b', 'y/c'),
  };
}

describe('AdminNetworkPolicy', () => {
  it.each([
    {
      name: 'denies although a NetworkPolicy allows',
      yaml: OPEN + anp('p', 1, `${EVERYWHERE}, ${into(`{ action: Deny, ${FROM_ALL} }`)}`),
      ab: NONE,
      cb: NONE,
      bc: NONE,
    },
    {
      name: 'allows although a NetworkPolicy shuts, for its own direction alone',
      yaml:
        SHUT +
        policy('x/in', '{ podSelector: { matchLabels: { tier: front } }, policyTypes: [Egress] }') +
        anp('p', 1, `${BACK}, ${into(`{ action: Allow, ${FROM_ALL} }`)}`),
      ab: NONE,
      cb: ALL,
      bc: ALL,
    },
    {
      name: 'of a lower number goes first, by number and not by letters',
      yaml:
        anp('late', 10, `${EVERYWHERE}, ${into(`{ action: Allow, ${FROM_ALL} }`)}`) +
        anp(
          'early',
          9,
          `${EVERYWHERE}, ${into(`{ action: Deny, ${FROM_ALL}, ports: [{ portNumber: { port: 80 } }] }`)}`,
        ),
      ab: NOT_80,
      cb: NOT_80,
      bc: NOT_80,
    },
    {
      name: 'leaves to NetworkPolicies what it passes, whatever later ones say',
      yaml:
        SHUT +
        anp('first', 1, `${EVERYWHERE}, ${into(`{ action: Pass, ${FROM_ALL} }`)}`) +
        anp('second', 2, `${EVERYWHERE}, ${into(`{ action: Allow, ${FROM_ALL} }`)}`),
      ab: NONE,
      cb: NONE,
      bc: ALL,
    },
    {
      name: 'goes by its first rule that matches',
      yaml: anp(
        'p',
        0,
        `${BACK}, ${into(
          '{ action: Allow, from: [{ namespaces: { matchLabels: { team: red } } }] }',
          `{ action: Deny, ${FROM_ALL} }`,
        )}`,
      ),
      ab: ALL,
      cb: NONE,
      bc: ALL,
    },
    {
      name: 'that says nothing of a direction shuts nothing in it',
      yaml: anp('p', 0, EVERYWHERE),
      ab: ALL,
      cb: ALL,
      bc: ALL,
    },
    {
      name: 'names its peers by both selectors at once',
      yaml: anp(
        'p',
        0,
        `${BACK}, ${into(
          '{ action: Deny, from: [{ pods: { namespaceSelector: { matchLabels: { team: red } }, podSelector: { matchLabels: { tier: back } } } }] }',
        )}`,
      ),
      ab: ALL,
      cb: ALL,
      bc: NONE,
    },
    {
      name: 'names ports by number with TCP as its default, by range, and by name on each pod',
      yaml: anp(
        'p',
        0,
        `${BACK}, ${into(
          `{ action: Deny, ${FROM_ALL}, ports: [{ portNumber: { port: 22 } }, { portRange: { protocol: UDP, start: 1000, end: 2000 } }, { namedPort: http }] }`,
        )}`,
      ),
      ab: 'all but tcp 22,80; udp 1000-2000',
      cb: 'all but tcp 22,80; udp 1000-2000',
      bc: 'all but tcp 22; udp 1000-2000',
    },
    {
      name: 'names the ports of the far end on the way out',
      yaml: anp('p', 0, `${EVERYWHERE}, ${out(`{ action: Deny, ${TO_ALL}, ports: [{ namedPort: http }] }`)}`),
      ab: NOT_80,
      cb: NOT_80,
      bc: ALL,
    },
    {
      name: 'with a kind of peer that is not known: an Allow that is not sure',
      yaml: SHUT + anp('p', 0, `${BACK}, ${into('{ action: Allow, from: [{ clouds: { a: b } }] }')}`),
      ab: 'no traffic ? all traffic',
      cb: 'no traffic ? all traffic',
      bc: ALL,
    },
    {
      name: 'with a kind of peer that is not known: a Deny that may be of anybody',
      yaml: anp('p', 0, `${BACK}, ${into('{ action: Deny, from: [{ clouds: { a: b } }] }')}`),
      ab: 'no traffic ? all traffic',
      cb: 'no traffic ? all traffic',
      bc: 'no traffic ? all traffic',
    },
    {
      name: 'networks mean pods too: all of them where the block is everything',
      yaml: anp('p', 0, `${BACK}, ${out('{ action: Deny, to: [{ networks: ["0.0.0.0/0", "::/0"] }] }')}`),
      ab: ALL,
      cb: NONE,
      bc: NONE,
    },
    {
      name: 'domain names are no pods',
      yaml: anp(
        'p',
        0,
        `${BACK}, ${out('{ action: Allow, to: [{ domainNames: ["*.example.com"] }] }', `{ action: Deny, ${TO_ALL} }`)}`,
      ),
      ab: ALL,
      cb: NONE,
      bc: NONE,
    },
  ])('$name', ({ yaml, ab, cb, bc }) => {
    expect(seen(yaml)).toEqual({ ab, cb, bc });
  });
});

describe('what a rule on the way out says of addresses', () => {
  const NODE = `---
apiVersion: v1
kind: Node
metadata: { name: n, labels: { zone: a } }
status: { addresses: [{ type: InternalIP, address: 192.0.2.7 }, { type: Hostname, address: n }] }
`;
  const DENIED = anp('p', 1, `${EVERYWHERE}, ${out('{ action: Deny, to: [PEER] }')}`);
  it.each([
    { peer: '{ networks: [192.0.2.0/24] }', node: 'denied', other: 'allowed', more: '' },
    { peer: '{ nodes: {} }', node: 'denied', other: 'allowed', more: NODE },
    { peer: '{ nodes: { matchLabels: { zone: b } } }', node: 'allowed', other: 'allowed', more: NODE },
    { peer: '{ nodes: {} }', node: 'unknown', other: 'unknown', more: '' },
    { peer: '{ domainNames: [example.com] }', node: 'unknown', other: 'unknown', more: NODE },
    { peer: '{ clouds: { a: b } }', node: 'unknown', other: 'unknown', more: '' },
    { peer: '{ namespaces: {} }', node: 'allowed', other: 'allowed', more: NODE },
  ])('$peer', ({ peer, node, other, more }) => {
    const pairs = outsidePairs(analysed(PODS + more + DENIED.replace('PEER', peer)), 'egress');
    const at = (text: string): string => {
      const ip = parseIp(text);
      const pair = pairs.find(
        ({ endpoint, ips }) => endpoint.name === 'x/a[Pod]' && ip !== undefined && ips.has(ip),
      );
      if (pair === undefined || pair.possible.isEmpty) return 'denied';
      return pair.sure.isEmpty ? 'unknown' : 'allowed';
    };
    expect({ node: at('192.0.2.7'), other: at('8.8.8.8') }).toEqual({ node, other });
  });
});

describe('BaselineAdminNetworkPolicy', () => {
  const denyAll = `${EVERYWHERE}, ${into(`{ action: Deny, ${FROM_ALL} }`)}`;
  it.each([
    {
      name: 'decides for pods that no NetworkPolicy selects',
      yaml: banp(denyAll),
      ab: NONE,
      cb: NONE,
      bc: NONE,
    },
    { name: 'has nothing to say where one does', yaml: OPEN + banp(denyAll), ab: ALL, cb: ALL, bc: NONE },
    {
      name: 'nor where one selects and allows nothing, though it allows itself',
      yaml: SHUT + banp(`${EVERYWHERE}, ${into(`{ action: Allow, ${FROM_ALL} }`)}`),
      ab: NONE,
      cb: NONE,
      bc: ALL,
    },
    {
      name: 'decides where a NetworkPolicy is about the other direction',
      yaml: policy('x/out', '{ podSelector: {}, policyTypes: [Egress], egress: [{}] }') + banp(denyAll),
      ab: NONE,
      cb: NONE,
      bc: NONE,
    },
    {
      name: 'decides what an admin policy passes',
      yaml: anp('p', 1, `${EVERYWHERE}, ${into(`{ action: Pass, ${FROM_ALL} }`)}`) + banp(denyAll),
      ab: NONE,
      cb: NONE,
      bc: NONE,
    },
    {
      name: 'does not decide what an admin policy allows',
      yaml: anp('p', 1, `${EVERYWHERE}, ${into(`{ action: Allow, ${FROM_ALL} }`)}`) + banp(denyAll),
      ab: ALL,
      cb: ALL,
      bc: ALL,
    },
  ])('$name', ({ yaml, ab, cb, bc }) => {
    expect(seen(yaml)).toEqual({ ab, cb, bc });
  });
});

describe('ClusterNetworkPolicy', () => {
  it.each([
    {
      name: 'of the tier Admin goes before NetworkPolicies, and Accept is its Allow',
      yaml: SHUT + cnp('p', 'Admin', 5, `${EVERYWHERE}, ${into(`{ action: Accept, ${FROM_ALL} }`)}`),
      ab: ALL,
      cb: ALL,
      bc: ALL,
    },
    {
      name: 'of the tier Baseline goes after them',
      yaml: SHUT + cnp('p', 'Baseline', 5, `${EVERYWHERE}, ${into(`{ action: Accept, ${FROM_ALL} }`)}`),
      ab: NONE,
      cb: NONE,
      bc: ALL,
    },
    {
      name: 'has priorities in the tier Baseline too, and Pass there ends in what is allowed by default',
      yaml:
        cnp('deny', 'Baseline', 7, `${EVERYWHERE}, ${into(`{ action: Deny, ${FROM_ALL} }`)}`) +
        cnp(
          'pass',
          'Baseline',
          6,
          `${BACK}, ${into(`{ action: Pass, from: [{ namespaces: { matchLabels: { team: blue } } }] }`)}`,
        ),
      ab: NONE,
      cb: ALL,
      bc: NONE,
    },
    {
      name: 'names protocols: one port, a range, a whole protocol, a name',
      yaml: cnp(
        'p',
        'Admin',
        1,
        `${BACK}, ${into(
          `{ action: Deny, ${FROM_ALL}, protocols: [{ tcp: { destinationPort: { number: 22 } } }, { sctp: {} }, { udp: { destinationPort: { range: { start: 5, end: 6 } } } }, { destinationNamedPort: http }] }`,
        )}`,
      ),
      ab: 'all but tcp 22,80; udp 5-6; sctp',
      cb: 'all but tcp 22,80; udp 5-6; sctp',
      bc: 'all but tcp 22; udp 5-6; sctp',
    },
  ])('$name', ({ yaml, ab, cb, bc }) => {
    expect(seen(yaml)).toEqual({ ab, cb, bc });
  });

  it('of another API group is another kind, which is not read', () => {
    const aws = cnp('p', 'Admin', 1, `${EVERYWHERE}, ${into(`{ action: Deny, ${FROM_ALL} }`)}`).replace(
      'policy.networking.k8s.io/v1alpha2',
      'networking.k8s.aws/v1alpha1',
    );
    expect(seen(aws).ab).toBe('no traffic ? all traffic');
  });
});

describe('two policies of one priority', () => {
  const tcp = (action: string, port: number, subject = EVERYWHERE, from = FROM_ALL): string =>
    `${subject}, ${into(`{ action: ${action}, ${from}, ports: [{ portNumber: { port: ${String(port)} } }] }`)}`;
  it.each([
    {
      name: 'that differ in the same packets leave these unknown, and no others',
      yaml: anp('p', 3, tcp('Allow', 80)) + anp('q', 3, tcp('Deny', 80)),
      ab: `${NOT_80} ? tcp 80`,
      spots: 1,
    },
    {
      name: 'that agree are as one',
      yaml: anp('p', 3, tcp('Deny', 80)) + anp('q', 3, tcp('Deny', 80)),
      ab: NOT_80,
      spots: 0,
    },
    {
      name: 'about different ports have no need of an order',
      yaml: anp('p', 3, tcp('Deny', 80)) + anp('q', 3, tcp('Allow', 81)),
      ab: NOT_80,
      spots: 0,
    },
    {
      name: 'about different peers neither',
      yaml:
        anp('p', 3, tcp('Deny', 80)) +
        anp(
          'q',
          3,
          tcp('Allow', 80, BACK, 'from: [{ namespaces: { matchLabels: { team: nobody } } }]'),
        ).replace('team: nobody', 'team: blue') +
        anp('r', 2, tcp('Deny', 80, BACK, 'from: [{ namespaces: { matchLabels: { team: blue } } }]')),
      ab: NOT_80,
      spots: 1,
    },
    {
      name: 'about different pods neither',
      yaml:
        anp('p', 3, tcp('Deny', 80)).replace(EVERYWHERE, BACK) +
        anp(
          'q',
          3,
          tcp(
            'Allow',
            80,
            'subject: { pods: { namespaceSelector: {}, podSelector: { matchLabels: { tier: front } } } }',
          ),
        ),
      ab: NOT_80,
      spots: 0,
    },
    {
      name: 'in different tiers have one',
      yaml:
        cnp('p', 'Admin', 3, `${EVERYWHERE}, ${into(`{ action: Deny, ${FROM_ALL} }`)}`) +
        cnp('q', 'Baseline', 3, `${EVERYWHERE}, ${into(`{ action: Accept, ${FROM_ALL} }`)}`),
      ab: NONE,
      spots: 0,
    },
  ])('$name', ({ yaml, ab, spots }) => {
    const analysis = analysed(PODS + yaml);
    expect(opensBut(analysis, 'x/a', 'x/b')).toBe(ab);
    const found = [...analysis.network.blindSpots.values()].map(({ id }) => id);
    expect(found.filter((id) => id.startsWith('undecided-order'))).toHaveLength(spots);
  });

  it('are refused where that is asked for', () => {
    const yaml = anp('p', 3, tcp('Allow', 80)) + anp('q', 3, tcp('Deny', 80));
    expect(clusterOf(PODS + yaml, { onTie: 'refuse' }).problems).toMatchObject([
      { object: 'AdminNetworkPolicy q', field: 'spec.priority' },
    ]);
    expect(clusterOf(PODS + yaml).problems).toEqual([]);
  });
});

describe('what no API server takes is refused by field', () => {
  it.each([
    [anp('p', 1001, EVERYWHERE), 'spec.priority'],
    [anp('p', -1, EVERYWHERE), 'spec.priority'],
    [anp('p', 1, 'subject: {}'), 'spec.subject'],
    [anp('p', 1, 'subject: { namespaces: {}, pods: {} }'), 'spec.subject'],
    [
      anp('p', 1, `${EVERYWHERE}, ${into('{ action: Block, from: [{ namespaces: {} }] }')}`),
      'spec.ingress[0].action',
    ],
    [anp('p', 1, `${EVERYWHERE}, ${into('{ action: Deny }')}`), 'spec.ingress[0].from'],
    [anp('p', 1, `${EVERYWHERE}, ${into('{ action: Deny, from: [] }')}`), 'spec.ingress[0].from'],
    [anp('p', 1, `${EVERYWHERE}, ${into('{ action: Deny, from: [{}] }')}`), 'spec.ingress[0].from[0]'],
    [banp(`${EVERYWHERE}, ${into(`{ action: Pass, ${FROM_ALL} }`)}`), 'spec.ingress[0].action'],
    [banp(EVERYWHERE).replace('name: default', 'name: other'), 'metadata.name'],
    [banp(EVERYWHERE) + banp(EVERYWHERE), 'metadata.name'],
    [anp('p', 1, EVERYWHERE) + anp('p', 2, EVERYWHERE), 'metadata.name'],
    [cnp('p', 'Middle', 1, EVERYWHERE), 'spec.tier'],
    [
      cnp('p', 'Admin', 1, `${EVERYWHERE}, ${into(`{ action: Allow, ${FROM_ALL} }`)}`),
      'spec.ingress[0].action',
    ],
    [
      cnp(
        'p',
        'Admin',
        1,
        `${EVERYWHERE}, ${into(`{ action: Deny, ${FROM_ALL}, protocols: [{ tcp: {}, udp: {} }] }`)}`,
      ),
      'spec.ingress[0].protocols[0]',
    ],
  ])('%#: %s', (yaml, field) => {
    expect(clusterOf(PODS + yaml).problems.map((problem) => problem.field)).toEqual([field]);
  });
});
