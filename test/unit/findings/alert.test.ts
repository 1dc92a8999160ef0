import { describe, expect, it } from 'vitest';
import { idOf, type Network } from '#model';
import {
  alertBlameOf,
  alertOfChange,
  composeAlert,
  privatePathsAlert,
  SEVERITIES,
  summaryAlert,
  type Alert,
  type Change,
  type Finding,
  type FindingAlertKind,
} from '#findings';
import { HOSTILE_NAMES } from '../../bench/world/hostile-names.ts';
import { changeOf, MARA } from '../../support/change.ts';
import type { NetworkSpec } from '../../support/network.ts';

const OUT = 'out all to any';
const OFFICE = 'in tcp/22 from 198.51.100.0/24';
const WORLD = 'in tcp/22 from any';

/** A public host `web`, a private `api` behind it and a database behind that. */
const worldOf = (web: readonly string[], api: readonly string[] = []): NetworkSpec => ({
  groups: { web: [OUT, ...web], api: [OUT, ...api], db: [OUT, 'in tcp/5432 from group api'] },
  hosts: {
    web: { at: '10.0.0.10=203.0.113.10', groups: ['web'] },
    'api-1': { at: '10.0.1.11', groups: ['api'] },
    'api-2': { at: '10.0.1.12', groups: ['api'] },
    orders: { at: '10.0.1.20', groups: ['db'], role: 'database', canPivot: false },
  },
});
type Rules = readonly [web: readonly string[], api?: readonly string[]];
const between = (before: Rules, after: Rules, more: Partial<Change> = {}): Change =>
  changeOf(worldOf(...before), worldOf(...after), more);

const PLACE = { account: '111122223333', region: 'eu-west-1', time: '2026-03-02T10:01:07Z' };
const BY_MARA = { place: PLACE, blame: [alertBlameOf(MARA)], blameIs: 'these' } as const;
const BY_NOBODY = { place: PLACE, blame: [], blameIs: 'nobody' } as const;
const UNDO = { commands: ['undo it'], isProven: true };
const RESTORE = { commands: ['restore it'] };
const BOTH = { blame: MARA, undo: UNDO, restore: RESTORE };

const bridge = 'in tcp/22 from group web';
const opening = between([[OFFICE], [bridge]], [[OFFICE, WORLD], [bridge]], BOTH);
const closing = between([[OFFICE, WORLD], [bridge]], [[OFFICE], [bridge]], BOTH);

/** Findings of all severities, the least first, under names of their own. */
function findings(count: number): Finding[] {
  const [model] = opening.opened;
  return Array.from({ length: count }, (_, i) => ({
    ...model!,
    severity: SEVERITIES[SEVERITIES.length - 1 - Math.floor((i * SEVERITIES.length) / count)]!,
    fingerprint: `0000-${String(i).padStart(4, '0')}`,
    title: `finding ${String(i)}`,
  }));
}

describe('a change as an alert', () => {
  it('that opens a door tells the effect, the way in, the rule, who, and the undo', () => {
    expect(alertOfChange(opening)).toStrictEqual({
      schema: 1,
      id: expect.stringMatching(/^[0-9a-f]{4}(-[0-9a-f]{4}){3}$/) as unknown,
      kind: 'opened',
      severity: 'critical',
      headline: 'SSH on web is open to the whole internet',
      details: ['and through it orders tcp 5432'],
      place: PLACE,
      path: [
        { from: 'internet', to: 'web', flows: 'tcp 22' },
        { from: 'web', to: 'api-1', flows: 'tcp 22' },
        { from: 'api-1', to: 'orders', flows: 'tcp 5432' },
      ],
      before: '198.51.100.0/24',
      after: 'the whole internet (IPv4)',
      rules: [
        {
          id: 'web#2',
          policy: 'web',
          policyName: 'web',
          text: 'tcp 22 from 0.0.0.0/0, ::/0',
          description: '',
        },
      ],
      moreRules: 0,
      blame: [
        {
          call: 'AuthorizeSecurityGroupIngress',
          who: 'mara',
          role: 'network-admin',
          mfa: true,
          tool: 'aws-cli/2.22.12',
          sourceIp: '198.51.100.23',
          time: '2026-03-02T10:01:07Z',
        },
      ],
      blameIs: 'these',
      also: ['3 private hosts can now open web on tcp 22'],
      undo: UNDO,
      restore: RESTORE,
      findings: opening.opened.map(({ fingerprint, check, severity, title }) => ({
        fingerprint,
        check,
        severity,
        title,
      })),
      moreFindings: 0,
      links: [],
    });
  });

  it('that closes it names the rule that went and how to restore it, and has nothing to undo', () => {
    expect(alertOfChange(closing)).toMatchObject({
      kind: 'resolved',
      severity: 'critical',
      headline: 'SSH on web is open to the whole internet: no longer',
      details: ['and through it orders tcp 5432'],
      before: 'the whole internet (IPv4)',
      after: '198.51.100.0/24',
      rules: [{ id: 'web#2', text: 'tcp 22 from 0.0.0.0/0, ::/0', change: 'removed' }],
      also: [],
      restore: RESTORE,
    });
    expect(alertOfChange(closing)).not.toHaveProperty('undo');
  });

  it.each<[string, Change, Partial<Alert>]>([
    [
      'private paths that opened',
      between([[]], [[], ['in tcp/22 from any']], BOTH),
      {
        kind: 'opened',
        severity: 'medium',
        headline: '6 private paths opened to api-1..2 on tcp 22; nothing opened to the internet',
        details: ['the rule says 0.0.0.0/0, ::/0, but these hosts have no public address'],
        rules: [expect.objectContaining({ id: 'api#1', change: 'added' }) as never],
        undo: UNDO,
      },
    ],
    [
      'a new way to a crown jewel',
      between([[]], [[], [bridge]], { newVictims: [{ jewel: 'orders', hosts: ['web'] }] }),
      {
        severity: 'high',
        headline: '2 private paths opened to api-1..2 on tcp 22; nothing opened to the internet',
        details: [],
        also: ['web can now get to orders'],
      },
    ],
    [
      'private paths that closed',
      between([[], [bridge]], [[]], BOTH),
      {
        kind: 'resolved',
        severity: 'info',
        headline: '2 private paths to api-1..2 on tcp 22 are shut; nothing opened',
        rules: [expect.objectContaining({ text: 'tcp 22 from members of web', change: 'removed' }) as never],
        restore: RESTORE,
      },
    ],
    [
      'what cannot be judged any more',
      between([[]], [[], ['in tcp/22 from unread']], BOTH),
      {
        kind: 'blind-spot',
        headline: '6 private paths may have opened to api-1..2 on tcp 22',
        undo: UNDO,
      },
    ],
    [
      'an office let in',
      between([[]], [['in tcp/443 from 198.51.100.0/24']], BOTH),
      {
        kind: 'opened',
        severity: 'low',
        headline: 'limited ranges of the internet can open more on web',
        before: 'nothing',
        after: 'tcp 443 from 198.51.100.0/24',
        rules: [expect.objectContaining({ id: 'web#1', change: 'added' }) as never],
        undo: UNDO,
      },
    ],
    [
      'an office shut out',
      between([[OFFICE]], [[]], BOTH),
      {
        kind: 'resolved',
        severity: 'info',
        headline: 'limited ranges of the internet can open less on web',
        before: 'tcp 22 from 198.51.100.0/24',
        after: 'nothing',
        restore: RESTORE,
      },
    ],
  ])('tells of %s', (_, change, expected) => {
    expect(alertOfChange(change)).toMatchObject(expected);
  });

  it('that closes one thing and opens another leads with what it opened', () => {
    const change = between([[OFFICE, WORLD]], [[OFFICE, 'in tcp/8080 from any']], BOTH);
    const { kind, headline, also } = alertOfChange(change);
    expect({ kind, headline }).toEqual({
      kind: 'opened',
      headline: 'tcp 8080 on web is open to the whole internet',
    });
    expect(also).toContain('SSH on web is open to the whole internet: no longer');
    expect(also).toContain('3 private paths to web on tcp 22 closed');
  });

  it('names the rules on the way of what changed, and no other', () => {
    const world = worldOf([WORLD]);
    const groups = (rules: readonly string[], others: readonly string[]) => ({
      ...world.groups,
      web: [OUT, ...rules],
      unused: others,
    });
    const ids = (before: NetworkSpec['groups'], after: NetworkSpec['groups']) =>
      alertOfChange(changeOf({ ...world, groups: before! }, { groups: after! })).rules.map(({ id }) => id);
    const both = groups([WORLD], [OUT, 'in tcp/80 from any']);
    expect(ids(both, groups([], [OUT]))).toEqual(['web#1']);
    expect(ids(both, groups([], [OUT, 'in tcp/80 from any', 'in tcp/81 from any']))).toEqual(['web#1']);
    // what was added to another group of the host shuts nothing, and what was taken from it opens nothing
    const hosts = { ...world.hosts, web: { ...world.hosts['web']!, groups: ['web', 'extra'] } };
    const extra = [['in tcp/22 from 10.9.0.0/16'], []].map((rules) => ({ ...groups([], []), extra: rules }));
    const swap = (from: object, to: object) => ({
      from: { ...extra[0], ...from },
      to: { ...extra[1], ...to },
    });
    const opened = swap({}, { web: [OUT, WORLD] });
    const change = changeOf({ ...world, hosts, groups: opened.from }, { groups: opened.to });
    expect(alertOfChange({ ...change, opened: [] }).rules.map(({ id }) => id)).toEqual(['web#1']);
    const closed = changeOf({ ...world, hosts, groups: opened.to }, { groups: opened.from });
    expect(alertOfChange(closed).rules.map(({ id }) => id)).toEqual(['web#1']);
    const office = groups([OFFICE], []);
    expect(ids(office, groups([OFFICE, 'in tcp/443 from 198.51.100.0/24'], []))).toEqual(['web#2']);
    expect(ids(groups([OFFICE, 'in tcp/443 from 198.51.100.0/24'], []), office)).toEqual(['web#2']);
  });

  it('that only opens has nothing to restore', () => {
    const change = changeOf(worldOf([]), worldOf([], ['in tcp/22 from any']), BOTH);
    expect(alertOfChange(change)).not.toHaveProperty('restore');
    const replaced = between([[OFFICE]], [['in tcp/22 from 192.0.2.0/24']], BOTH);
    expect(alertOfChange(replaced)).toMatchObject({ undo: UNDO, restore: RESTORE });
  });

  it('closed by an ACL names the entry that denies now', () => {
    const acls = (deny: readonly string[]) => ({
      acls: { open: [...deny, 'in allow all from any', 'out allow all to any'] },
    });
    const change = changeOf(
      { ...worldOf([WORLD]), ...acls(['in allow tcp/22 from any']) },
      acls(['in deny tcp/22 from any']),
    );
    expect(alertOfChange(change)).toMatchObject({
      kind: 'resolved',
      rules: [
        {
          id: 'open#0',
          text: 'deny tcp 22 from 0.0.0.0/0, ::/0, before: tcp 22 from 0.0.0.0/0, ::/0',
          change: 'edited',
        },
      ],
    });
  });

  it('of nobody known has no place, unless it is told', () => {
    const change = { ...opening, blame: undefined };
    expect(alertOfChange(change)).toMatchObject({
      place: { account: '', region: '', time: '' },
      blame: [],
      blameIs: 'nobody',
    });
    expect(alertOfChange(change, { place: PLACE }).place).toEqual(PLACE);
    expect(alertOfChange(opening, { accountName: 'shop' }).place).toEqual({ ...PLACE, accountName: 'shop' });
  });
});

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
    ['reminder', 'SSH on web is open to the whole internet: still, and nobody has accepted it'],
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

/** The same network with another name for each thing. */
function renamed(network: Network, name: string): Network {
  return {
    ...network,
    endpoints: new Map(
      [...network.endpoints].map(([id, endpoint]) => [
        id,
        { ...endpoint, name, workload: { ...endpoint.workload, name } },
      ]),
    ),
    policies: new Map(
      [...network.policies].map(([id, policy]) => [
        id,
        { ...policy, name, rules: policy.rules.map((rule) => ({ ...rule, description: name })) },
      ]),
    ),
  };
}

describe('as data', () => {
  const changes = {
    opening,
    closing,
    private: between([[]], [[], ['in tcp/22 from any']], BOTH),
    closed: between([[], [bridge]], [[]], BOTH),
    unknown: between([[]], [[], ['in tcp/22 from unread']], BOTH),
    office: between([[]], [[OFFICE]], BOTH),
    flood: { ...opening, opened: findings(30) },
  };

  it.each(Object.entries(changes))('an alert about %s survives JSON', (_, change) => {
    const alert = alertOfChange(change);
    expect(JSON.parse(JSON.stringify(alert))).toStrictEqual(alert);
  });

  it('names are as the account gave them', () => {
    for (const name of HOSTILE_NAMES) {
      const { diff } = changes.private;
      const change = {
        ...changes.private,
        diff: { ...diff, after: { ...diff.after, network: renamed(diff.after.network, name) } },
      };
      const alert = alertOfChange(change);
      expect(alert.headline).toContain(`to ${name} on tcp 22`);
      expect(alert.rules[0]).toMatchObject({ policyName: name, description: name });
      expect(JSON.parse(JSON.stringify(alert))).toStrictEqual(alert);
    }
  });

  it('long lists are counted', () => {
    const many = Array.from({ length: 40 }, (_, i) => `in tcp/22 from 198.51.${String(i * 2)}.0/24`);
    const { after, rules, moreRules } = alertOfChange(between([[]], [many]));
    expect(after).toMatch(/^tcp 22 from 198\.51\.0\.0\/24, .* and 35 more$/);
    expect(rules).toHaveLength(3);
    expect(moreRules).toBe(37);
  });

  it('a policy that is not there any more has no name and breaks nothing', () => {
    const [finding] = opening.opened;
    const gone = { ...finding!, culprits: [{ ...finding!.culprits[0]!, policy: idOf<'policy'>('gone') }] };
    const alert = composeAlert({ kind: 'opened', findings: [gone], change: opening, ...BY_NOBODY });
    expect(alert.rules[0]).toMatchObject({ policy: 'gone', policyName: '' });
  });
});
