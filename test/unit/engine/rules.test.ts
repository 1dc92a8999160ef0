import { describe, expect, it } from 'vitest';
import { idOf, type Gateway } from '#model';
import { analyse, connectivity, planeOf, POSSIBLE, reachAt, reachBetween, SURE } from '#engine';
import { between, flowsOf } from '../../support/ask.ts';
import {
  endpoint,
  ipOf,
  networkOf,
  peering,
  type HostSpec,
  type NetworkSpec,
} from '../../support/network.ts';

const OPEN = ['in all from any', 'out all to any'];

/** What `a` in the public subnet can open on `b` in the private one, with the given rules on `b`. */
function admitted(
  rules: readonly string[],
  b: Partial<HostSpec> = {},
  more: Partial<NetworkSpec> = {},
): string {
  return between(
    networkOf({
      ...more,
      hosts: {
        a: { at: '10.0.0.10', groups: ['a'] },
        b: { at: '10.0.1.10', groups: ['b'], ...b },
        ...more.hosts,
      },
      groups: { a: OPEN, b: rules, ...more.groups },
    }),
    'a',
    'b',
  );
}

describe('groups: any rule that allows, allows', () => {
  it.each([
    [[], 'no traffic'],
    [['in tcp/22 from 10.0.0.10'], 'tcp 22'],
    [['in tcp/22 from 10.0.0.11'], 'no traffic'],
    [['in tcp/22 from 10.0.0.0/24', 'in tcp/80 from any'], 'tcp 22,80'],
    [['out tcp/22 to any'], 'no traffic'],
    [['in tcp/22 from group a'], 'tcp 22'],
    [['in tcp/22 from group b'], 'no traffic'],
    [['in tcp/22 from 10.0.0.0/9,10.128.0.0/9'], 'tcp 22'],
    [['in tcp/22 from any ?'], '? tcp 22'],
    [['in tcp/22 from any ?', 'in tcp/22 from 10.0.0.10'], 'tcp 22'],
    [['in tcp/22 from unread'], '? tcp 22'],
    [['in tcp/22 from unread', 'in tcp/80 from any'], 'tcp 80 ? tcp 22'],
    [['in tcp/22 from label app=a'], 'no traffic'],
  ])('%j lets in %s', (rules, expected) => {
    expect(admitted(rules)).toBe(expected);
  });

  it('what the source may not send is not opened', () => {
    expect(admitted(['in tcp/20-30 from any'], {}, { groups: { a: ['out tcp/25-99 to any'] } })).toBe(
      'tcp 25-30',
    );
  });

  it('no group at all admits nothing, and one without filters everything', () => {
    expect(admitted([], { groups: [] })).toBe('no traffic');
    expect(admitted([], { unfiltered: true })).toBe('all traffic');
  });

  it('the two stay apart side by side in one subnet', () => {
    const hosts = { bare: { at: '10.0.1.11', groups: [] }, free: { at: '10.0.1.12', unfiltered: true } };
    const network = networkOf({
      hosts: { a: { at: '10.0.0.10', groups: ['a'] }, ...hosts },
      groups: { a: OPEN },
    });
    const found = [...connectivity(analyse(network))].filter(({ from }) => from === endpoint('a'));
    expect(found.map(({ to }) => to)).toEqual([endpoint('free')]);
  });

  it.each([
    ['stopped', { is: 'dormant' }],
    ['detached', { is: 'detached' }],
    ['one that does not listen', { listens: false }],
  ] as const)('nothing opens a session on %s', (_, b) => {
    expect(admitted(['in all from any'], b)).toBe('no traffic');
  });

  it('a member that was never read may be any private address outside, never the internet', () => {
    const network = networkOf({
      hosts: { b: { at: '10.0.0.20=203.0.113.20', groups: ['b'] } },
      groups: { b: ['in tcp/22 from group gone beyond', 'out all to any'] },
      tables: { public: ['10.0.0.0/16 local', '0.0.0.0/0 igw', '172.16.0.0/12 unknown'] },
      sideDoors: ['vpc'],
    });
    const plane = planeOf(analyse(network), 4);
    const { selector } = network.policies.get(idOf('b'))!.rules[0]!;
    const far = plane.policies.spansOf(selector)[POSSIBLE];
    const reach = (text: string): string => {
      const from = plane.axis.positionOf(ipOf(text))!;
      return far.some(([start, end]) => start <= from && from < end) ? 'maybe' : 'never';
    };
    expect([reach('172.16.0.1'), reach('8.8.8.8')]).toEqual(['maybe', 'never']);
  });

  it.each([
    ['shares groups', true, 'tcp 22'],
    ['does not share groups', false, 'no traffic'],
  ])('a group of a peered network counts if the peering %s', (_, shares, expected) => {
    const network = networkOf({
      hosts: { a: { at: '10.9.0.10', groups: ['a'] }, b: { at: '10.0.1.10', groups: ['b'] } },
      groups: { a: OPEN, b: ['in tcp/22 from group a'] },
      networks: { other: '10.9.0.0/16' },
      subnets: { far: { cidr: '10.9.0.0/24', network: 'other', table: 'far' } },
      tables: {
        far: ['10.9.0.0/16 local', '10.0.0.0/16 peer'],
        private: ['10.0.0.0/16 local', '10.9.0.0/16 peer'],
      },
      gateways: [peering('peer', ['vpc', 'other'], shares)],
    });
    expect(between(network, 'a', 'b')).toBe(expected);
  });

  it('labels name whoever wears them', () => {
    const labelled = (label: string) =>
      admitted(
        [`in tcp/22 from label ${label}`],
        {},
        { hosts: { a: { at: '10.0.0.10', groups: ['a'], labels: { app: 'web', tier: 'front' } } } },
      );
    expect([labelled('app=web'), labelled('app=db'), labelled('tier=front')]).toEqual([
      'tcp 22',
      'no traffic',
      'tcp 22',
    ]);
  });

  it('labels name nobody else', () => {
    const spare = { at: '10.0.0.11', groups: ['a'], labels: { app: 'web' } };
    const a = { at: '10.0.0.10', groups: ['a'], labels: { app: 'web', tier: 'back' } };
    const rule = 'in tcp/22 from label app=web,tier=front';
    expect(
      admitted([rule], {}, { hosts: { spare: { ...spare, labels: { app: 'web', tier: 'front' } }, a } }),
    ).toBe('no traffic');
    expect(admitted([rule], {}, { hosts: { a: { ...a, labels: { app: 'web', tier: 'front' } } } })).toBe(
      'tcp 22',
    );
  });

  it('a group with members in several networks counts those that are seen', () => {
    // the members lie side by side, with the border between the networks in between
    const groups = { z: OPEN, b: ['in tcp/22 from group z'] };
    const spec = {
      hosts: {
        a: { at: '10.0.0.10', groups: ['z'] },
        far: { at: '10.9.0.10', groups: ['z'] },
        b: { at: '10.0.0.20', groups: ['b'] },
      },
      groups,
      networks: { other: '10.9.0.0/16' },
      subnets: { far: { cidr: '10.9.0.0/24', network: 'other', table: 'far' } },
      tables: {
        far: ['10.9.0.0/16 local', '10.0.0.0/16 peer'],
        public: ['10.0.0.0/16 local', '10.9.0.0/16 peer'],
      },
    };
    const by = (peer: Gateway) => networkOf({ ...spec, gateways: [peer] });
    const shut = by(peering('peer', ['vpc', 'other'], false));
    expect([between(shut, 'a', 'b'), between(shut, 'far', 'b')]).toEqual(['tcp 22', 'no traffic']);
    const inactive = by({ ...peering('peer', ['vpc', 'other']), isActive: false } as Gateway);
    const plane = planeOf(analyse(inactive), 4);
    const seen = plane.policies.spansOf({ kind: 'group', group: idOf('z') }, idOf('vpc'))[SURE];
    expect(seen).toEqual([[1, 2]]);
  });
});

/** What `a` can open on `b` with this ACL at the border of the private subnet; the way out is open. */
function through(rules: readonly string[]): string {
  const hosts = { a: { at: '10.0.0.10', groups: ['all'] }, b: { at: '10.0.1.10', groups: ['all'] } };
  const acl = [...rules, 'out allow all to any'];
  return between(
    networkOf({
      hosts,
      groups: { all: OPEN },
      acls: { acl },
      subnets: { private: { cidr: '10.0.1.0/24', table: 'private', acl: 'acl' } },
    }),
    'a',
    'b',
  );
}

describe('ACLs: the first rule that matches decides', () => {
  it.each([
    [[], 'no traffic'],
    [['in allow tcp/22 from any'], 'tcp 22'],
    [['in deny tcp/22 from any', 'in allow tcp/20-30 from any'], 'tcp 20-21,23-30'],
    [['in allow tcp/20-30 from any', 'in deny tcp/22 from any'], 'tcp 20-30'],
    [['in deny tcp/22 from 10.0.0.10', 'in allow tcp/22 from any'], 'no traffic'],
    [['in deny tcp/22 from 10.0.0.11', 'in allow tcp/22 from any'], 'tcp 22'],
    // a rule in doubt may match or not: neither what it allows nor what it lets pass below is sure
    [['in allow tcp/22 from any ?'], '? tcp 22'],
    [['in deny tcp/22 from any ?', 'in allow tcp/22 from any'], '? tcp 22'],
    [['in allow tcp/22 from any ?', 'in allow tcp/22 from any'], 'tcp 22'],
    [['in deny tcp/22 from any', 'in allow tcp/22 from any ?'], 'no traffic'],
    [['in deny all from unread', 'in allow tcp/22 from any'], '? tcp 22'],
  ])('%j lets in %s', (rules, expected) => {
    expect(through(rules)).toBe(expected);
  });

  it('within one subnet no ACL is asked', () => {
    const network = networkOf({
      hosts: { a: { at: '10.0.1.10', groups: ['all'] }, b: { at: '10.0.1.11', groups: ['all'] } },
      groups: { all: ['in tcp/22 from any', 'out all to any'] },
      acls: { shut: [] },
      subnets: { private: { cidr: '10.0.1.0/24', acl: 'shut' } },
    });
    expect(between(network, 'a', 'b')).toBe('tcp 22');
  });
});

const ASKED = ['tcp/443', 'udp/53', 'icmp/8/0', 'icmp/3/0', 'proto/47'] as const;

/** For each flow of ASKED, whether a session from `a` to `b` comes up when the private subnet's ACL lets only these answers out. */
function answered(rules: readonly string[]) {
  const hosts = { a: { at: '10.0.0.10', groups: ['all'] }, b: { at: '10.0.1.10', groups: ['all'] } };
  const acl = ['in allow all from any', ...rules];
  const network = networkOf({
    hosts,
    groups: { all: OPEN },
    acls: { acl },
    subnets: { private: { cidr: '10.0.1.0/24', table: 'private', acl: 'acl' } },
  });
  const { sure, possible, forward, repliesOnlyTo } = reachBetween(
    analyse(network),
    endpoint('a'),
    endpoint('b'),
  );
  expect(forward.sure.toString()).toBe('all traffic');
  const marks = ASKED.map((flows) =>
    flowsOf(flows).isSubsetOf(sure) ? 'yes' : flowsOf(flows).isSubsetOf(possible) ? '?' : 'no',
  );
  return [marks.join(' '), repliesOnlyTo?.toString()];
}

describe('replies: an ACL judges them by themselves', () => {
  // ICMP messages that expect no answer (3: unreachable) need none
  it.each([
    [['out allow all to any'], 'yes yes yes yes yes', undefined],
    [[], 'no no no yes no', 'no traffic'],
    [['out allow tcp to any'], 'yes no no yes no', 'tcp 1024-65535'],
    [['out allow tcp/32768-60999 to any'], 'yes no no yes no', 'tcp 32768-60999'],
    // no client picks a port below 1024
    [['out allow tcp/0-1023 to any'], 'no no no yes no', 'no traffic'],
    [['out allow tcp/1024 to any'], 'yes no no yes no', 'tcp 1024'],
    [['out allow udp/50000 to any'], 'no yes no yes no', 'udp 50000'],
    [['out allow icmp/0/0 to any'], 'no no yes yes no', 'no traffic'],
    [['out allow icmp/8/0 to any'], 'no no no yes no', 'no traffic'],
    [['out allow proto/47 to any'], 'no no no yes yes', 'no traffic'],
    [['out allow tcp to any ?'], '? no no yes no', 'no traffic'],
    [['out allow tcp to 10.0.0.11'], 'no no no yes no', 'no traffic'],
    [
      ['out deny tcp/1024-65534 to any', 'out allow all to any'],
      'yes yes yes yes yes',
      'tcp 65535; udp 1024-65535',
    ],
  ])('%j', (rules, expected, only) => {
    expect(answered(rules)).toEqual([expected, only]);
  });
});

/** Which client ports get replies where `a` and `b` have two addresses each, with these rules on `b` and these answers let out. */
function portsAnswered(rules: readonly string[], answers: readonly string[]): string | undefined {
  const network = networkOf({
    hosts: {
      a: { at: ['10.0.0.10', '10.0.0.11'], groups: ['a'] },
      b: { at: ['10.0.1.10', '10.0.1.11'], groups: ['b'] },
    },
    groups: { a: OPEN, b: rules },
    acls: { acl: ['in allow all from any', ...answers] },
    subnets: { private: { cidr: '10.0.1.0/24', table: 'private', acl: 'acl' } },
  });
  return reachBetween(analyse(network), endpoint('a'), endpoint('b')).repliesOnlyTo?.toString();
}

describe('the client ports that get replies', () => {
  const HIGH = 'out allow tcp/50000-50010 to 10.0.0.11';

  it.each([
    ['nothing is open', [], ['out allow all to any'], undefined],
    ['one address is open, to some', ['in tcp/22 from 10.0.0.11'], [HIGH], 'tcp 50000-50010'],
    ['one to all, one to some', ['in tcp/22 from any'], ['out allow all to 10.0.0.10', HIGH], undefined],
    [
      'each to some',
      ['in tcp/22 from any'],
      ['out allow tcp/40000 to 10.0.0.10', HIGH],
      'tcp 40000,50000-50010',
    ],
  ])('%s', (_, rules, answers, expected) => {
    expect(portsAnswered(rules, answers)).toBe(expected);
  });

  it('are those of a session: without one there is nothing to say', () => {
    const network = networkOf({
      hosts: { a: { at: '10.0.0.10' }, b: { at: '10.0.1.10' } },
      acls: { acl: ['in allow all from any', HIGH] },
      subnets: { private: { cidr: '10.0.1.0/24', table: 'private', acl: 'acl' } },
    });
    const plane = planeOf(analyse(network), 4);
    const [from, to] = [plane.axis.positionsOf(endpoint('a'))[0]!, plane.axis.positionsOf(endpoint('b'))[0]!];
    expect(reachAt(plane, from, to).repliesOnlyTo).toBeUndefined();
  });
});
