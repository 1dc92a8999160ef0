import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { Alert, AlertBlame, AlertRule } from '#findings';
import { alertLines, NO_STYLE } from '#report';
import { HOSTILE_NAMES } from '../../bench/world/hostile-names.ts';

const ACTS = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/u;

const MARA: AlertBlame = {
  call: 'CreateRoute',
  who: 'mara',
  role: 'admin',
  mfa: true,
  tool: 'aws-cli/2',
  sourceIp: '198.51.100.23',
  time: '2026-03-02T10:01:07Z',
};
const RULE: AlertRule = {
  id: 'sgr-0f09f7b6d875c1203',
  policy: 'sg-098e1159f30562d66',
  policyName: 'bastion',
  text: 'tcp 22 from 0.0.0.0/0',
  description: '',
};

const alertWith = (more: Partial<Alert> = {}): Alert => ({
  schema: 1,
  id: '0000-0000-0000-0000',
  kind: 'opened',
  severity: 'critical',
  headline: 'SSH on bastion is open to the whole internet',
  details: [],
  place: { account: '111122223333', region: 'eu-west-1', time: '2026-03-02T10:01:07Z' },
  path: [],
  rules: [],
  moreRules: 0,
  blame: [],
  blameIs: 'nobody',
  also: [],
  findings: [],
  moreFindings: 0,
  links: [],
  ...more,
});
const lines = (more: Partial<Alert> = {}): string[] => alertLines(alertWith(more), NO_STYLE);

describe('an alert in a terminal', () => {
  it('tells effect, way, rule, who, what else, undo, restore, fingerprint, in this order', () => {
    const everything = lines({
      details: ['and through it orders tcp 5432'],
      path: [
        { from: 'internet', to: 'bastion', flows: 'tcp 22' },
        { from: 'bastion', to: 'orders', flows: 'tcp 5432' },
      ],
      before: 'nobody',
      after: 'the whole internet (IPv4)',
      rules: [RULE],
      moreRules: 2,
      blame: [MARA],
      blameIs: 'these',
      also: ['12 private hosts can now open bastion on tcp 22', 'web can now get to orders'],
      undo: { commands: ['aws ec2 undo'], isProven: true },
      restore: { commands: ['aws ec2 restore'] },
      findings: [
        {
          fingerprint: '7c1e-94ab',
          check: 'admin-port-exposed',
          severity: 'critical',
          title: 'not told twice',
        },
      ],
      links: [{ text: 'group', url: 'https://example.com/sg' }],
    });
    expect(everything).toEqual([
      'CRITICAL  SSH on bastion is open to the whole internet  111122223333 · eu-west-1 · 10:01:07Z',
      '          and through it orders tcp 5432',
      '  path    internet ─ tcp 22 ─▶ bastion ─ tcp 5432 ─▶ orders',
      '  before  nobody      after  the whole internet (IPv4)',
      '  rule    sgr-0f09f7b6d875c1203 in sg-098e1159f30562d66 "bastion":',
      '          tcp 22 from 0.0.0.0/0, no description',
      '          and 2 more rules',
      '  who     mara (role admin, MFA) by aws-cli/2 from 198.51.100.23, CreateRoute',
      '  also    12 private hosts can now open bastion on tcp 22',
      '          web can now get to orders',
      '  undo    aws ec2 undo',
      '          proven on the model: nothing that this change opened is left',
      '  restore aws ec2 restore',
      '  accept  postern accept 7c1e-94ab --owner you --until 2026-04-01 --reason why',
      '          admin-port-exposed  fingerprint 7c1e-94ab',
      '  see     group: https://example.com/sg',
    ]);
  });

  it.each<[Alert['kind'], RegExp]>([
    ['opened', /^CRITICAL {2}SSH/],
    ['newly-seen', /^CRITICAL {2}SSH/],
    ['reminder', /^CRITICAL {2}SSH/],
    ['tampering', /^CRITICAL {2}SSH/],
    ['resolved', /^closed {4}SSH/],
    ['blind-spot', /^unknown {3}SSH/],
    ['unconfirmed', /^unknown {3}SSH/],
    ['test', /^test {6}SSH/],
  ])('of kind %s begins with its word', (kind, start) => {
    expect(lines({ kind })[0]).toMatch(start);
  });

  it.each<[Partial<Alert['place']>, string]>([
    [{ accountName: 'shop' }, '  shop · eu-west-1 · 10:01:07Z'],
    [{ account: '', region: '', time: '' }, ''],
    [{ region: '', time: 'soon' }, '  111122223333'],
  ])('says where and when: %j', (place, expected) => {
    expect(lines({ place: { ...alertWith().place, ...place } })).toEqual([
      `CRITICAL  SSH on bastion is open to the whole internet${expected}`,
    ]);
  });

  it('puts the place on a line of its own where it does not fit', () => {
    expect(lines({ headline: 'x'.repeat(60) })).toHaveLength(2);
    expect(lines({ headline: 'x'.repeat(50) })).toHaveLength(1);
  });

  it.each<[AlertRule['change'], Alert['kind'], string]>([
    [undefined, 'opened', 'no description'],
    ['added', 'opened', 'no description'],
    ['removed', 'opened', 'no description, was removed'],
    ['removed', 'resolved', 'no description, was removed'],
    ['added', 'resolved', 'no description, was added'],
    ['edited', 'resolved', 'no description'],
  ])('a rule that was %s, of kind %s', (change, kind, end) => {
    const rule = { ...RULE, policyName: '', ...(change === undefined ? {} : { change }) };
    const text = lines({ kind, rules: [rule] })
      .slice(1)
      .join(' ')
      .replaceAll(/\s+/g, ' ');
    expect(text).toBe(` rule sgr-0f09f7b6d875c1203 in sg-098e1159f30562d66: tcp 22 from 0.0.0.0/0, ${end}`);
  });

  it.each<[Alert['blameIs'], number, readonly string[]]>([
    ['nobody', 0, []],
    ['these', 1, ['  who     mara']],
    ['these', 2, ['  who     mara', '          mara']],
    ['one-of', 1, ['  who     mara']],
    ['one-of', 2, ['  who     one of these 2 changes', '          mara', '          mara']],
    [
      'one-of',
      500,
      [
        '  who     one of these 500 changes',
        ...Array<string>(5).fill('          mara'),
        '          and 495 more',
      ],
    ],
  ])('blame: %s of %i', (blameIs, count, starts) => {
    const told = lines({ blameIs, blame: Array<AlertBlame>(count).fill(MARA) }).slice(1);
    expect(told).toHaveLength(starts.length);
    for (const [i, start] of starts.entries()) expect(told[i]).toMatch(new RegExp(`^${start}`));
  });

  it('says of a session what is known', () => {
    const { mfa: _, ...unknown } = MARA;
    const who = (blame: AlertBlame) => lines({ blame: [blame], blameIs: 'these' })[1];
    expect(who({ ...unknown, role: '' })).toMatch(/^ {2}who {5}mara by aws-cli/);
    expect(who({ ...MARA, mfa: false })).toMatch(/^ {2}who {5}mara \(role admin, no MFA\) by/);
  });

  it('of many findings names the worst, and says how many more', () => {
    const findings = Array.from({ length: 10 }, (_, i) => ({
      fingerprint: `0000-000${String(i)}`,
      check: 'admin-port-exposed' as const,
      severity: 'high' as const,
      title: `finding ${String(i)}`,
    }));
    const told = lines({ findings, moreFindings: 13 });
    expect(told.filter((line) => /^ {10}HIGH {6}finding \d$/.test(line))).toHaveLength(10);
    expect(told.at(-1)).toBe('          and 13 more, in the report');
  });

  it('says what keeps the group before it says how to undo', () => {
    const text = lines({
      undo: { commands: ['aws ec2 undo'], isProven: true, owners: ['sg-1 belongs to the stack shop'] },
    }).join('\n');
    expect(text).toMatch(/ {2}owner {3}sg-1 belongs to the stack shop\n[^]* {2}undo {4}aws ec2 undo/);
  });

  it('does not claim what was not tried', () => {
    const told = lines({ undo: { commands: ['aws ec2 undo'], isProven: false } });
    expect(told.join('\n')).toContain('not proven on the model');
  });
});

describe('hostile text in an alert', () => {
  it.each(HOSTILE_NAMES.map((name) => [JSON.stringify(name), name]))('%s acts nowhere', (_, name) => {
    const told = lines({
      headline: `SSH on ${name} is open`,
      details: [name],
      place: { account: name, accountName: name, region: name, time: name },
      path: [{ from: name, to: name, flows: name }],
      before: name,
      after: name,
      rules: [{ id: name, policy: name, policyName: name, text: name, description: name }],
      blame: [{ call: name, who: name, role: name, tool: name, sourceIp: name, time: name }],
      blameIs: 'these',
      also: [name],
      undo: { commands: [name], isProven: true },
      restore: { commands: [name] },
      findings: Array.from({ length: 5 }, () => ({
        fingerprint: '0000-0000',
        check: 'lateral-path' as const,
        severity: 'low' as const,
        title: name,
      })),
      links: [{ text: name, url: name }],
    });
    for (const line of told) expect(ACTS.exec(line)).toBeNull();
  });
});

describe('a command in an alert', () => {
  /** What a shell makes of the lines under a heading. */
  const pasted = (commands: readonly string[]): string[] => {
    const shown = lines({ restore: { commands } })
      .slice(1)
      .map((line) => line.slice(10));
    return execFileSync('sh', ['-c', shown.join('\n').replace('aws ', "printf '%s\\n' ")], {
      encoding: 'utf8',
    }).split('\n');
  };
  const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

  it.each<[string, string]>([
    ['plain', 'office'],
    [
      'what looks like an option',
      'a --region b --group-id c, and --more of it, until the line is long enough',
    ],
    ['quotes and commas', `it's "so", and 'so', \\"so\\", and a \\ at the end, \\`],
    ['brackets', `[{"a":1},{"b":2}], '[ and ]'`],
  ])('pasted into a shell says the same, whatever a description holds: %s', (_, description) => {
    const permissions = Array.from({ length: 4 }, (_unused, i) => ({
      IpProtocol: 'tcp',
      FromPort: i,
      IpRanges: [{ CidrIp: '198.51.100.0/24', Description: description }],
    }));
    const command = `aws ec2 authorize --region eu-west-1 --ip-permissions ${quoted(JSON.stringify(permissions))}`;
    const words = pasted([command]);
    const value = words.slice(words.indexOf('--ip-permissions') + 1).join('\n');
    expect(JSON.parse(value)).toEqual(permissions);
    expect(words.slice(0, 4)).toEqual(['ec2', 'authorize', '--region', 'eu-west-1']);
  });

  it('fits a screen as far as its words do', () => {
    const permissions = Array.from({ length: 4 }, (_unused, i) => ({
      IpProtocol: 'tcp',
      FromPort: i,
      IpRanges: [{ CidrIp: '198.51.100.0/24', Description: 'office' }],
    }));
    const command = `aws ec2 authorize-security-group-ingress --region eu-west-1 --ip-permissions ${quoted(JSON.stringify(permissions))}`;
    for (const line of lines({ restore: { commands: [command] } })) expect(line.length).toBeLessThan(101);
  });
});
