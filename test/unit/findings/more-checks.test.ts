import { describe, expect, it } from 'vitest';
import { TransportSet } from '#netset';
import type { Gateway } from '#model';
import { analyse } from '#engine';
import { audit, fixesFor, NOTHING_SAID, remarks, type CheckId, type IntentSettings } from '#findings';
import { natGateway, networkOf, peering, UNREAD, type NetworkSpec } from '../../support/network.ts';
import { relay } from '../../support/relay.ts';

const OUT = 'out all to any';
const found = (check: CheckId, spec: NetworkSpec, meant?: IntentSettings): string[] =>
  audit(analyse(networkOf(spec)), meant)
    .filter((finding) => finding.check === check)
    .map(
      ({ severity, certainty, title, culprits }) =>
        `${severity}${certainty === 'surely' ? '' : ' ?'}: ${title} [${culprits.map(({ rule }) => rule.id).join(' ')}]`,
    );

describe('a way out of a crown jewel', () => {
  const db = (rules: readonly string[], more: Partial<NetworkSpec> = {}): NetworkSpec => ({
    hosts: { db: { at: '10.0.1.10', groups: ['db'], role: 'database' } },
    groups: { db: rules },
    tables: { private: ['10.0.0.0/16 local', '0.0.0.0/0 nat'] },
    gateways: [natGateway('nat', 'public', '10.0.0.5', '203.0.113.5')],
    ...more,
  });

  it.each<[string, NetworkSpec, readonly string[]]>([
    [
      'by a NAT gateway, on all ports',
      db([OUT]),
      ['low: db can open tcp; udp; icmp to the internet at large: what it holds can leave [db#0]'],
    ],
    ['on a port that was chosen', db(['out tcp/443 to any']), []],
    ['to limited addresses', db(['out all to 198.51.100.0/24']), []],
    ['without a route', db([OUT], { tables: {} }), []],
    [
      'that nobody knows of',
      db([OUT], { tables: { private: ['10.0.0.0/16 local', '0.0.0.0/0 unknown'] } }),
      ['low ?: db may be able to open all traffic to the internet at large: what it holds can leave [db#0]'],
    ],
    [
      'from a host that is no jewel',
      { ...db([OUT]), hosts: { db: { at: '10.0.1.10', groups: ['db'] } } },
      [],
    ],
  ])('%s', (_, spec, expected) => {
    expect(found('egress-from-crown-jewel', spec)).toEqual(expected);
  });

  it('goes with its rule', () => {
    const network = networkOf(db([OUT]));
    const analysis = analyse(network);
    const finding = audit(analysis).find(({ check }) => check === 'egress-from-crown-jewel');
    expect(
      fixesFor(analysis, finding!).fixes.map(({ changes, isProven }) => ({ changes, isProven })),
    ).toMatchObject([
      { isProven: true, changes: [{ rule: { id: 'db#0' }, instead: [] }] },
      { isProven: true, changes: [{ kind: 'route' }] },
    ]);
  });

  it('of a host that somebody calls a jewel is graver', () => {
    const also = [{ names: ['db'] }];
    const meant = { ...NOTHING_SAID, jewels: { also, not: [], byKind: true } };
    const spec = { ...db([OUT]), hosts: { db: { at: '10.0.1.10', groups: ['db'] } } };
    expect(found('egress-from-crown-jewel', spec, meant).map((line) => line.split(':')[0])).toEqual([
      'medium',
    ]);
  });
});

describe('two networks joined with nothing between them', () => {
  const joined = (
    b: readonly string[],
    c: readonly string[] = b,
    more: Partial<NetworkSpec> = {},
  ): NetworkSpec => ({
    networks: { far: '10.9.0.0/16' },
    subnets: { far: { cidr: '10.9.0.0/24', network: 'far', table: 'far' } },
    tables: {
      private: ['10.0.0.0/16 local', '10.9.0.0/16 pcx'],
      far: ['10.9.0.0/16 local', '10.0.0.0/16 pcx'],
    },
    gateways: [peering('pcx', ['vpc', 'far'])],
    groups: { a: [OUT], b: [...b, OUT], c: [...c, OUT] },
    ...more,
    hosts: {
      a: { at: '10.0.1.10', groups: ['a'] },
      b: { at: '10.9.0.10', groups: ['b'] },
      c: { at: '10.9.0.11', groups: ['c'] },
      ...more.hosts,
    },
  });
  const ALL = ['in all from 10.0.0.0/16'];

  it('by groups that admit all traffic from all of the other', () => {
    expect(found('peering-too-wide', joined(ALL))).toEqual([
      'medium: pcx makes one network of vpc and far: all 2 interfaces of far take all traffic from anywhere in vpc [b#0 c#0]',
    ]);
  });

  it('is graver where a jewel is among what is open', () => {
    const spec = joined(ALL, ALL, { hosts: { c: { at: '10.9.0.11', groups: ['c'], role: 'database' } } });
    expect(found('peering-too-wide', spec)[0]).toMatch(/^high: /);
  });

  it.each<[string, NetworkSpec]>([
    ['one group narrows it', joined(ALL, ['in tcp/443 from 10.0.0.0/16'])],
    ['only a part of the other network may', joined(['in all from 10.0.1.0/24'])],
    ['no route carries it', joined(ALL, ALL, { tables: { far: ['10.9.0.0/16 local', '10.0.0.0/16 pcx'] } })],
    [
      'the peering is off',
      joined(ALL, ALL, { gateways: [{ ...peering('pcx', ['vpc', 'far']), isActive: false } as Gateway] }),
    ],
  ])('is not so where %s', (_, spec) => {
    expect(found('peering-too-wide', spec)).toEqual([]);
  });
});

describe('what is forbidden between zones', () => {
  const meant: IntentSettings = {
    ...NOTHING_SAID,
    zones: [
      { name: 'office', members: [{ names: ['a'] }] },
      { name: 'cards', members: [{ names: ['db'] }] },
    ],
    flows: [
      { from: ['office'], to: ['cards'], verdict: 'allowed', transport: TransportSet.tcp(443) },
      { from: ['office', 'internet'], to: ['cards'], verdict: 'forbidden', transport: TransportSet.ALL },
    ],
  };
  const spec = (rule: string, more: Partial<NetworkSpec> = {}): NetworkSpec => ({
    hosts: {
      a: { at: '10.0.1.10', groups: ['a'] },
      db: { at: '10.0.0.20=203.0.113.20', groups: ['db'], role: 'database', initiates: false },
    },
    groups: { a: [OUT], db: [rule] },
    ...more,
  });

  it.each([
    [
      'in tcp/1433 from group a',
      ['high: db of zone cards is open on tcp 1433 to zone office, which is forbidden: 1 source, a [db#0]'],
    ],
    ['in tcp/443 from group a', []],
    ['in tcp/1433 from 10.0.2.0/24', []],
    [
      'in tcp/1433 from any',
      [
        'high: db of zone cards is open on tcp 1433 to zone internet, office, which is forbidden: 2 sources, a, internet [db#0]',
      ],
    ],
    [
      'in tcp/1433 from unread',
      [
        'high ?: db of zone cards may be open on tcp 1433 to zone internet, office, which is forbidden: 2 sources, a, internet [db#0]',
      ],
    ],
  ])('%s', (rule, expected) => {
    expect(found('segmentation-broken', spec(rule), meant)).toEqual(expected);
  });

  it("is nobody's concern where nothing is forbidden", () => {
    expect(found('segmentation-broken', spec('in all from any'))).toEqual([]);
  });

  it('names what keeps it unknown', () => {
    const findings = audit(analyse(networkOf(spec('in tcp/1433 from unread'))), meant);
    expect(findings.find(({ check }) => check === 'segmentation-broken')?.because).toContain(UNREAD);
  });
});

describe('a load balancer', () => {
  it('whose listeners are known is judged as one, and what it hands on to by its own ports', () => {
    const network = networkOf({
      hosts: {
        lb: { at: '10.0.0.10=203.0.113.10', groups: ['front'], role: 'load-balancer', canPivot: false },
        web: { at: '10.0.1.10', groups: ['web'] },
      },
      groups: { front: ['in tcp/22 from any', OUT], web: ['in tcp/22 from group front'] },
      relays: [relay({ id: 'lb', carries: 'bytes', listeners: { 'tcp/22': ['web 10.0.1.10 tcp/22'] } })],
    });
    expect(audit(analyse(network)).map(({ severity, title }) => `${severity}: ${title}`)).toEqual([
      'critical: SSH on web is open to the whole internet through lb',
      'medium: tcp 22 on lb is open to the whole internet',
    ]);
  });
});

describe('remarks about groups', () => {
  const told = (spec: NetworkSpec): string[] =>
    remarks(analyse(networkOf(spec)))
      .filter(({ check }) => check === 'duplicate-group' || check === 'single-address-admitted')
      .map(({ title }) => title);

  it('that admit the same', () => {
    const hosts = {
      a: { at: '10.0.1.10', groups: ['a'] },
      b: { at: '10.0.1.11', groups: ['b'] },
    };
    const same = ['in tcp/22 from 10.0.0.0/24', OUT];
    expect(told({ hosts, groups: { a: same, b: same } })).toEqual([
      'group a and b have the same rules: closing something in one leaves it open in the other',
    ]);
    expect(told({ hosts, groups: { a: same, b: [...same, 'in tcp/23 from 10.0.0.0/24'] } })).toEqual([]);
    expect(told({ hosts, groups: { a: [OUT], b: [OUT] } })).toEqual([]);
    const named = { a: same, b: same, c: ['in tcp/80 from group b'] };
    expect(told({ hosts, groups: named })).toEqual([]);
  });

  it('that admit one address to where only few should be', () => {
    const hosts = { a: { at: '10.0.0.10=203.0.113.10', groups: ['a'] } };
    const one = (rule: string): string[] => told({ hosts, groups: { a: [rule, OUT] } });
    expect(one('in tcp/22 from 198.51.100.7/32')).toEqual([
      'group a lets the single address 198.51.100.7 of the internet in on SSH: whose is it, and is it still?',
    ]);
    expect(one('in tcp/443 from 198.51.100.7/32')).toEqual([]);
    expect(one('in tcp/22 from 198.51.100.0/28')).toEqual([]);
    expect(one('in tcp/22 from 10.0.1.7/32')).toEqual([]);
  });
});
