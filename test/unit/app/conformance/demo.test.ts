import { describe, expect, it } from 'vitest';
import { group, runFiles, tcp, tinyAccount, without } from './tiny-account.ts';

const web = { eni: 'eni-web' };
const db = { eni: 'eni-db' };
const internet = { internet: true };
const v4 = { ipVersion: 4, protocol: 'tcp' };
const office = { cidr: '198.51.100.0/24' };

const account = tinyAccount({
  SecurityGroups: [
    group('sg-web', [
      tcp(443, { IpRanges: [{ CidrIp: '0.0.0.0/0' }] }),
      tcp(22, { IpRanges: [{ CidrIp: office.cidr }] }),
    ]),
    group('sg-db', [tcp(5432, { UserIdGroupPairs: [{ GroupId: 'sg-web' }] })]),
  ],
});

const reachable = [
  { from: internet, to: web, ...v4, ports: '443' },
  { from: office, to: web, ...v4, ports: '22' },
  { from: web, to: db, ...v4, ports: '5432' },
  { from: db, to: web, ...v4, ports: '443' },
];

const sshToAll = [
  { op: 'test', path: '/SecurityGroups/0/GroupId', value: 'sg-web' },
  { op: 'add', path: '/SecurityGroups/0/IpPermissions/1/IpRanges/-', value: { CidrIp: '0.0.0.0/0' } },
];

const event = {
  event: '01-ssh',
  eventName: 'AuthorizeSecurityGroupIngress',
  effect: 'exposes',
  internetExposureChanged: true,
  opened: [
    { from: internet, to: web, ...v4, ports: '22', reachable: true, why: 'the rule' },
    { from: db, to: web, ...v4, ports: '22', reachable: true },
  ],
  closed: [] as unknown[],
  newPathsExamples: [['internet', 'web:22', 'db:5432']],
  after: { facts: [{ from: internet, to: db, ...v4, ports: '5432', reachable: false, why: 'private' }] },
  why: 'SSH is open',
};

const expectation = {
  names: { 'eni-web': 'web', 'eni-db': 'db' },
  before: {
    facts: [
      { from: internet, to: web, ...v4, ports: '443', reachable: true, why: 'open' },
      { from: internet, to: web, ...v4, ports: '22', reachable: false, why: 'the office only' },
      { from: office, to: web, ...v4, ports: '22', reachable: true, why: 'the office' },
      {
        from: { cidr: '198.51.0.0/16' },
        to: web,
        ...v4,
        ports: '22',
        reachable: false,
        why: 'not all of it',
      },
      { from: web, to: db, ...v4, ports: '22', reachable: false, why: 'no rule' },
      { from: web, to: internet, ...v4, ports: '443', reachable: true, why: 'the way out' },
    ],
    exhaustiveReachable: reachable,
    exhaustiveNote: `Sources are each interface, the internet and ${office.cidr}.`,
  },
  events: [event] as unknown[],
};

function run(expected: object = expectation, patch: unknown = sshToAll, more: Record<string, unknown> = {}) {
  return runFiles({
    'demo/account.json': account,
    'demo/expected.json': expected,
    'demo/events/01-ssh/patch.json': patch,
    ...more,
  });
}

const withBefore = (change: object) => ({ ...expectation, before: { ...expectation.before, ...change } });
const withEvent = (change: object) => ({ ...expectation, events: [{ ...event, ...change }] });

describe('a demo account', () => {
  it('counts once for itself and once for each event', async () => {
    expect((await run()).lines).toEqual(['2 passed, 0 failed, 0 skipped']);
  });

  it.each(expectation.before.facts.map((fact, i) => [i, fact] as const))(
    'fails if fact %i is turned round',
    async (i) => {
      const facts = expectation.before.facts.map((fact, each) =>
        each === i ? { ...fact, reachable: !fact.reachable } : fact,
      );
      const { lines } = await run(withBefore({ facts }));
      expect(lines[0]).toBe('failed   demo/before');
      expect(lines.at(-1)).toBe('1 passed, 1 failed, 0 skipped');
    },
  );

  it.each(reachable.map((row, i) => [i, row] as const))(
    'fails if the exhaustive list lacks row %i',
    async (i) => {
      const { last } = await run(
        withBefore({ exhaustiveReachable: reachable.filter((_, each) => each !== i) }),
      );
      expect(last).toBe('1 passed, 1 failed, 0 skipped');
    },
  );

  it.each([
    ['a row more', { exhaustiveReachable: [...reachable, { from: web, to: db, ...v4, ports: '23' }] }],
    [
      'an interface that is not there',
      { facts: [{ from: web, to: { eni: 'eni-x' }, ...v4, ports: '1', reachable: false }] },
    ],
    ['a member that is not known', { facts: [{ ...expectation.before.facts[0], often: true }] }],
    [
      'an end that is not known',
      { facts: [{ from: { country: 'XX' }, to: web, ...v4, ports: '1', reachable: false }] },
    ],
    [
      'a block of the other family',
      { facts: [{ from: { cidr: '2001:db8::/32' }, to: web, ...v4, ports: '1', reachable: false }] },
    ],
  ])('fails with %s', async (_, change) => {
    expect((await run(withBefore(change))).last).toBe('1 passed, 1 failed, 0 skipped');
  });

  it.each([true, false])('an unknown verdict fails a fact that says %s', async (isReachable) => {
    const facts = [{ from: web, to: db, ...v4, ports: '5432', reachable: isReachable }];
    const { last } = await runFiles({
      'demo/account.json': without('NetworkAcls', account),
      'demo/expected.json': { ...withBefore({ facts, exhaustiveReachable: undefined }), events: [] },
      'demo/events/README.md': 'none',
    });
    expect(last).toBe('0 passed, 1 failed, 0 skipped');
  });
});

describe('an event', () => {
  it.each([
    ['another effect', { effect: 'opens-lateral' }],
    ['no change of exposure', { internetExposureChanged: false }],
    ['an opened row too few', { opened: event.opened.slice(1) }],
    ['an opened row too many', { opened: [...event.opened, { from: web, to: db, ...v4, ports: '22' }] }],
    ['another port', { opened: [{ ...event.opened[0], ports: '23' }, event.opened[1]] }],
    ['a closed row', { closed: [{ from: web, to: db, ...v4, ports: '5432' }] }],
    ['a path that was there before', { newPathsExamples: [['internet', 'web:443', 'db:5432']] }],
    ['a path that is not there', { newPathsExamples: [['internet', 'db:5432']] }],
    ['a path over another port', { newPathsExamples: [['internet', 'web:22', 'db:22']] }],
    ['a path over nobody', { newPathsExamples: [['internet', 'nobody:22']] }],
    [
      'a fact after it that does not hold',
      { after: { facts: [{ ...event.after.facts[0], reachable: true }] } },
    ],
    ['a member that is not known', { mood: 'calm' }],
  ])('fails with %s', async (_, change) => {
    const { lines } = await run(withEvent(change));
    expect(lines[0]).toBe('failed   demo/01-ssh');
    expect(lines.at(-1)).toBe('1 passed, 1 failed, 0 skipped');
  });

  it.each([
    ['a patch whose test fails', [{ op: 'test', path: '/SecurityGroups/0/GroupId', value: 'sg-db' }]],
    ['a patch that is none', { op: 'add' }],
    ['a patch to a place that is not there', [{ op: 'remove', path: '/SecurityGroups/9' }]],
  ])('fails with %s', async (_, patch) => {
    expect((await run(expectation, patch)).last).toBe('1 passed, 1 failed, 0 skipped');
  });

  it('fails where nothing is said of it', async () => {
    const { lines, last } = await run(expectation, sshToAll, { 'demo/events/02-more/patch.json': [] });
    expect(lines[0]).toBe('failed   demo/02-more');
    expect(last).toBe('2 passed, 1 failed, 0 skipped');
  });

  it('may close', async () => {
    const closing = [{ op: 'remove', path: '/SecurityGroups/1/IpPermissions/0' }];
    const change = {
      effect: 'closes',
      internetExposureChanged: false,
      opened: [],
      closed: [reachable[2]],
      newPathsExamples: [],
      after: undefined,
    };
    expect((await run(withEvent(change), closing)).last).toBe('2 passed, 0 failed, 0 skipped');
  });

  it('may do nothing', async () => {
    const change = { effect: 'none', internetExposureChanged: false, opened: [], newPathsExamples: [] };
    expect((await run(withEvent(change), [])).last).toBe('2 passed, 0 failed, 0 skipped');
    expect((await run(withEvent({ ...change, effect: 'closes' }), [])).last).toBe(
      '1 passed, 1 failed, 0 skipped',
    );
  });
});
