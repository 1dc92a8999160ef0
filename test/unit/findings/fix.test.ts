import { describe, expect, it } from 'vitest';
import { IpSet, parseTransport } from '#netset';
import type { EndpointId, Network } from '#model';
import { analyse, reachBetween, type Analysis } from '#engine';
import {
  audit,
  fixesFor,
  NOTHING_SAID,
  TrialBudget,
  withoutRules,
  type Finding,
  type Fix,
  type FixOptions,
} from '#findings';
import { networkOf, peering, type NetworkSpec } from '../../support/network.ts';
import { relay } from '../../support/relay.ts';

const PUBLIC = { at: '10.0.0.10=203.0.113.10', groups: ['a'] };
const OUT = 'out all to any';
const DB = { at: '10.0.1.20', groups: ['db'], role: 'database' as const };

/** For each finding its fixes, the best first. */
function fixes(network: Network, options: FixOptions = {}): Record<string, readonly string[]> {
  const analysis = analyse(network);
  return Object.fromEntries(
    audit(analysis, options.meant).map((finding) => [
      finding.check,
      fixesFor(analysis, finding, options).fixes.map(text),
    ]),
  );
}

function text({ kind, what, isProven, alsoCloses: { flows }, breaks }: Fix): string {
  const closed = flows.map(
    ({ from, to, transport, needed }) =>
      `${from.name} ${transport.toString()} ${to.name}${needed === undefined ? '' : ` ${needed}`}`,
  );
  return `${kind}: ${what}${isProven ? '' : ' ?'}${closed.length === 0 ? '' : ` | ${closed.join(', ')}`}${breaks.map((each) => ` | breaks ${each}`).join('')}`;
}

const open = (rules: readonly string[], more: Partial<NetworkSpec> = {}) =>
  networkOf({ ...more, groups: { a: [...rules, OUT], ...more.groups }, hosts: { a: PUBLIC, ...more.hosts } });

function worst(network: Network, which: 'first' | 'last' = 'first'): [Analysis, Finding] {
  const analysis = analyse(network);
  return [analysis, audit(analysis).at(which === 'first' ? 0 : -1)!];
}

/** A host that may use what a lets in. */
const inner = (at: string, groups: readonly string[]) => ({ at, groups });

describe('a fix is tried before it is told', () => {
  it.each<[string, Network, Record<string, readonly string[]>]>([
    [
      'one rule',
      open(['in tcp/22 from any']),
      { 'admin-port-exposed': ['remove: take tcp 22 from 0.0.0.0/0, ::/0 out of a'] },
    ],
    [
      'two halves need both',
      open(['in tcp/22 from 0.0.0.0/1', 'in tcp/22 from 128.0.0.0/1']),
      { 'admin-port-exposed': ['remove: take 2 rules out of a'] },
    ],
    [
      'an office may stay',
      open(['in tcp/22 from any', 'in tcp/22 from 198.51.100.0/24']),
      { 'admin-port-exposed': ['remove: take tcp 22 from 0.0.0.0/0, ::/0 out of a'] },
    ],
    [
      'what others in the network use is left to them: to their group, where they have one',
      open(['in tcp/22 from any'], {
        groups: { b: [OUT] },
        hosts: { b: inner('10.0.1.10', ['b']), c: inner('10.0.1.11', ['b']) },
      }),
      {
        'admin-port-exposed': [
          'reference: in a, replace tcp 22 from 0.0.0.0/0, ::/0 by tcp 22 from members of b',
          'remove: take tcp 22 from 0.0.0.0/0, ::/0 out of a | b tcp 22 a, c tcp 22 a',
        ],
      },
    ],
    [
      'to their subnet, where they have none in common',
      open(['in tcp/22 from any'], {
        groups: { b: [OUT], c: [OUT] },
        hosts: { b: inner('10.0.1.10', ['b']), c: inner('10.0.1.11', ['c']) },
      }),
      {
        'admin-port-exposed': [
          'narrow: in a, replace tcp 22 from 0.0.0.0/0, ::/0 by tcp 22 from 10.0.1.0/24',
          'remove: take tcp 22 from 0.0.0.0/0, ::/0 out of a | b tcp 22 a, c tcp 22 a',
        ],
      },
    ],
    [
      'ports that are not the matter stay',
      open(['in tcp/22-23 from any']),
      {
        'admin-port-exposed': ['remove: take tcp 22-23 from 0.0.0.0/0, ::/0 out of a'],
      },
    ],
    [
      'who leaves a default group is lost to those who stay',
      networkOf({
        hosts: {
          a: { at: '10.0.1.10', groups: ['default'] },
          b: { at: '10.0.1.11', groups: ['default'] },
        },
        groups: { default: ['in all from group default', OUT] },
        defaultGroups: ['default'],
      }),
      {
        'default-group-in-use': [
          'group: give b a group of its own with the rules of default, then take it out of that | a all traffic b, b all traffic a',
        ],
      },
    ],
  ])('%s', (_, network, expected) => {
    expect(fixes(network)).toEqual(expected);
  });
});

describe('where rules are not all there is', () => {
  const BLOCKS = Array.from({ length: 256 }, (_, i) => `${String(i)}.0.0.0/8`);

  it('the whole internet in 256 rules goes with all of them', () => {
    const [best] = fixesFor(...worst(open(BLOCKS.map((block) => `in tcp/22 from ${block}`)))).fixes;
    expect(best).toMatchObject({ kind: 'remove', isProven: true });
    // what is no part of the internet is nobody's there
    expect(best!.changes.length).toBeGreaterThan(200);
  });

  it('where no group applies, the list of the subnet says no, and what it keeps out beside is told', () => {
    const network = networkOf({
      hosts: {
        a: { at: '10.0.0.10=203.0.113.10', unfiltered: true },
        b: { at: '10.0.1.10', groups: ['b'] },
      },
      groups: { b: [OUT] },
      acls: { edge: ['in allow tcp/22 from any', 'out allow all to any'] },
      subnets: { public: { cidr: '10.0.0.0/24', table: 'public', acl: 'edge' } },
    });
    expect(fixes(network)['admin-port-exposed']).toEqual([
      'acl: put before all entries of edge: deny tcp 22 from 0.0.0.0/0 | b tcp 22 a',
    ]);
  });

  it('a load balancer may stop to answer', () => {
    const network = networkOf({
      hosts: {
        lb: { at: '10.0.0.10=203.0.113.10', groups: ['front'], role: 'load-balancer', canPivot: false },
        db: { at: '10.0.1.10', groups: ['db'], role: 'database' },
      },
      groups: { front: ['in tcp/443 from any', OUT], db: ['in tcp/5432 from group front'] },
      relays: [relay({ id: 'lb', carries: 'bytes', listeners: { 'tcp/443': ['db 10.0.1.10 tcp/5432'] } })],
    });
    expect(fixes(network)['public-database']).toContain('listener: take the listener on tcp 443 off lb');
  });

  it('the route into another network may go', () => {
    const network = networkOf({
      networks: { far: '10.1.0.0/16' },
      subnets: { data: { cidr: '10.1.0.0/24', network: 'far', table: 'data' } },
      tables: {
        public: ['10.0.0.0/16 local', '0.0.0.0/0 igw', '10.1.0.0/16 pcx'],
        data: ['10.1.0.0/16 local', '10.0.0.0/16 pcx'],
      },
      gateways: [peering('pcx', ['vpc', 'far'])],
      hosts: { a: PUBLIC, db: { at: '10.1.0.10', groups: ['db'], role: 'database' } },
      groups: { a: ['in tcp/22 from any', OUT], db: ['in tcp/5432 from 10.0.0.0/16'] },
    });
    expect(fixes(network)['lateral-path']).toContain(
      'route: take the route for 10.1.0.0/16 to pcx out of public',
    );
  });

  it.each<[string, Network, FixOptions, RegExp]>([
    [
      'nothing is left to try with',
      open(['in tcp/22 from any']),
      { budget: new TrialBudget(0) },
      /^no change was tried on the model/,
    ],
    [
      'a copy would be as wide',
      networkOf({
        hosts: { a: { at: '10.0.1.10', groups: ['default'] } },
        groups: { default: ['in all from any', OUT] },
        defaultGroups: ['default'],
      }),
      {},
      /^the rules of its default group are too wide/,
    ],
  ])('says why there is none: %s', (_, network, options, expected) => {
    const found = fixesFor(...worst(network, 'last'), options);
    expect(found.fixes.every(({ isProven }) => !isProven)).toBe(true);
    expect(found.unsolved).toMatch(expected);
  });
});

it('a copy of a group that is open is no help to who carries a default group: that is mended first', () => {
  const network = networkOf({
    hosts: { a: { ...PUBLIC, groups: ['default'] } },
    groups: { default: ['in all from any', OUT] },
    defaultGroups: ['default'],
  });
  expect(fixes(network)).toMatchObject({
    'all-traffic-group': [
      'remove: take all traffic from 0.0.0.0/0, ::/0 out of default | internet all traffic a',
    ],
    'default-group-in-use': [],
  });
});

describe('a path', () => {
  it('ends at the door, which ends others too', () => {
    const network = open(['in tcp/22 from 0.0.0.0/0'], {
      groups: { db: ['in tcp/5432 from group a'] },
      hosts: { db: DB },
    });
    expect(fixes(network)['lateral-path']).toEqual(['remove: take tcp 22 from 0.0.0.0/0 out of a']);
  });

  it('with two doors at both, or where others keep their way', () => {
    const network = networkOf({
      hosts: {
        a: PUBLIC,
        b: { at: '10.0.0.11=203.0.113.11', groups: ['b'] },
        app: { at: '10.0.0.12', groups: ['app'] },
        db: DB,
      },
      groups: {
        a: ['in tcp/22 from 0.0.0.0/0', OUT],
        b: ['in tcp/22 from 0.0.0.0/0', OUT],
        app: [OUT],
        db: ['in tcp/5432 from 10.0.0.0/24'],
      },
    });
    expect(fixes(network)['lateral-path']).toEqual([
      'narrow: in a, replace tcp 22 from 0.0.0.0/0 by tcp 22 from 10.0.0.0/24; and 1 more change of that kind | internet tcp 22 b',
      'remove: take 2 rules out of a, b | a tcp 22 b, app tcp 22 a, app tcp 22 b, b tcp 22 a, internet tcp 22 b',
      'reference: in db, replace tcp 5432 from 10.0.0.0/24 by tcp 5432 from members of app | b tcp 5432 db',
    ]);
  });
});

it('of two doors at which different things are to be done, both are told, and another way in is nothing that is needed', () => {
  const network = networkOf({
    hosts: {
      vpn: { at: '10.0.0.10=203.0.113.10', groups: ['vpn'] },
      lb: { at: '10.0.0.11=203.0.113.11', unfiltered: true, role: 'load-balancer', canPivot: false },
      node: { at: '10.0.1.10', groups: ['node'] },
      db: DB,
    },
    groups: {
      vpn: ['in udp/1194 from 203.0.0.0/8', OUT],
      node: ['in tcp/30000-32767 from 10.0.0.0/16', OUT],
      db: ['in tcp/5432 from group vpn', 'in tcp/5432 from group node'],
    },
    relays: [relay({ id: 'lb', listeners: { 'tcp/8883': ['node 10.0.1.10 tcp/31883'] } })],
  });
  expect(fixes(network)['lateral-path']).toEqual([
    'remove: take 2 rules out of vpn, node | internet through lb tcp 31883 node, lb tcp 30000-32767 node, vpn tcp 30000-32767 node',
    'split: in node, replace tcp 30000-32767 from 10.0.0.0/16 by tcp 30000-31882 from 10.0.0.0/16; tcp 31884-32767 from 10.0.0.0/16; and take udp 1194 from 203.0.0.0/8 out of vpn | internet through lb tcp 31883 node, lb tcp 31883 node, vpn tcp 31883 node',
    'remove: take 2 rules out of db | node tcp 5432 db',
  ]);
});

describe('in a network of thousands', () => {
  const crowd = Object.fromEntries(
    Array.from({ length: 5_001 }, (_, i) => {
      const at = `10.0.${String(100 + Math.floor(i / 250))}.${String((i % 250) + 1)}`;
      return [`h${String(i)}`, { at, groups: ['quiet'] }];
    }),
  );
  const network = networkOf({
    hosts: {
      ...crowd,
      lb: { at: '10.0.0.11=203.0.113.11', unfiltered: true, role: 'load-balancer', canPivot: false },
    },
    groups: { quiet: [] },
    subnets: { crowd: { cidr: '10.0.100.0/22, 10.0.104.0/21, 10.0.112.0/20' } },
    relays: [relay({ id: 'lb', listeners: { 'tcp/8883': [] } })],
  });

  it('what only a listener can end is tried all the same', () => {
    expect(fixes(network)['unintended-exposure']).toEqual(['listener: take the listener on tcp 8883 off lb']);
  });

  it('and where that is too much for what may be tried, it is said that it was not', () => {
    const [analysis, finding] = worst(network);
    const budget = new TrialBudget(1);
    budget.spend(1, false);
    expect(fixesFor(analysis, finding, { budget }).unsolved).toMatch(/^no change was tried on the model/);
  });
});

describe('what is meant', () => {
  it('who is trusted keeps the way', () => {
    const meant = { ...NOTHING_SAID, trusted: [{ name: 'office', ips: IpSet.parse('198.51.100.0/24') }] };
    expect(fixes(open(['in tcp/22 from any']), { meant })['admin-port-exposed']).toEqual([
      'narrow: in a, replace tcp 22 from 0.0.0.0/0, ::/0 by tcp 22 from 198.51.100.0/24',
      'remove: take tcp 22 from 0.0.0.0/0, ::/0 out of a | internet tcp 22 a meant',
    ]);
  });

  it('a port that is meant to be open keeps open', () => {
    const meant = {
      ...NOTHING_SAID,
      exposures: [
        {
          what: [{ names: ['a'] }],
          transport: parseTransport('tcp 23-24')!,
          from: IpSet.parse('0.0.0.0/0', '::/0'),
        },
      ],
    };
    expect(fixes(open(['in tcp/22-24 from any']), { meant })['admin-port-exposed']).toEqual([
      'split: in a, replace tcp 22-24 from 0.0.0.0/0, ::/0 by tcp 23-24 from 0.0.0.0/0, ::/0',
      'remove: take tcp 22-24 from 0.0.0.0/0, ::/0 out of a | internet tcp 23-24 a meant',
    ]);
  });

  it('what breaks an assertion comes last', () => {
    const network = open(['in tcp/22 from any'], {
      groups: { b: [OUT], c: [OUT] },
      hosts: { b: inner('10.0.1.10', ['b']), c: inner('10.0.1.11', ['c']) },
    });
    const ssh = parseTransport('tcp 22')!;
    const found = fixes(network, {
      breaks: (edited) =>
        ssh.isSubsetOf(reachBetween(edited, 'b' as EndpointId, 'a' as EndpointId).sure) ? [] : ['b to a'],
    })['admin-port-exposed'];
    expect(found).toEqual([
      'narrow: in a, replace tcp 22 from 0.0.0.0/0, ::/0 by tcp 22 from 10.0.1.0/24',
      'remove: take tcp 22 from 0.0.0.0/0, ::/0 out of a | b tcp 22 a, c tcp 22 a | breaks b to a',
    ]);
  });

  it('a flow between zones that is forbidden is what goes, and the rest stays', () => {
    const meant = {
      ...NOTHING_SAID,
      zones: [
        { name: 'data', members: [{ names: ['db'] }] },
        { name: 'office', members: [{ names: ['desk'] }] },
      ],
      flows: [
        {
          from: ['office'],
          to: ['data'],
          verdict: 'forbidden' as const,
          transport: parseTransport('tcp 5432')!,
        },
      ],
    };
    const network = networkOf({
      hosts: {
        db: { at: '10.0.1.20', groups: ['db'], role: 'database' },
        app: inner('10.0.1.30', ['app']),
        desk: inner('10.0.1.40', ['desk']),
      },
      groups: { app: [OUT], desk: [OUT], db: ['in tcp/5432 from 10.0.0.0/16'] },
    });
    expect(fixes(network, { meant })['segmentation-broken']).toEqual([
      'reference: in db, replace tcp 5432 from 10.0.0.0/16 by tcp 5432 from members of app',
      'remove: take tcp 5432 from 10.0.0.0/16 out of db | app tcp 5432 db',
    ]);
  });

  it('what lets a crown jewel out to the internet becomes what it needs inside', () => {
    const network = networkOf({
      hosts: {
        db: { at: '10.0.0.20=203.0.113.20', groups: ['db'], role: 'database' },
        app: inner('10.0.1.30', ['app']),
      },
      groups: { db: [OUT], app: ['in tcp/443 from group db'] },
    });
    expect(fixes(network)['egress-from-crown-jewel']).toEqual([
      'reference: in db, replace all traffic to 0.0.0.0/0, ::/0 by all traffic to members of app',
      'route: take the route for 0.0.0.0/0 to igw out of public',
      'remove: take all traffic to 0.0.0.0/0, ::/0 out of db | db tcp 443 app',
    ]);
  });
});

it('taking rules away leaves everything else', () => {
  const network = open(['in tcp/22 from any', 'in tcp/80 from any']);
  const [finding] = audit(analyse(network));
  const left = withoutRules(network, finding!.culprits);
  expect(left.policies.get('a' as never)!.rules.map(({ id }) => id)).toEqual(['a#1', 'a#2']);
  expect(network.policies.get('a' as never)!.rules).toHaveLength(3);
  expect(left.policies.get('open' as never)).toBe(network.policies.get('open' as never));
  expect(withoutRules(network, [{ ...finding!.culprits[0]!, policy: 'gone' }]).policies).toEqual(
    network.policies,
  );
});
