import { describe, expect, it } from 'vitest';
import { idOf, type Network } from '#model';
import { alertOfChange, composeAlert, controlsOf, facetsOf, type Alert, type Change } from '#findings';
import { HOSTILE_NAMES } from '../../bench/world/hostile-names.ts';
import {
  between,
  BOTH,
  BY_NOBODY,
  BRIDGE,
  closing,
  findings,
  OFFICE,
  opening,
  OUT,
  PLACE,
  RESTORE,
  UNDO,
  WORLD,
  worldOf,
} from '../../support/alert-world.ts';
import { changeOf } from '../../support/change.ts';
import type { NetworkSpec } from '../../support/network.ts';

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
      transitions: opening.opened.map((finding) => ({
        fingerprint: finding.fingerprint,
        check: finding.check,
        severity: finding.severity,
        title: finding.title,
        workload: finding.workload,
        facets: facetsOf(finding),
      })),
      controls: controlsOf(opening.opened[0]!),
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
      between([[]], [[], [BRIDGE]], { newVictims: [{ jewel: 'orders', hosts: ['web'] }] }),
      {
        severity: 'high',
        headline: '2 private paths opened to api-1..2 on tcp 22; nothing opened to the internet',
        details: [],
        also: ['web can now get to orders'],
      },
    ],
    [
      'private paths that closed',
      between([[], [BRIDGE]], [[]], BOTH),
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
      headline: 'tcp 8080 (Jenkins or another web console) on web is open to the whole internet',
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
    closed: between([[], [BRIDGE]], [[]], BOTH),
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
