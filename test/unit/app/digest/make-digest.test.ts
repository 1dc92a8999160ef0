import { describe, expect, it } from 'vitest';
import type { Tracked } from '#findings';
import type { WeekRecord } from '#store';
import type { DigestInput, KnownTarget } from '../../../../lib/app/digest/digest-input.ts';
import { makeDigest } from '../../../../lib/app/digest/make-digest.ts';

const NOW = '2026-03-02T07:00:00.000Z';
const LAST_WEEK = '2026-02-23T07:00:00.000Z';
const SHOP = { account: '111122223333', accountName: 'shop', region: 'eu-west-1' };
const LAB = { account: '444455556666', accountName: '', region: 'eu-west-1' };

let number = 0;
function tracked(more: Partial<Tracked> = {}): Tracked {
  number += 1;
  return {
    fingerprint: `f${String(number)}`,
    check: 'admin-port-exposed',
    severity: 'high',
    title: `door ${String(number)}`,
    workload: { id: `i-${String(number)}`, name: `host-${String(number)}` },
    state: 'open',
    certainty: 'surely',
    isConfirmed: true,
    gaps: [],
    openedAt: '2026-01-05T00:00:00.000Z',
    reopened: 0,
    reopenings: [],
    ...more,
  };
}

const closed = (closedAt: string, more: Partial<Tracked> = {}) =>
  tracked({ state: 'closed', closedAt, ...more });

function target(findings: readonly Tracked[], more: Partial<KnownTarget> = {}): KnownTarget {
  return { ...SHOP, readAt: '2026-03-02T06:30:00.000Z', tracked: findings, ...more };
}

function recordOf(week: string, at: string, more: Partial<WeekRecord> = {}): WeekRecord {
  const figures = { risk: 20, open: [0, 1, 0, 0, 0] as const, opened: 0, resolved: 0 };
  const parts = ['all', `account ${SHOP.account}`].map((part) => ({ part, ...figures }));
  return { week, at, formula: 'postern-risk-1', parts, ...more };
}

function made(more: Partial<DigestInput> = {}) {
  return makeDigest({
    organisation: 'shop',
    version: '1.0.0',
    now: NOW,
    timeZone: 'Europe/Berlin',
    targets: [],
    exceptions: [],
    records: [recordOf('2026-W09', LAST_WEEK)],
    staleAfterMs: 3 * 3_600_000,
    ...more,
  });
}

const titles = (findings: readonly { readonly title: string }[]) => findings.map(({ title }) => title);

describe('what is news', () => {
  it.each<[string, Tracked, readonly [opened: number, closed: number, light: number]]>([
    ['open since long', tracked(), [0, 0, 0]],
    ['opened', tracked({ openedAt: '2026-02-25T00:00:00.000Z' }), [1, 0, 0]],
    [
      'opened and shut',
      closed('2026-02-26T00:00:00.000Z', { openedAt: '2026-02-25T00:00:00.000Z' }),
      [1, 1, 0],
    ],
    ['older, and shut', closed('2026-02-26T00:00:00.000Z'), [0, 1, 0]],
    ['shut in the week before', closed('2026-02-20T00:00:00.000Z'), [0, 0, 0]],
    ['came to light', tracked({ openedAt: '2026-02-25T00:00:00.000Z', isNewlySeen: true }), [0, 0, 1]],
    ['only worth knowing', tracked({ openedAt: '2026-02-25T00:00:00.000Z', severity: 'info' }), [0, 0, 0]],
    [
      'opened, and accepted',
      tracked({
        openedAt: '2026-02-25T00:00:00.000Z',
        accepted: { key: 'k', owner: 'mara', until: '2026-04-01', severity: 'high' },
      }),
      [0, 0, 0],
    ],
    [
      'opened beyond what was accepted',
      tracked({
        openedAt: '2026-02-25T00:00:00.000Z',
        accepted: { key: 'k', owner: 'mara', until: '2026-04-01', severity: 'low', isExceeded: true },
      }),
      [1, 0, 0],
    ],
  ])('%s', (_, finding, [opened, resolved, light]) => {
    const { digest } = made({ targets: [target([finding])] });
    expect([digest.opened.length, digest.resolved.length, digest.cameToLight.length]).toEqual([
      opened,
      resolved,
      light,
    ]);
  });

  it('nothing opened in an account that was never told of: it was looked at for the first time', () => {
    const finding = tracked({ openedAt: '2026-02-25T00:00:00.000Z' });
    const { digest } = made({ targets: [target([finding], LAB)] });
    expect([digest.opened.length, digest.cameToLight.length]).toEqual([0, 1]);
  });

  it.each([
    ['the last time, where it was some days more than a week ago', '2026-W08', '2026-02-20T07:00:00.000Z', 1],
    ['a week, where it was long ago', '2026-W04', '2026-01-20T07:00:00.000Z', 0],
  ])('it begins with %s', (_, week, at, opened) => {
    const finding = tracked({ openedAt: '2026-02-21T00:00:00.000Z' });
    const { digest } = made({ targets: [target([finding])], records: [recordOf(week, at)] });
    expect(digest.opened).toHaveLength(opened);
  });

  it('ways onward that came with a door are told with it, and one that came by itself is a door', () => {
    const way = (name: string, openedAt: string) => {
      const finding = tracked({ check: 'lateral-path', openedAt, workload: { id: name, name } });
      return {
        finding,
        path: [
          { from: 'internet', to: 'bastion', flows: 'tcp 22' },
          { from: 'bastion', to: name, flows: 'tcp 5432' },
        ],
      };
    };
    const at = '2026-02-25T10:00:00.000Z';
    const door = tracked({ openedAt: at, workload: { id: 'i', name: 'bastion' } });
    const ways = [way('orders', at), way('redis', at), way('late', '2026-02-26T10:00:00.000Z')];
    const brief: KnownTarget['brief'] = {
      schema: 1,
      interfaces: 1,
      networks: 1,
      blindSpots: [],
      moreBlindSpots: 0,
      findings: ways.map(({ finding: { fingerprint }, path }) => ({ fingerprint, facets: [], path })),
    };
    const { digest } = made({ targets: [target([door, ...ways.map(({ finding }) => finding)], { brief })] });
    expect(digest.opened.map(({ workload, leadsTo }) => [workload.name, leadsTo])).toEqual([
      ['bastion', ['orders tcp 5432', 'redis tcp 5432']],
      ['late', []],
    ]);
    // what is open is counted finding by finding
    expect(digest.all.open.high).toBe(4);
    expect(digest.paths.map(({ workload }) => workload.name)).toEqual(['orders', 'redis', 'late']);
  });
});

describe('risk', () => {
  it('is compared with the last week that was told, and weeks without a record are gaps', () => {
    const { digest } = made({
      targets: [target([tracked()])],
      records: [recordOf('2026-W02', '2026-01-05T07:00:00.000Z'), recordOf('2026-W09', LAST_WEEK)],
    });
    expect([digest.all.risk, digest.all.riskBefore]).toEqual([15, 20]);
    expect(
      digest.weeks.flatMap(({ week, risk }) => (risk === undefined ? [] : [`${week} ${String(risk)}`])),
    ).toEqual(['2026-W02 20', '2026-W09 20', '2026-W10 15']);
    expect(digest.weeks).toHaveLength(12);
  });

  it('by another formula is not compared', () => {
    const { digest } = made({ records: [recordOf('2026-W09', LAST_WEEK, { formula: 'postern-risk-0' })] });
    expect(digest.all.riskBefore).toBeUndefined();
    expect(digest.weeks.filter(({ risk }) => risk !== undefined)).toHaveLength(1);
  });

  it('of two things that are called the same in two accounts counts both', () => {
    const same = tracked();
    const { digest } = made({ targets: [target([same]), target([same], LAB)] });
    expect(digest.all.risk).toBeCloseTo(27.8, 1);
    expect(digest.accounts.map(({ name, risk }) => [name, risk])).toEqual([
      ['shop', 15],
      ['444455556666', 15],
    ]);
  });

  it('leaves behind what the next week is compared with, an account in which nothing is wrong among it', () => {
    const { record } = made({ targets: [target([tracked()]), target([], LAB)] });
    expect(record).toMatchObject({ week: '2026-W10', at: NOW, formula: 'postern-risk-1' });
    expect(record.parts.map(({ part, risk, open }) => [part, risk, open])).toEqual([
      ['all', 15, [0, 1, 0, 0, 0]],
      ['account 111122223333', 15, [0, 1, 0, 0, 0]],
      ['account 444455556666', 0, [0, 0, 0, 0, 0]],
    ]);
  });

  it('is first taken off where nobody answers for it', () => {
    const answered = tracked({
      severity: 'critical',
      accepted: { key: 'k', owner: 'm', until: '2026-04-01', severity: 'critical' },
    });
    const { digest } = made({ targets: [target([tracked(), answered, tracked({ severity: 'critical' })])] });
    expect(digest.first.map(({ finding }) => finding.severity)).toEqual(['critical', 'high']);
    expect(digest.first.every(({ points }) => points > 0)).toBe(true);
  });
});

describe('what was seen', () => {
  const unreadable = { why: 'the role is gone', at: '2026-03-01T00:00:00.000Z' };
  it.each<[string, Partial<KnownTarget>, string, string | undefined]>([
    ['lately read', {}, 'read', undefined],
    ['read once, and not lately', { readAt: '2026-03-02T03:00:00.000Z' }, 'old', undefined],
    [
      'read before it failed',
      { readAt: '2026-02-28T00:00:00.000Z', unreadable },
      'unreadable',
      'the role is gone',
    ],
    ['read after it failed', { unreadable }, 'read', undefined],
  ])('%s', (_, more, state, why) => {
    const [found] = made({ targets: [target([], more)] }).digest.targets;
    expect([found?.state, found?.why]).toEqual([state, why]);
  });

  it('what was never read is there, and what is worst seen comes first', () => {
    const { readAt: _, ...never } = target([], { region: 'us-east-1' });
    const { digest } = made({
      targets: [
        target([]),
        target([], { region: 'eu-west-2', readAt: '2026-02-20T00:00:00.000Z' }),
        { ...never, unreadable },
        never,
      ],
    });
    expect(digest.targets.map(({ region, state }) => `${region} ${state}`)).toEqual([
      'us-east-1 never',
      'us-east-1 unreadable',
      'eu-west-2 old',
      'eu-west-1 read',
    ]);
  });

  it('the same blind spot of several targets is one, and a target without a brief is a blind spot itself', () => {
    const brief = (what: string): NonNullable<KnownTarget['brief']> => ({
      schema: 1,
      interfaces: 1,
      networks: 1,
      blindSpots: [{ code: 'call-failed', what, remedy: 'Grant it', times: 2 }],
      moreBlindSpots: 0,
      findings: [],
    });
    const { digest } = made({
      targets: [
        target([], { brief: brief('routes were not read') }),
        target([], { ...LAB, brief: brief('routes were not read') }),
        target([], { region: 'eu-west-2' }),
      ],
    });
    expect(digest.blindSpots.map(({ what, times, where }) => [what, times, where])).toEqual([
      ['routes were not read', 4, ['shop eu-west-1', '444455556666 eu-west-1']],
      ['what of it was not seen is not known before its next pass', 1, ['shop eu-west-2']],
    ]);
  });
});

describe('exceptions', () => {
  const exception = (fingerprint: string, until: string) => ({
    fingerprint,
    owner: 'mara',
    reason: 'why',
    until,
  });

  it.each<[string, string, readonly [ending: number, ended: number]]>([
    ['that end in weeks are not told of', '2026-04-01', [0, 0]],
    ['that end soon are', '2026-03-10', [1, 0]],
    ['that end today are', '2026-03-02', [1, 0]],
    ['that ended this week are', '2026-02-27', [0, 1]],
    ['that ended long ago, while it is open, are', '2026-01-01', [0, 1]],
  ])('%s', (_, until, [ending, ended]) => {
    const finding = tracked();
    const { digest } = made({
      targets: [target([finding])],
      exceptions: [exception(finding.fingerprint, until)],
    });
    expect([digest.ending.length, digest.ended.length]).toEqual([ending, ended]);
  });

  it('that ended long ago, and are about nothing any more, are not told of for ever', () => {
    const { digest } = made({ exceptions: [exception('gone', '2026-01-01')] });
    expect(digest.ended).toEqual([]);
  });

  it('that ended, while another answers for the same, have left nothing open', () => {
    const finding = tracked();
    const exceptions = [
      exception(finding.fingerprint, '2026-01-01'),
      exception(finding.fingerprint, '2026-05-01'),
    ];
    expect(made({ targets: [target([finding])], exceptions }).digest.ended).toEqual([]);
  });
});

it('controls are counted by findings, and each framework once', () => {
  const finding = tracked({ check: 'default-group-in-use' });
  const { digest } = made({ targets: [target([finding, tracked({ check: 'default-group-in-use' })])] });
  const cis = digest.frameworks.find(({ id }) => id === 'cis-aws-7.0');
  expect(cis).toMatchObject({ findings: 2, controls: [{ id: '6.5', findings: 2, isOurs: false }] });
});

it('findings come gravest first, and then the oldest', () => {
  const findings = [
    tracked({ title: 'young', openedAt: '2026-02-01T00:00:00.000Z' }),
    tracked({ title: 'old', openedAt: '2026-01-01T00:00:00.000Z' }),
    tracked({ title: 'grave', severity: 'critical', openedAt: '2026-02-20T00:00:00.000Z' }),
  ];
  expect(titles(made({ targets: [target(findings)] }).digest.open)).toEqual(['grave', 'old', 'young']);
});
