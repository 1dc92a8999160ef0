import { describe, expect, it } from 'vitest';
import { between, inWords } from '../../support/ask.ts';
import { analyse, reachBetween } from '#engine';
import { endpoint, networkOf, peering, type HostSpec, type NetworkSpec } from '../../support/network.ts';

const OPEN = ['in all from any', 'out all to any'];

/** What `a` in the public subnet can open on `b` in the private one, with the given rules on `b`. */
function admitted(rules: readonly string[], b: Partial<HostSpec> = {}, more: Partial<NetworkSpec> = {}): string {
  return between(
    networkOf({
      ...more,
      hosts: { a: { at: '10.0.0.10', groups: ['a'] }, b: { at: '10.0.1.10', groups: ['b'], ...b }, ...more.hosts },
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
    expect(admitted(['in tcp/20-30 from any'], {}, { groups: { a: ['out tcp/25-99 to any'] } })).toBe('tcp 25-30');
  });

  it('no group at all admits nothing, and one without filters everything', () => {
    expect(admitted([], { groups: [] })).toBe('no traffic');
    expect(admitted([], { unfiltered: true })).toBe('all traffic');
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
    const [plane] = analyse(network).planes;
    const reach = (text: string): string => {
      const from = plane!.axis.positionOf({ family: 4, value: text === 'internet' ? 0x08080808 : 0xac10_0001 })!;
      const far = plane!.policies.spansOf({ kind: 'group', group: 'gone' as never, beyond: 'x' as never })[1];
      return far.some(([start, end]) => start <= from && from < end) ? 'maybe' : 'never';
    };
    expect([reach('private'), reach('internet')]).toEqual(['maybe', 'never']);
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
      tables: { far: ['10.9.0.0/16 local', '10.0.0.0/16 peer'], private: ['10.0.0.0/16 local', '10.9.0.0/16 peer'] },
      gateways: [peering('peer', ['vpc', 'other'], shares)],
    });
    expect(between(network, 'a', 'b')).toBe(expected);
  });

  it('labels name whoever wears them', () => {
    const labelled = (label: string) => admitted([`in tcp/22 from label ${label}`], {}, { hosts: { a: { at: '10.0.0.10', groups: ['a'], labels: { app: 'web', tier: 'front' } } } });
    expect([labelled('app=web'), labelled('app=db'), labelled('tier=front')]).toEqual(['tcp 22', 'no traffic', 'tcp 22']);
  });
});

/** What `a` can open on `b` with this ACL at the border of the private subnet; the way out is open. */
function through(rules: readonly string[]): string {
  const hosts = { a: { at: '10.0.0.10', groups: ['all'] }, b: { at: '10.0.1.10', groups: ['all'] } };
  const acl = [...rules, 'out allow all to any'];
  return between(
    networkOf({ hosts, groups: { all: OPEN }, acls: { acl }, subnets: { private: { cidr: '10.0.1.0/24', table: 'private', acl: 'acl' } } }),
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

/** Sessions from `a` to `b` where the private subnet's ACL lets only these answers out. */
function answered(rules: readonly string[]) {
  const hosts = { a: { at: '10.0.0.10', groups: ['all'] }, b: { at: '10.0.1.10', groups: ['all'] } };
  const acl = ['in allow all from any', ...rules];
  const network = networkOf({ hosts, groups: { all: OPEN }, acls: { acl }, subnets: { private: { cidr: '10.0.1.0/24', table: 'private', acl: 'acl' } } });
  const reach = reachBetween(analyse(network), endpoint('a'), endpoint('b'));
  return [inWords(reach.sure, reach.possible), reach.forward.sure.toString(), reach.repliesOnlyTo?.toString()];
}

describe('replies: an ACL judges them by themselves', () => {
  it.each([
    [['out allow all to any'], 'all traffic', undefined],
    [[], 'icmp', undefined],
    [['out allow tcp/1024-65535 to any'], 'tcp', 'tcp 1024-65535'],
    [['out allow tcp/32768-60999 to any'], 'tcp', 'tcp 32768-60999'],
    // no client picks a port below 1024
    [['out allow tcp/0-1023 to any'], 'icmp', undefined],
    [['out allow udp/50000 to any'], 'udp', 'udp 50000'],
    [['out allow tcp/1024-65535 to any ?'], '? tcp', undefined],
    [['out allow tcp/1024-65535 to 10.0.0.11'], 'icmp', undefined],
  ])('%j', (rules, expected, only) => {
    const [session = '', forward, replies] = answered(rules);
    // ICMP messages that expect no answer come through in any case
    expect(session.startsWith(expected) || session.includes(expected)).toBe(true);
    expect(forward).toBe('all traffic');
    expect(replies).toBe(only);
    if (!expected.includes('tcp') && expected !== 'all traffic') expect(session).not.toMatch(/\btcp\b/);
  });

  it('an echo request needs the echo reply back', () => {
    expect(answered(['out allow icmp/0/0 to any'])[0]).toMatch(/icmp\b/);
    const [without] = answered(['out allow tcp to any']);
    const [withReply] = answered(['out allow tcp to any', 'out allow icmp/0/0 to any']);
    expect(without).not.toBe(withReply);
  });
});
