import { describe, expect, it } from 'vitest';
import type { Network } from '#model';
import { analyse } from '#engine';
import { audit, type Finding } from '#findings';
import { networkOf, type HostSpec, type NetworkSpec } from '../../support/network.ts';

const PUBLIC: Readonly<Record<string, HostSpec>> = { a: { at: '10.0.0.10=203.0.113.10', groups: ['a'] } };
const OUT = 'out all to any';

/** A finding as `critical admin-port-exposed a tcp 22 [a#0]`, with ` ?` where it is only possible. */
function text({ check, severity, workload, transport, culprits, certainty }: Finding): string {
  const parts = [
    severity,
    check,
    workload.name,
    ...(transport === undefined ? [] : [transport.toString()]),
    `[${culprits.map(({ rule }) => rule.id).join(' ')}]`,
  ];
  return parts.join(' ') + (certainty === 'possibly' ? ' ?' : '');
}

const found = (network: Network): string[] => audit(analyse(network)).map(text);

/** One public host `a` with these rules. */
const exposed = (
  rules: readonly string[],
  more: Partial<NetworkSpec> = {},
  host: Partial<HostSpec> = {},
): string[] =>
  found(
    networkOf({
      groups: { a: [...rules, OUT] },
      ...more,
      hosts: { a: { ...PUBLIC['a']!, ...host }, ...more.hosts },
    }),
  );

describe('ports open to the internet', () => {
  it.each<[readonly string[], readonly string[]]>([
    [['in tcp/22 from 0.0.0.0/0'], ['critical admin-port-exposed a tcp 22 [a#0]']],
    [
      ['in tcp/22 from 0.0.0.0/1', 'in tcp/22 from 128.0.0.0/1'],
      ['critical admin-port-exposed a tcp 22 [a#0 a#1]'],
    ],
    [['in tcp/22 from 52.0.0.0/8'], ['critical admin-port-exposed a tcp 22 [a#0]']],
    [['in tcp/22 from 198.51.100.0/24'], []],
    [['in tcp/22 from 10.0.0.0/8'], []],
    [['in udp/161 from any'], ['critical admin-port-exposed a udp 161 [a#0]']],
    [['in tcp/5432 from any'], ['critical database-exposed a tcp 5432 [a#0]']],
    [['in udp/11211 from any'], ['critical database-exposed a udp 11211 [a#0]']],
    [['in tcp/8080 from any'], ['high high-risk-port-exposed a tcp 8080 [a#0]']],
    [['in tcp/8081 from any'], ['medium unintended-exposure a tcp 8081 [a#0]']],
    [['in icmp/8/0 from any'], ['medium unintended-exposure a icmp 8/0 [a#0]']],
    [
      ['in tcp/20-25 from any'],
      [
        'critical admin-port-exposed a tcp 22-23 [a#0]',
        'high high-risk-port-exposed a tcp 20-21,25 [a#0]',
        'medium unintended-exposure a tcp 24 [a#0]',
      ],
    ],
    [[], []],
  ])('%j', (rules, expected) => {
    expect(exposed(rules)).toEqual(expected);
  });

  it('over IPv6 count the same', () => {
    expect(exposed(['in tcp/22 from ::/0'], {}, { at: ['10.0.0.10', '2600:1::10=2600:1::10'] })).toEqual([
      'critical admin-port-exposed a tcp 22 [a#0]',
    ]);
    expect(exposed(['in tcp/22 from ::/0'])).toEqual([]);
  });

  it.each([
    ['a private host', { at: '10.0.1.10' }],
    ['a stopped one', { is: 'dormant' }],
    ['one that listens to nothing', { listens: false }],
  ] as const)('need %s not fear', (_, host) => {
    expect(exposed(['in tcp/22 from any'], {}, host)).toEqual([]);
  });

  it('of a load balancer are meant on 80 and 443 only', () => {
    expect(exposed(['in tcp/80 from any', 'in tcp/443 from any'], {}, { role: 'load-balancer' })).toEqual([]);
    expect(exposed(['in tcp/443 from any', 'in tcp/22 from any'], {}, { role: 'load-balancer' })).toEqual([
      'critical admin-port-exposed a tcp 22 [a#1]',
    ]);
  });

  it('are one finding for all interfaces of a workload', () => {
    const both = {
      a: { ...PUBLIC['a']!, workload: 'web' },
      b: { at: '10.0.0.11=203.0.113.11', groups: ['a'], workload: 'web' },
    };
    const [finding, ...rest] = audit(
      analyse(networkOf({ hosts: both, groups: { a: ['in tcp/22 from any', OUT] } })),
    );
    expect(rest).toEqual([]);
    expect(finding!.endpoints.map(({ name }) => name)).toEqual(['a', 'b']);
  });

  it('come with a flow that proves it', () => {
    const [finding] = audit(
      analyse(networkOf({ hosts: PUBLIC, groups: { a: ['in tcp/22 from any', OUT] } })),
    );
    expect(finding!.witness).toEqual({
      source: { family: 4, value: 0x0100_0000 },
      destination: { family: 4, value: 0xcb00_710a },
      point: 22,
    });
  });
});

describe('what was not read makes a finding possible, never none', () => {
  it.each<[string, readonly string[], Partial<NetworkSpec>, readonly string[]]>([
    [
      'an ACL',
      ['in tcp/22 from any'],
      { acls: { open: ['in allow all from any ?', 'out allow all to any ?'] } },
      ['critical admin-port-exposed a tcp 22 [a#0] ?'],
    ],
    ['a prefix list', ['in tcp/22 from unread'], {}, ['critical admin-port-exposed a tcp 22 [a#0] ?']],
    [
      'a route table',
      ['in tcp/22 from any'],
      { tables: { public: ['10.0.0.0/16 local', '0.0.0.0/0 unknown'] } },
      ['critical admin-port-exposed a tcp 22 [a#0] ?'],
    ],
  ])('%s', (_, rules, more, expected) => {
    const findings = audit(analyse(networkOf({ hosts: PUBLIC, groups: { a: [...rules, OUT] }, ...more })));
    expect(findings.map(text)).toEqual(expected);
    expect(findings[0]!.because).toContain('unread');
    expect(findings[0]!.title).toContain('may be');
  });

  it('an ACL before a crown jewel', () => {
    const network = behind({
      acls: { guard: ['in allow all from any ?', 'out allow all to any'] },
      subnets: { private: { cidr: '10.0.1.0/24', acl: 'guard' } },
    });
    expect(found(network)).toEqual([
      'critical admin-port-exposed a tcp 22 [a#0]',
      'high lateral-path db tcp 5432 [a#0 db#0] ?',
    ]);
  });

  it('an ACL before a group that admits everything', () => {
    const network = networkOf({
      hosts: { a: { at: '10.0.1.10', groups: ['a'] }, b: { at: '10.0.0.11', groups: ['b'] } },
      groups: { a: ['in all from 10.0.0.0/8', OUT], b: [OUT] },
      acls: { guard: ['in allow all from any ?', 'out allow all to any'] },
      subnets: { private: { cidr: '10.0.1.0/24', acl: 'guard' } },
    });
    const findings = audit(analyse(network));
    expect(findings.map(text)).toEqual(['medium all-traffic-group a all traffic [a#0] ?']);
    expect(findings[0]!.because).toEqual(['unread']);
  });
});

/** The internet may get to `a`, `a` to the database. */
function behind(more: Partial<NetworkSpec> = {}, rule = 'in tcp/22 from 0.0.0.0/0'): Network {
  return networkOf({
    groups: { a: [rule, OUT], db: ['in tcp/5432 from group a'] },
    ...more,
    hosts: {
      ...PUBLIC,
      db: { at: '10.0.1.10', groups: ['db'], role: 'database', initiates: false },
      ...more.hosts,
    },
  });
}

describe('paths to crown jewels', () => {
  it('name the way and both rules', () => {
    const findings = audit(analyse(behind()));
    expect(findings.map(text)).toEqual([
      'critical admin-port-exposed a tcp 22 [a#0]',
      'high lateral-path db tcp 5432 [a#0 db#0]',
    ]);
    expect(findings[1]!.title).toBe('db is 2 steps from the internet: internet → a → db');
    expect(findings[1]!.path!.hops.map(({ to }) => to.name)).toEqual(['a', 'db']);
  });

  it('name the rule that lets the internet in, whichever part of it that is', () => {
    expect(found(behind({}, 'in tcp/22 from 52.0.0.0/8'))[1]).toBe(
      'high lateral-path db tcp 5432 [a#0 db#0]',
    );
  });

  it('are no findings for what holds no data', () => {
    const network = behind({ hosts: { db: { at: '10.0.1.10', groups: ['db'] } } });
    expect(found(network)).toEqual(['critical admin-port-exposed a tcp 22 [a#0]']);
  });

  it('are not told of a jewel that is open itself', () => {
    const network = networkOf({
      hosts: { db: { at: '10.0.0.10=203.0.113.10', groups: ['db'], role: 'database' } },
      groups: { db: ['in tcp/5432 from any'] },
    });
    expect(found(network)).toEqual(['critical public-database db tcp 5432 [db#0]']);
  });
});

describe('how grave another port is', () => {
  it('depends on what falls next', () => {
    const network = (db: string, extra: Partial<HostSpec> = {}): Network =>
      networkOf({
        groups: { a: ['in tcp/8081 from any', OUT], db: [`in tcp/5432 from ${db}`] },
        hosts: {
          a: { ...PUBLIC['a']!, ...extra },
          db: { at: '10.0.1.10', groups: ['db'], role: 'database', initiates: false },
        },
      });
    const severities = (of: Network): string[] => found(of).filter((line) => line.includes('unintended'));
    expect(severities(network('group a'))).toEqual(['high unintended-exposure a tcp 8081 [a#0]']);
    expect(severities(network('10.9.0.0/16'))).toEqual(['medium unintended-exposure a tcp 8081 [a#0]']);
    expect(severities(network('group a', { canPivot: false }))).toEqual([
      'medium unintended-exposure a tcp 8081 [a#0]',
    ]);
  });
});

describe('groups that admit everything', () => {
  const inside = (rules: readonly string[], more: Partial<NetworkSpec> = {}) =>
    found(
      networkOf({
        groups: { a: [...rules, OUT], b: [OUT] },
        ...more,
        hosts: {
          a: { at: '10.0.1.10', groups: ['a'] },
          b: { at: '10.0.0.11', groups: ['b'] },
          ...more.hosts,
        },
      }),
    );

  it.each<[readonly string[], readonly string[]]>([
    [['in all from 10.0.0.0/8'], ['medium all-traffic-group a all traffic [a#0]']],
    [['in all from 0.0.0.0/0'], ['high all-traffic-group a all traffic [a#0]']],
    [['in all from group b'], ['medium all-traffic-group a all traffic [a#0]']],
    [['in all from group a'], []],
    [['in all from 10.0.0.0/24'], []],
    [['in tcp from 10.0.0.0/8'], []],
  ])('%j', (rules, expected) => {
    expect(inside(rules)).toEqual(expected);
  });

  it('count only where something gets in', () => {
    expect(inside(['in all from 10.0.0.0/8'], { hosts: { a: { at: '10.0.1.10', groups: [] } } })).toEqual([]);
    expect(inside(['in all from 10.0.0.0/8'], { groups: { a: ['in all from 10.0.0.0/8'], b: [] } })).toEqual(
      [],
    );
    expect(inside(['in all from 10.0.0.0/8'], { acls: { open: [] } })).toEqual([]);
  });
});

describe('default groups', () => {
  const onDefault = (hosts: NetworkSpec['hosts']) =>
    found(
      networkOf({
        hosts,
        groups: { default: ['in all from group default', OUT] },
        defaultGroups: ['default'],
      }),
    );

  it('count where something runs on them', () => {
    expect(onDefault({ a: { at: '10.0.1.10', groups: ['default'] } })).toEqual([
      'low default-group-in-use a [default#0]',
    ]);
    expect(onDefault({ a: { at: '10.0.1.10', groups: ['default'], is: 'detached' } })).toEqual([
      'info default-group-in-use a [default#0]',
    ]);
    expect(onDefault({ a: { at: '10.0.1.10' } })).toEqual([]);
  });

  it('are as grave as the gravest interface of a workload, in any order', () => {
    const live = { at: '10.0.1.10', groups: ['default'], workload: 'w' };
    const spare = { at: '10.0.1.11', groups: ['default'], workload: 'w', is: 'detached' } as const;
    expect(onDefault({ live, spare })).toEqual(['low default-group-in-use w [default#0]']);
    expect(onDefault({ spare, live })).toEqual(['low default-group-in-use w [default#0]']);
  });
});

describe('the list of findings', () => {
  it('is worst first, and the same whatever the order of the network', () => {
    const hosts: NetworkSpec['hosts'] = {
      z: { at: '10.0.0.12=203.0.113.12', groups: ['web'] },
      a: { at: '10.0.0.10=203.0.113.10', groups: ['web'] },
      d: { at: '10.0.1.10', groups: ['default'] },
    };
    const groups = { web: ['in tcp/22 from any', 'in tcp/8080 from any', OUT], default: [OUT] };
    const list = found(networkOf({ hosts, groups, defaultGroups: ['default'] }));
    expect(list.map((line) => line.split(' ').slice(0, 3).join(' '))).toEqual([
      'critical admin-port-exposed a',
      'critical admin-port-exposed z',
      'high high-risk-port-exposed a',
      'high high-risk-port-exposed z',
      'low default-group-in-use d',
    ]);
    const reversed = Object.fromEntries(Object.entries(hosts).reverse());
    expect(found(networkOf({ hosts: reversed, groups, defaultGroups: ['default'] }))).toEqual(list);
  });
});
