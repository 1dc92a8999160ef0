import { describe, expect, it } from 'vitest';
import { idOf, type Network } from '#model';
import { analyse } from '#engine';
import { remarks, type RemarkId } from '#findings';
import { networkOf, peering, type NetworkSpec } from '../../support/network.ts';

const OUT = 'out all to any';

/** The remarks of one check as `low title [rules]`. */
function told(network: Network, check: RemarkId): string[] {
  return remarks(analyse(network))
    .filter((remark) => remark.check === check)
    .map(
      ({ severity, title, rules }) =>
        `${severity} ${title}${rules.length > 0 ? ` [${rules.map(({ rule }) => rule.id).join(' ')}]` : ''}`,
    );
}

const HOSTS = { a: { at: '10.0.0.10', groups: ['g'] }, b: { at: '10.0.1.10', groups: ['g'] } };

describe('rules of a list in order that never decide', () => {
  const shadowed = (rules: readonly string[], more: Partial<NetworkSpec> = {}): string[] =>
    told(
      networkOf({ hosts: HOSTS, groups: { g: [OUT] }, acls: { open: rules }, ...more }),
      'acl-rule-shadowed',
    );

  it.each<[string, readonly string[], readonly string[]]>([
    [
      'a deny behind an allow of all',
      ['in allow all from any', 'in deny tcp/22 from any', 'in allow tcp/80 from 192.0.2.0/24'],
      [
        'low 2 rules of ACL open never decide: earlier rules match first, and say the opposite [open#1 open#2]',
      ],
    ],
    [
      'an allow behind an allow',
      ['in allow tcp/1-1000 from 10.0.0.0/8', 'in allow tcp/22 from 10.1.0.0/16'],
      ['info 1 rule of ACL open never decides: earlier rules match first [open#1]'],
    ],
    [
      'two that cover it only together',
      ['in allow tcp/22 from 0.0.0.0/1', 'in deny tcp/22 from 128.0.0.0/1', 'in allow tcp/22 from 0.0.0.0/0'],
      ['low 1 rule of ACL open never decides: earlier rules match first, and say the opposite [open#2]'],
    ],
    [
      'a deny of all that is not the last word',
      ['in allow all from any', 'in deny all from any', 'in deny all from any'],
      ['low 1 rule of ACL open never decides: earlier rules match first, and say the opposite [open#1]'],
    ],
    [
      'the last word of each list',
      ['in allow all from any', 'in deny all from any', 'out allow all to any', 'out deny all to any'],
      [],
    ],
    [
      'the last word of each family',
      ['in allow all from any', 'in deny all from 0.0.0.0/0', 'in deny all from ::/0'],
      [],
    ],
    ['the other way', ['in allow all from any', 'out deny tcp/22 to any'], []],
    ['the narrow before the wide', ['in deny tcp/22 from any', 'in allow all from any'], []],
    ['another protocol', ['in allow tcp from any', 'in deny udp/53 from any'], []],
    ['another family', ['in allow all from 0.0.0.0/0', 'in deny tcp/22 from ::/0'], []],
    ['behind one in doubt', ['in allow all from any ?', 'in deny tcp/22 from any'], []],
    ['in doubt itself', ['in allow all from any', 'in deny tcp/22 from any ?'], []],
    ['from a list that was not read', ['in allow all from any', 'in deny tcp/22 from unread'], []],
  ])('%s', (_, rules, expected) => {
    expect(shadowed(rules)).toEqual(expected);
  });

  it('are not told of a list that nothing uses', () => {
    const rules = ['in allow all from any', 'in deny tcp/22 from any'];
    expect(
      told(networkOf({ hosts: HOSTS, groups: { g: [OUT] }, acls: { idle: rules } }), 'acl-rule-shadowed'),
    ).toEqual([]);
  });
});

describe('rules of a group that change nothing', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['ports within ports', ['in tcp/22 from 10.0.0.0/8', 'in tcp/20-30 from 10.0.0.0/8'], ['g#0']],
    ['addresses within addresses', ['in tcp/22 from any', 'in tcp/22 from 10.1.0.0/16'], ['g#1']],
    ['both', ['in all from 10.0.0.0/8', 'in tcp/22 from 10.1.0.0/16'], ['g#1']],
    [
      'two halves',
      ['in tcp/22 from 10.0.0.0/9', 'in tcp/22 from 10.128.0.0/9', 'in tcp/22 from 10.64.0.0/10'],
      ['g#2'],
    ],
    [
      'two halves and the whole',
      ['in tcp/22 from 10.0.0.0/9', 'in tcp/22 from 10.128.0.0/9', 'in tcp/22 from 10.0.0.0/8'],
      ['g#0', 'g#1'],
    ],
    [
      'ports of two others',
      ['in tcp/1-100 from 10.0.0.0/8', 'in tcp/101-200 from 10.0.0.0/8', 'in tcp/50-150 from 10.1.0.0/16'],
      ['g#2'],
    ],
    ['one of twins', ['in tcp/22 from 10.0.0.0/8', 'in tcp/22 from 10.0.0.0/8'], ['g#0']],
    ['members of one group', ['in tcp/22 from group g', 'in tcp from group g'], ['g#0']],
    ['members of a group, where all may', ['in tcp/22 from group g', 'in tcp from any'], ['g#0']],
    ['traffic out', [OUT, 'out tcp/443 to any'], ['g#1']],
    ['members of another group', ['in tcp/22 from group h', 'in tcp from group g'], []],
    [
      'members of a group, where all of one family may',
      ['in tcp/22 from group g', 'in tcp from 0.0.0.0/0'],
      [],
    ],
    ['neighbours', ['in tcp/22 from 10.0.0.0/9', 'in tcp/22 from 10.128.0.0/9'], []],
    ['overlapping ones', ['in tcp/1-100 from 10.0.0.0/8', 'in tcp/50-150 from 10.0.0.0/8'], []],
    ['the other way', ['in all from any', 'out tcp/443 to any'], []],
    ['another protocol', ['in tcp/53 from any', 'in udp/53 from any'], []],
    ['one that is in doubt', ['in tcp/22 from 10.0.0.0/8', 'in tcp from any ?'], []],
    ['a list that was not read', ['in tcp/22 from unread', 'in tcp from any'], []],
  ])('%s', (_, rules, expected) => {
    const network = networkOf({ hosts: HOSTS, groups: { g: rules, h: [OUT] } });
    expect(
      remarks(analyse(network))
        .flatMap(({ check, rules: found }) =>
          check === 'group-rule-implied' ? found.map(({ rule }) => rule.id as string) : [],
        )
        .sort(),
    ).toEqual(expected);
  });

  it('stay where a list that is kept elsewhere is all that makes them idle', () => {
    const network = networkOf({
      hosts: HOSTS,
      groups: { g: ['in tcp/22 from 10.1.0.0/16', 'in tcp from 10.0.0.0/8'] },
    });
    const policies = new Map(
      [...network.policies].map(([id, policy]) => [
        id,
        {
          ...policy,
          rules: policy.rules.map((rule) =>
            rule.id === 'g#1' && rule.selector.kind === 'ips'
              ? { ...rule, selector: { ...rule.selector, text: 'pl-1 "office"' } }
              : rule,
          ),
        },
      ]),
    );
    expect(told(network, 'group-rule-implied')).toEqual([
      'info 1 rule of group g changes nothing: other rules admit the same [g#0]',
    ]);
    expect(told({ ...network, policies }, 'group-rule-implied')).toEqual([]);
  });
});

describe('rules for addresses that nothing has', () => {
  const astray = (rules: readonly string[], more: Partial<NetworkSpec> = {}): string[] =>
    told(networkOf({ hosts: HOSTS, groups: { g: rules }, ...more }), 'group-rule-out-of-range');
  const FAR = { networks: { far: '10.9.0.0/16' }, gateways: [peering('pcx', ['vpc', 'far'])] };

  it.each<[string, readonly string[], Partial<NetworkSpec>, readonly string[]]>([
    [
      'from nowhere',
      ['in tcp/22 from 10.9.0.0/16', 'out tcp/22 to 192.168.0.0/16', 'in tcp/22 from fd00::/8'],
      {},
      [
        'low 3 rules of group g name private addresses that nothing here has: neither its network nor a peer [g#0 g#1 g#2]',
      ],
    ],
    ['of the network', ['in tcp/22 from 10.0.5.0/24'], {}, []],
    ['around the network', ['in tcp/22 from 10.0.0.0/8'], {}, []],
    ['of a peer', ['in tcp/22 from 10.9.0.0/16'], FAR, []],
    [
      'of no peer',
      ['in tcp/22 from 10.8.0.0/16'],
      FAR,
      [
        'low 1 rule of group g names private addresses that nothing here has: neither its network nor a peer [g#0]',
      ],
    ],
    ['of the internet', ['in tcp/22 from 192.0.2.0/24', 'in tcp/22 from any'], {}, []],
    ['where a site outside may have them', ['in tcp/22 from 10.9.0.0/16'], { sideDoors: ['vpc'] }, []],
    [
      'where a route leads elsewhere',
      ['in tcp/22 from 10.9.0.0/16'],
      { tables: { private: ['10.0.0.0/16 local', '10.0.0.0/8 unknown'] } },
      [],
    ],
    [
      'where the blocks of a peer were not read',
      ['in tcp/22 from 10.9.0.0/16'],
      { gateways: [peering('pcx', ['vpc', 'unread'])] },
      [],
    ],
    ['in doubt', ['in tcp/22 from 10.9.0.0/16 ?'], {}, []],
    ['that were not read', ['in tcp/22 from unread'], {}, []],
  ])('%s', (_, rules, more, expected) => {
    expect(astray(rules, more)).toEqual(expected);
  });
});

describe('rules at a border that no packet meets', () => {
  const idle = (rules: readonly string[], more: Partial<NetworkSpec> = {}): string[] =>
    told(
      networkOf({
        hosts: HOSTS,
        groups: { g: [OUT] },
        acls: { border: rules },
        subnets: { private: { cidr: '10.0.1.0/24', acl: 'border' } },
        ...more,
      }),
      'acl-rule-out-of-range',
    );

  it.each<[string, readonly string[], Partial<NetworkSpec>, readonly string[]]>([
    [
      'a deny within the subnet',
      ['in deny tcp/22 from 10.0.1.0/25', 'in allow all from any'],
      {},
      [
        'low no packet meets 1 rule of ACL border: what stays within a subnet crosses no border, and is not filtered by it [border#0]',
      ],
    ],
    [
      'an allow within the subnet',
      ['in allow tcp/22 from 10.0.1.0/24'],
      {},
      [
        'info no packet meets 1 rule of ACL border: what stays within a subnet crosses no border, and is not filtered by it [border#0]',
      ],
    ],
    [
      'an allow from nowhere',
      ['out allow tcp/22 to 192.168.0.0/16'],
      {},
      [
        'info no packet meets 1 rule of ACL border: they name private addresses that nothing here has [border#0]',
      ],
    ],
    ['a deny from nowhere', ['in deny tcp/22 from 192.168.0.0/16'], {}, []],
    ['more than the subnet', ['in deny tcp/22 from 10.0.0.0/23'], {}, []],
    ['another subnet', ['in deny tcp/22 from 10.0.0.0/24'], {}, []],
    [
      'from nowhere, where a site outside may have them',
      ['in allow tcp/22 from 192.168.0.0/16'],
      { sideDoors: ['vpc'] },
      [],
    ],
    [
      'of one of two subnets',
      ['in deny tcp/22 from 10.0.1.0/24'],
      {
        subnets: {
          public: { cidr: '10.0.0.0/24, 2600:1::/64', table: 'public', acl: 'border' },
          private: { cidr: '10.0.1.0/24', acl: 'border' },
        },
      },
      [],
    ],
    ['in doubt', ['in deny tcp/22 from 10.0.1.0/24 ?'], {}, []],
  ])('%s', (_, rules, more, expected) => {
    expect(idle(rules, more)).toEqual(expected);
  });
});

describe('what nothing uses', () => {
  it.each<[string, Partial<NetworkSpec>, readonly string[]]>([
    [
      'a group',
      { groups: { g: [OUT], idle: [OUT] } },
      ['info nothing carries group idle, and no other group names it'],
    ],
    [
      'a group that names itself',
      { groups: { g: [OUT], idle: ['in all from group idle'] } },
      ['info nothing carries group idle, and no other group names it'],
    ],
    ['a group that another names', { groups: { g: ['in all from group idle'], idle: [OUT] } }, []],
    ['a default group', { groups: { g: [OUT], idle: [OUT] }, defaultGroups: ['idle'] }, []],
    [
      'a group of something that is off',
      {
        groups: { g: [OUT], idle: [OUT] },
        hosts: { ...HOSTS, c: { at: '10.0.0.12', groups: ['idle'], is: 'detached' } },
      },
      [],
    ],
  ])('%s', (_, more, expected) => {
    expect(told(networkOf({ hosts: HOSTS, ...more }), 'group-unattached')).toEqual(expected);
  });

  it('a list in order', () => {
    const network = networkOf({
      hosts: HOSTS,
      groups: { g: [OUT] },
      acls: { idle: ['in deny all from any'] },
    });
    expect(told(network, 'acl-unattached')).toEqual(['info ACL idle stands before no subnet']);
    const isDefault = new Map([...network.policies].map(([id, each]) => [id, { ...each, isDefault: true }]));
    expect(told({ ...network, policies: isDefault }, 'acl-unattached')).toEqual([]);
  });

  it('is not told of where not all was read', () => {
    const network = networkOf({ hosts: HOSTS, groups: { g: [OUT], idle: [OUT] }, acls: { none: [] } });
    const policies = new Map(
      [...network.policies].map(([id, each]) => [
        id,
        { ...each, carriersUnread: idOf<'blind-spot'>('unread') },
      ]),
    );
    expect(told(network, 'group-unattached')).toHaveLength(1);
    expect(told(network, 'acl-unattached')).toHaveLength(1);
    expect(told({ ...network, policies }, 'group-unattached')).toEqual([]);
    expect(told({ ...network, policies }, 'acl-unattached')).toEqual([]);
  });
});

describe('answers that a border stops', () => {
  const lost = (acl: readonly string[], more: Partial<NetworkSpec> = {}): string[] =>
    told(
      networkOf({
        hosts: { web: { at: '10.0.0.10', groups: ['g'] }, db: { at: '10.0.1.10', groups: ['db'] } },
        groups: { g: [OUT], db: ['in tcp/5432 from 10.0.0.0/16'] },
        acls: { border: acl },
        subnets: { private: { cidr: '10.0.1.0/24', acl: 'border' } },
        ...more,
      }),
      'reply-blocked',
    );

  it.each<[string, readonly string[], Partial<NetworkSpec>, readonly string[]]>([
    [
      'no answer',
      ['in allow tcp/5432 from any', 'out allow tcp/443 to any'],
      {},
      ['low ACL border stops every answer to tcp 5432 from web to db, which gets there'],
    ],
    [
      'some client ports',
      ['in allow tcp/5432 from any', 'out allow tcp/1025-5000 to any'],
      {},
      ['info ACL border lets tcp 5432 from web to db be answered only on client ports 1025-5000'],
    ],
    [
      'those of Windows only',
      ['in allow tcp/5432 from any', 'out allow tcp/49152-65535 to any'],
      {},
      ['info ACL border lets tcp 5432 from web to db be answered only on client ports 49152-65535'],
    ],
    [
      'of a server on the internet',
      ['in allow tcp/443 from any', 'out allow all to any'],
      {
        hosts: { db: { at: '10.0.1.10=203.0.113.9', groups: ['g'] } },
        subnets: { private: { cidr: '10.0.1.0/24', acl: 'border', table: 'public' } },
      },
      ['low ACL border stops every answer to tcp from db to the internet, which gets there'],
    ],
    ['all client ports', ['in allow tcp/5432 from any', 'out allow tcp/1024-65535 to any'], {}, []],
    ['the usual client ports', ['in allow tcp/5432 from any', 'out allow tcp/32768-65535 to any'], {}, []],
    ['nothing gets in', ['in allow tcp/443 from any', 'out allow tcp/443 to any'], {}, []],
    [
      'the group lets nothing in',
      ['in allow all from any', 'out allow tcp/443 to any'],
      { groups: { g: [OUT], db: [] } },
      [],
    ],
    ['the border is in doubt', ['in allow tcp/5432 from any ?', 'out allow tcp/443 to any'], {}, []],
    ['the way back is in doubt', ['in allow tcp/5432 from any', 'out allow all to any ?'], {}, []],
    [
      'neighbours',
      ['in allow tcp/5432 from any'],
      { hosts: { web: { at: '10.0.1.11', groups: ['g'] }, db: { at: '10.0.1.10', groups: ['db'] } } },
      [],
    ],
    [
      'what is off',
      ['in allow tcp/5432 from any'],
      {
        hosts: {
          web: { at: '10.0.0.10', groups: ['g'], is: 'dormant' },
          db: { at: '10.0.1.10', groups: ['db'] },
        },
      },
      [],
    ],
  ])('%s', (_, acl, more, expected) => {
    expect(lost(acl, more)).toEqual(expected);
  });

  it('are one remark for a list, with the number of pairs', () => {
    const more = {
      hosts: {
        web: { at: '10.0.0.10', groups: ['g'] },
        app: { at: '10.0.2.10', groups: ['g'] },
        db: { at: '10.0.1.10', groups: ['db'] },
      },
      subnets: { private: { cidr: '10.0.1.0/24', acl: 'border' }, app: { cidr: '10.0.2.0/24' } },
    };
    expect(lost(['in allow tcp/5432 from any'], more)).toEqual([
      'low ACL border stops every answer to tcp 5432 from web to db, which gets there, and for 1 more pair of subnets',
    ]);
  });
});

describe('networks that share addresses', () => {
  const overlaps = (
    networks: Readonly<Record<string, string>>,
    ...pairs: readonly [string, string][]
  ): string[] =>
    told(
      networkOf({ hosts: {}, networks, gateways: pairs.map((pair, i) => peering(`pcx-${String(i)}`, pair)) }),
      'ranges-overlap',
    );

  it.each<[string, Readonly<Record<string, string>>, readonly [string, string][], readonly string[]]>([
    [
      'two peers of one',
      { x: '10.9.0.0/16', y: '10.9.128.0/17' },
      [
        ['vpc', 'x'],
        ['y', 'vpc'],
      ],
      ['low x and y share addresses (10.9.128.0/17) and are both peers of vpc'],
    ],
    [
      'peers of each other',
      { x: '10.0.0.0/8' },
      [['vpc', 'x']],
      ['low vpc and x share addresses (10.0.0.0/16) and are peers'],
    ],
    ['strangers', { x: '10.0.0.0/8' }, [], []],
    [
      'peers of different ones',
      { x: '10.9.0.0/16', y: '10.9.0.0/16', z: '10.8.0.0/16' },
      [
        ['vpc', 'x'],
        ['z', 'y'],
      ],
      [],
    ],
    [
      'neighbours',
      { x: '10.1.0.0/16', y: '10.2.0.0/16' },
      [
        ['vpc', 'x'],
        ['vpc', 'y'],
      ],
      [],
    ],
  ])('%s', (_, networks, pairs, expected) => {
    expect(overlaps(networks, ...pairs)).toEqual(expected);
  });
});

describe('rules that name what is gone', () => {
  const network = networkOf({
    hosts: HOSTS,
    groups: { g: ['in tcp/22 from group far beyond', 'in tcp/22 from group g'] },
  });
  const withSpot = (code: 'dangling' | 'account-not-collected'): Network => ({
    ...network,
    blindSpots: new Map(
      [...network.blindSpots].map(([id, spot]) => [id, id === 'unread' ? { ...spot, code } : spot]),
    ),
  });

  it('a group that is not there', () => {
    expect(told(withSpot('dangling'), 'stale-group-reference')).toEqual([
      'low 1 rule of group g names a group that is gone, or that no peering leads to any more [g#0]',
    ]);
  });

  it('no alarm where its account was not collected', () => {
    expect(told(withSpot('account-not-collected'), 'stale-group-reference')).toEqual([]);
  });
});

it('a network in good order has none', () => {
  const network = networkOf({
    hosts: {
      web: { at: '10.0.0.10=203.0.113.10', groups: ['web'] },
      db: { at: '10.0.1.10', groups: ['db'] },
    },
    groups: { web: ['in tcp/443 from any', OUT], db: ['in tcp/5432 from group web', 'out tcp/443 to any'] },
  });
  expect(remarks(analyse(network))).toEqual([]);
});
