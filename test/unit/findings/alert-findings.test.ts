import { describe, expect, it } from 'vitest';
import {
  alertBlameOf,
  alertOfChange,
  composeAlert,
  privatePathsAlert,
  SEVERITIES,
  summaryAlert,
  type Finding,
  type FindingAlertKind,
} from '#findings';
import {
  between,
  BY_MARA,
  BY_NOBODY,
  findings,
  opening,
  PLACE,
  UNDO,
  WORLD,
} from '../../support/alert-world.ts';
import { MARA } from '../../support/change.ts';

describe('findings of one cause', () => {
  it.each<[FindingAlertKind, string]>([
    ['opened', 'SSH on web is open to the whole internet'],
    ['resolved', 'SSH on web is open to the whole internet: no longer'],
    ['newly-seen', 'SSH on web is open to the whole internet'],
    [
      'unconfirmed',
      'SSH on web is open to the whole internet: this can no longer be seen, and counts as open',
    ],
    [
      'flapping',
      'SSH on web is open to the whole internet: it opens and closes again and again; silence until it stays one way',
    ],
    ['reminder', 'SSH on web is open to the whole internet: still'],
    ['exception-ended', 'SSH on web is open to the whole internet: nobody answers for it any more'],
  ])('of kind %s', (kind, headline) => {
    const alert = composeAlert({ kind, findings: opening.opened, ...BY_NOBODY });
    expect(alert).toMatchObject({ kind, headline, severity: 'critical', blame: [], blameIs: 'nobody' });
    expect(alert.details.some((detail) => detail.startsWith('seen for the first time'))).toBe(
      kind === 'newly-seen',
    );
  });

  it('need no change: a reminder has a path and rules all the same', () => {
    const alert = composeAlert({ kind: 'reminder', findings: opening.opened, ...BY_NOBODY });
    expect(alert.path.map(({ to }) => to)).toEqual(['web', 'api-1', 'orders']);
    expect(alert.rules.map(({ id }) => id)).toEqual(['web#2']);
    expect(alert).not.toHaveProperty('before');
  });

  it('lead with the worst, wherever it stands', () => {
    const backwards = opening.opened.toReversed();
    expect(composeAlert({ kind: 'opened', findings: backwards, ...BY_NOBODY }).headline).toMatch(/^SSH/);
  });

  it('tell of the flows to where they are, and of no others', () => {
    const change = between([[]], [[WORLD], ['in tcp/443 from any']]);
    const news = { kind: 'opened', findings: change.opened, change, ...BY_MARA } as const;
    expect(composeAlert(news).also).toEqual(['3 private hosts can now open web on tcp 22']);
    const rest = change.diff.opened.filter(({ to }) => to !== 'web');
    expect(privatePathsAlert({ change, flows: rest, ...BY_MARA }).headline).toBe(
      '6 private paths opened to api-1..2 on tcp 443; what the internet reaches changed too',
    );
    expect(composeAlert({ ...news, flows: [] }).also).toEqual([]);
  });

  it('of very many sources say that not all were looked at, and are grave until somebody has', () => {
    const change = { ...between([[]], [[], ['in tcp/443 from any']]), newVictims: [] };
    const flows = change.diff.opened;
    expect(privatePathsAlert({ change, flows, ...BY_MARA })).toMatchObject({ severity: 'medium', also: [] });
    const searched = { ...change, victimSearch: { looked: 10, of: 1600 } };
    expect(privatePathsAlert({ change: searched, flows, ...BY_MARA })).toMatchObject({
      severity: 'high',
      also: ['how far the newly opened reach was looked at for 10 of 1,600 sources only'],
    });
  });

  it('say what keeps them from being certain', () => {
    const change = between([[]], [['in tcp/22 from unread']]);
    expect(alertOfChange(change)).toMatchObject({
      headline: 'SSH on web may be open to the whole internet',
      details: ['not certain: unread was not read'],
    });
  });

  it('are at least one', () => {
    expect(() => composeAlert({ kind: 'opened', findings: [], ...BY_NOBODY })).toThrow(RangeError);
  });
});

describe('who did it', () => {
  const calls = ['RevokeSecurityGroupIngress', 'CreateRoute'].map((call) => alertBlameOf({ ...MARA, call }));

  it.each(['these', 'one-of'] as const)('%s', (blameIs) => {
    const alert = composeAlert({
      kind: 'opened',
      findings: opening.opened,
      place: PLACE,
      blame: calls,
      blameIs,
    });
    expect(alert).toMatchObject({ blame: calls, blameIs });
  });

  it('leaves out what is not known of the session', () => {
    expect(alertBlameOf({ ...MARA, mfa: undefined })).not.toHaveProperty('mfa');
    expect(alertBlameOf({ ...MARA, mfa: false })).toHaveProperty('mfa', false);
  });
});

describe('many findings at once', () => {
  it('are counted by severity, and the worst ten are named', () => {
    const all = findings(23);
    const alert = summaryAlert({ kind: 'opened', findings: all, ...BY_MARA });
    const counts = SEVERITIES.map((severity) => all.filter((each) => each.severity === severity).length);
    expect(alert.headline).toBe(
      `23 findings by one change: ${SEVERITIES.map((severity, i) => `${String(counts[i])} ${severity}`).join(', ')}`,
    );
    expect(alert.severity).toBe('critical');
    expect(alert.findings).toHaveLength(10);
    expect(alert.moreFindings).toBe(13);
    const rank = (severity: Finding['severity']) => SEVERITIES.indexOf(severity);
    const least = Math.max(...alert.findings.map(({ severity }) => rank(severity)));
    const told = new Set(alert.findings.map(({ fingerprint }) => fingerprint));
    expect(
      all.filter(({ fingerprint, severity }) => !told.has(fingerprint) && rank(severity) < least),
    ).toEqual([]);
  });

  it.each<[Parameters<typeof summaryAlert>[0]['kind'], object, RegExp]>([
    ['opened', BY_NOBODY, /^12 findings: /],
    ['opened', { ...BY_MARA, blame: Array(3).fill(BY_MARA.blame[0]) }, /^12 findings by 3 changes: /],
    [
      'opened',
      { ...BY_MARA, blame: Array(3).fill(BY_MARA.blame[0]), blameIs: 'one-of' },
      /^12 findings by one of 3 changes: /,
    ],
    ['newly-seen', BY_NOBODY, /^12 findings seen for the first time: /],
    ['resolved', BY_MARA, /^12 findings closed by one change: /],
    ['catch-up', BY_NOBODY, /^12 findings while this channel was out of order: /],
  ])('%s: why', (kind, context, headline) => {
    const alert = summaryAlert({ kind, findings: findings(12), ...BY_NOBODY, ...context });
    expect(alert.headline).toMatch(headline);
  });

  it('are one message of a change too', () => {
    const flood = { ...opening, opened: findings(11) };
    expect(alertOfChange(flood)).toMatchObject({
      headline: expect.stringMatching(/^11 findings by one change: /) as unknown,
      moreFindings: 1,
      undo: UNDO,
    });
    expect(alertOfChange({ ...opening, opened: findings(10) }).headline).toBe('finding 8');
  });

  it('of none has a headline and no findings', () => {
    expect(summaryAlert({ kind: 'newly-seen', findings: [], ...BY_NOBODY })).toMatchObject({
      headline: '0 findings seen for the first time',
      severity: 'info',
      findings: [],
    });
  });
});

describe('the id', () => {
  const of = (change: object): string =>
    composeAlert({ kind: 'opened', findings: opening.opened, ...BY_MARA, ...change }).id;

  it('is that of the news: of its kind, place, time and findings, in any order', () => {
    expect(of({})).toBe(
      of({ findings: opening.opened.toReversed(), blame: [], undo: UNDO, change: opening }),
    );
    const others = [
      { kind: 'reminder' },
      { findings: opening.opened.slice(0, 1) },
      { place: { ...PLACE, account: '444455556666' } },
      { place: { ...PLACE, region: 'eu-west-2' } },
      { place: { ...PLACE, time: '2026-03-02T10:01:08Z' } },
    ].map(of);
    expect(new Set([of({}), ...others]).size).toBe(others.length + 1);
  });

  it('of news without findings is that of its words', () => {
    const id = (api: string) => alertOfChange(between([[]], [[], [api]], { blame: MARA })).id;
    expect(id('in tcp/22 from any')).toBe(id('in tcp/22 from any'));
    expect(id('in tcp/22 from any')).not.toBe(id('in tcp/23 from any'));
  });

  it('can be given', () => {
    expect(of({ id: 'again' })).toBe('again');
  });
});

describe('the owner', () => {
  const [worst] = opening.opened;
  const tagged = (tags: readonly (readonly [string, string])[]): Finding => ({
    ...worst!,
    endpoints: [worst!.endpoints[0]!, { ...worst!.endpoints[0]!, tags: new Map(tags) }],
  });

  it.each<[readonly (readonly [string, string])[], string | undefined]>([
    [[['owner', 'team-a']], 'team-a'],
    [
      [
        ['Name', 'web'],
        ['OwNeR', 'team-a'],
      ],
      'team-a',
    ],
    [[['owner', '']], undefined],
    [[['owners', 'team-a']], undefined],
  ])('of %j is %s', (tags, owner) => {
    const alert = composeAlert({ kind: 'opened', findings: [tagged(tags)], ...BY_NOBODY });
    expect(alert.owner).toBe(owner);
    expect('owner' in alert).toBe(owner !== undefined);
  });

  it('is that of the worst finding', () => {
    const less = { ...tagged([['owner', 'team-b']]), severity: 'low' } as const;
    expect(composeAlert({ kind: 'opened', findings: [less, worst!], ...BY_NOBODY }).owner).toBeUndefined();
  });
});
