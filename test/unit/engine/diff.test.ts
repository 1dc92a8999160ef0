import { describe, expect, it } from 'vitest';
import { INTERNET } from '#netset';
import { diff, type Diff, type FlowChange } from '#engine';
import { networkOf, type NetworkSpec } from '../../support/network.ts';

const HOSTS = { a: { at: '10.0.0.10=203.0.113.10', groups: ['a'] }, b: { at: '10.0.1.10', groups: ['b'] } };
const BASE: NetworkSpec = {
  hosts: HOSTS,
  groups: { a: ['out all to any'], b: ['in tcp/22 from 10.0.0.0/24', 'out all to any'] },
};

const flows = (list: readonly FlowChange[]): string[] =>
  list.map(({ from, to, family, transport }) => `${from} ${to} v${String(family)} ${transport.toString()}`);

function told({ opened, closed, maybeOpened, exposures }: Diff) {
  return {
    ...(opened.length > 0 && { opened: flows(opened) }),
    ...(closed.length > 0 && { closed: flows(closed) }),
    ...(maybeOpened.length > 0 && { maybeOpened: flows(maybeOpened) }),
    ...(exposures.length > 0 && {
      exposures: exposures.map(
        ({ endpoint, family, before, after }) =>
          `${endpoint} v${String(family)} ${before === undefined ? 'new' : after === undefined ? 'gone' : 'other'}`,
      ),
    }),
  };
}

describe('a diff', () => {
  it.each<[string, Partial<NetworkSpec>, object]>([
    ['nothing changed', {}, {}],
    [
      'a rule that says the same in other words',
      {
        groups: {
          ...BASE.groups,
          b: ['in tcp/22 from 10.0.0.0/25', 'in tcp/22 from 10.0.0.128/25', 'out all to any'],
        },
      },
      {},
    ],
    [
      'a port more',
      { groups: { ...BASE.groups, b: ['in tcp/22-23 from 10.0.0.0/24'] } },
      { opened: ['a b v4 tcp 23'] },
    ],
    [
      'another port instead',
      { groups: { ...BASE.groups, b: ['in tcp/23 from any'] } },
      { opened: ['a b v4 tcp 23'], closed: ['a b v4 tcp 22'] },
    ],
    [
      'a port in doubt',
      { groups: { ...BASE.groups, b: ['in tcp/22 from any', 'in tcp/23 from unread'] } },
      { maybeOpened: ['a b v4 tcp 23'] },
    ],
    // what may still be open is not closed
    ['an open port in doubt', { groups: { ...BASE.groups, b: ['in tcp/22 from any ?'] } }, {}],
    ['a group that nobody carries', { groups: { ...BASE.groups, spare: ['in all from any'] } }, {}],
    [
      'a host more',
      { hosts: { ...HOSTS, c: { at: '10.0.1.11', groups: ['b'] } } },
      { opened: ['a c v4 tcp 22'] },
    ],
    ['a host less', { hosts: { b: HOSTS.b } }, { closed: ['a b v4 tcp 22'] }],
    [
      'a host stopped',
      { hosts: { ...HOSTS, b: { ...HOSTS.b, is: 'dormant' } } },
      { closed: ['a b v4 tcp 22'] },
    ],
    [
      'a door to the internet',
      { groups: { ...BASE.groups, a: ['in tcp/443 from 0.0.0.0/0', 'out all to any'] } },
      { exposures: ['a v4 new'], opened: ['b a v4 tcp 443'] },
    ],
    ['an ACL shut', { acls: { open: [] } }, { closed: ['a b v4 tcp 22'] }],
    ['no way back', { tables: { private: [] } }, { closed: ['a b v4 tcp 22'] }],
  ])('%s', (_, more, expected) => {
    expect(told(diff(networkOf(BASE), networkOf({ ...BASE, ...more })))).toEqual(expected);
  });

  it('taken backwards swaps opened and closed', () => {
    const [a, b] = [
      networkOf(BASE),
      networkOf({ ...BASE, groups: { ...BASE.groups, b: ['in tcp/23 from any'] } }),
    ];
    expect(flows(diff(b, a).opened)).toEqual(flows(diff(a, b).closed));
    expect(flows(diff(b, a).closed)).toEqual(flows(diff(a, b).opened));
  });

  it('a door that widens or goes is told with before and after', () => {
    const door = (rule: string) =>
      networkOf({ ...BASE, groups: { ...BASE.groups, a: [`in tcp/22 from ${rule}`] } });
    const wider = diff(door('198.51.100.0/24'), door('0.0.0.0/0')).exposures;
    expect(
      wider.map(({ before, after }) => [before?.sure[0]?.ips.toString(), after?.sure[0]?.ips.size4()]),
    ).toEqual([['198.51.100.0/24', INTERNET.size4()]]);
    expect(told(diff(door('52.0.0.0/8'), door('10.9.0.0/16')))).toEqual({ exposures: ['a v4 gone'] });
  });

  it.each([
    ['198.51.100.0/24', 'in tcp/22 from 0.0.0.0/0', true],
    ['0.0.0.0/0', 'in tcp/22 from 198.51.100.0/24', false],
    ['198.51.100.0/24', 'in tcp/22 from 198.51.100.0/25', false],
    ['198.51.100.0/24', 'in tcp/22 from 203.0.113.0/24', true],
    ['198.51.100.0/24', 'in tcp/22-23 from 198.51.100.0/24', true],
    ['198.51.100.0/24', 'in tcp/23 from 198.51.100.0/24', true],
    // what only may be open is wider than nothing and narrower than what surely is
    ['10.9.0.0/16', 'in tcp/22 from 198.51.100.0/24 ?', true],
    ['198.51.100.0/24', 'in tcp/22 from 198.51.100.0/24 ?', false],
  ])('from SSH for %s to %s is wider: %s', (range, rule, isWider) => {
    const door = (text: string) => networkOf({ ...BASE, groups: { ...BASE.groups, a: [text] } });
    expect(
      diff(door(`in tcp/22 from ${range}`), door(rule)).exposures.map((change) => change.isWider),
    ).toEqual([isWider]);
  });

  it('a door in doubt that becomes sure is wider, though nothing more is possible', () => {
    const door = (text: string) => networkOf({ ...BASE, groups: { ...BASE.groups, a: [text] } });
    const [change] = diff(door('in tcp/22 from any ?'), door('in tcp/22 from any')).exposures;
    expect(change?.isWider).toBe(true);
  });

  it('an endpoint is only where its addresses are in that network', () => {
    const to = (at: string | string[]) =>
      networkOf({
        ...BASE,
        hosts: { ...HOSTS, b: { at, groups: ['b'] } },
        groups: { ...BASE.groups, a: ['out all to 10.0.1.10'] },
      });
    expect(told(diff(to('10.0.1.10'), to('10.0.1.11')))).toEqual({ closed: ['a b v4 tcp 22'] });
    expect(told(diff(to('10.0.1.9'), to(['10.0.1.9', '10.0.1.10'])))).toEqual({ opened: ['a b v4 tcp 22'] });
    expect(told(diff(to('10.0.1.10'), to(['10.0.1.10', '10.0.1.11'])))).toEqual({});
  });

  it('says which endpoint, and between which networks', () => {
    const after = networkOf({ ...BASE, groups: { ...BASE.groups, b: ['in tcp/23 from any'] } });
    const before = networkOf(BASE);
    const found = diff(before, after);
    expect([found.before.network, found.after.network]).toEqual([before, after]);
  });
});
