import { readFileSync } from 'node:fs';
import { applyPatch } from 'rfc6902';
import type { Operation } from 'rfc6902';
import { describe, expect, it } from 'vitest';
import { interpret } from './index.ts';
import type { Account, End, Oracle, Question } from './index.ts';

type FactEnd = { eni?: string; internet?: boolean; cidr?: string };
type Row = { from: FactEnd; to: FactEnd; ipVersion: 4 | 6; protocol: string; ports: string };
type Fact = Row & { reachable: boolean; why: string };
type Expected = {
  before: { facts: Fact[]; exhaustiveReachable: Row[] };
  events: { event: string; opened: Fact[]; closed: Fact[]; after: { facts: Fact[] } }[];
};

const expected = readJson('expected.json') as Expected;
const before = readJson('account.json') as Account;

/** Every port that a rule or fact of the account names, with both neighbours, and the ends of the space. */
const PORTS = [22, 80, 443, 3389, 5432, 6379, 8080, 9000, 10250].flatMap((port) => [
  port - 1,
  port,
  port + 1,
]);
const TCP: readonly Question[] = [...new Set([0, ...PORTS, 65535])].map((port) => question(6, { port }));
const OTHERS: readonly Question[] = [
  question(17, { port: 53 }),
  question(17, { port: 443 }),
  question(1, { icmp: { type: 8, code: 0 } }),
  question(58, { icmp: { type: 128, code: 0 } }),
  question(47, {}),
];

/** `internet` means any host: all of these must get through. The first is also outside the office range. */
const INTERNET = {
  4: [
    '1.1.1.1',
    '8.8.8.8',
    '100.63.255.255',
    '172.32.0.1',
    '198.51.99.255',
    '198.51.100.127',
    '223.255.255.254',
  ],
  6: ['2000::1', '2606:4700::1111', '2a00:1450:4009::200e', '3fff::1'],
};
const OFFICE = '198.51.100.0/25';
const OFFICE_HOSTS = ['198.51.100.0', '198.51.100.77', '198.51.100.127'];

describe('the demo account', () => {
  it.each(expected.before.facts)('before: $why', (fact) => {
    expect(isReachable(before, fact)).toBe(fact.reachable);
  });

  it('has exactly the reachable pairs that were reasoned by hand', () => {
    expect(reachableRows(before)).toEqual(keysOf(expected.before.exhaustiveReachable));
  });

  describe.each(expected.events)('after $event', ({ event, opened, closed, after }) => {
    const patched = structuredClone(before);
    const problems = applyPatch(patched, readJson(`events/${event}/patch.json`) as Operation[]);

    it('opens and closes exactly what was reasoned by hand', () => {
      expect(problems.filter((problem) => problem !== null)).toEqual([]);
      const was = new Set(reachableRows(before));
      const is = new Set(reachableRows(patched));
      expect([...is].filter((row) => !was.has(row))).toEqual(keysOf(opened));
      expect([...was].filter((row) => !is.has(row) && !isImplied(row, is))).toEqual(keysOf(closed));
    });

    it.each([...opened, ...closed, ...after.facts])('$why', (fact) => {
      expect(isReachable(patched, fact)).toBe(fact.reachable);
    });
  });
});

/** The lists leave a limited range out where the whole internet has the same ports. */
function isImplied(row: string, rows: ReadonlySet<string>): boolean {
  return rows.has(row.replace(OFFICE, 'internet'));
}

function isReachable(account: Account, fact: Row): boolean {
  const oracle = interpret(account);
  const asked =
    fact.protocol === '-1'
      ? [...TCP, ...OTHERS]
      : fact.ports.split(',').map((port) => question(6, { port: Number(port) }));
  return asked.every((each) => hasSession(account, oracle, fact, each));
}

function hasSession(account: Account, oracle: Oracle, row: Row, asked: Question): boolean {
  const to = endsOf(account, row.to, row.ipVersion);
  const from = endsOf(account, row.from, row.ipVersion);
  return (
    from.length > 0 &&
    to.length > 0 &&
    from.every((source) => to.every((target) => oracle.ask({ ...asked, from: source, to: target }).session))
  );
}

/** What the lists say, with a row for each port; a pair that may say anything has one row, `-1 all`. */
function reachableRows(account: Account): string[] {
  const oracle = interpret(account);
  const ids = interfacesOf(account).map((each) => each.NetworkInterfaceId);
  const rows = ids.flatMap((to) =>
    [
      ...ids.filter((from) => from !== to).map((from) => ({ from: { eni: from }, ipVersion: 4 as const })),
      { from: { internet: true }, ipVersion: 4 as const },
      { from: { internet: true }, ipVersion: 6 as const },
      { from: { cidr: OFFICE }, ipVersion: 4 as const },
    ].flatMap((ends) => {
      const row = { ...ends, to: { eni: to }, protocol: 'tcp', ports: '' };
      const open = TCP.filter((each) => hasSession(account, oracle, row, each));
      const others = OTHERS.filter((each) => hasSession(account, oracle, row, each));
      if (open.length + others.length === 0) return [];
      if (open.length === TCP.length && others.length === OTHERS.length)
        return [{ ...row, protocol: '-1', ports: 'all' }];
      expect(others).toEqual([]);
      return open.map((each) => ({ ...row, ports: String(each.port) }));
    }),
  );
  const keys = new Set(keysOf(rows));
  return [...keys].filter((key) => !key.includes(OFFICE) || !isImplied(key, keys));
}

function keysOf(rows: readonly Row[]): string[] {
  return rows
    .flatMap(({ from, to, ipVersion, protocol, ports }) =>
      ports
        .split(',')
        .map((port) => [from.eni ?? from.cidr ?? 'internet', to.eni, ipVersion, protocol, port].join(' ')),
    )
    .sort();
}

function endsOf(account: Account, end: FactEnd, family: 4 | 6): End[] {
  if (end.internet === true) return INTERNET[family].map((outside) => ({ outside }));
  if (end.cidr !== undefined)
    return end.cidr === OFFICE
      ? OFFICE_HOSTS.map((outside) => ({ outside }))
      : [{ outside: end.cidr.replace(/\/.*/, '') }];
  const at = interfacesOf(account).find((each) => each.NetworkInterfaceId === end.eni);
  const ip = family === 4 ? at?.PrivateIpAddress : at?.Ipv6Addresses[0]?.Ipv6Address;
  return ip === undefined ? [] : [{ interface: end.eni ?? '', ip }];
}

function interfacesOf(account: Account) {
  return account.DescribeNetworkInterfaces?.NetworkInterfaces ?? [];
}

function question(protocol: number, rest: Pick<Question, 'port' | 'icmp'>): Question {
  return { from: { outside: '' }, to: { outside: '' }, protocol, ...rest };
}

function readJson(path: string): unknown {
  const url = new URL(`../../../examples/demo-account/${path}`, import.meta.url);
  return JSON.parse(readFileSync(url, 'utf8'));
}
