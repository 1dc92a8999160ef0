import { describe, expect, it } from 'vitest';
import type { Alert, AlertKind } from '#findings';
import { plainTextOf, subjectOf, testAlert } from '#notify';
import { factsOf, pathOf } from '../../../lib/notify/message/facts.ts';
import { linksOf } from '../../../lib/notify/message/links.ts';
import { BASTION_OPENED } from '../../support/alert.ts';

describe('a subject', () => {
  const place = { account: '111122223333', accountName: 'shop', region: 'eu-west-1', time: '' };

  it.each<[string, Partial<Alert>, string]>([
    [
      'says all if it fits',
      { headline: 'SSH on bastion is open' },
      '[Postern] CRITICAL SSH on bastion is open (shop, eu-west-1)',
    ],
    [
      'drops accents',
      { headline: 'SSH on Köln–Ålesund is open' },
      '[Postern] CRITICAL SSH on Koln-Alesund is open (shop, eu-west-1)',
    ],
    [
      'does not spell out other scripts',
      { headline: 'SSH on 踏み台 is open' },
      '[Postern] CRITICAL SSH on ? is open (shop, eu-west-1)',
    ],
    [
      'has one line',
      { headline: 'SSH\r\nBcc: all@example.com' },
      '[Postern] CRITICAL SSH\\u000d\\u000aBcc: all@example.com (shop, eu-west-1)',
    ],
    [
      'drops the Region before the end of the effect',
      { headline: 'SSH on 3 hosts of the build farm is now open to the whole internet' },
      '[Postern] CRITICAL SSH on 3 hosts of the build farm is now open to the whole internet (shop)',
    ],
    [
      'is cut between words',
      { headline: 'SSH on the bastion of the build farm in the basement is now open to the whole internet' },
      '[Postern] CRITICAL SSH on the bastion of the build farm in the basement is now open to... (shop)',
    ],
    [
      'names the account by its id without a name',
      { place: { account: '111122223333', region: '', time: '' }, headline: 'x' },
      '[Postern] CRITICAL x (111122223333)',
    ],
    [
      'needs no place',
      { place: { account: '', region: '', time: '' }, headline: 'x' },
      '[Postern] CRITICAL x',
    ],
  ])('%s', (_, change, expected) => {
    expect(subjectOf({ ...BASTION_OPENED, place, ...change })).toBe(expected);
  });
});

describe('the first words', () => {
  it.each<[AlertKind, string]>([
    ['opened', 'HIGH  SSH'],
    ['resolved', 'RESOLVED  SSH'],
    ['newly-seen', 'HIGH newly seen: SSH'],
    ['unconfirmed', 'HIGH unconfirmed: SSH'],
    ['flapping', 'HIGH flapping: SSH'],
    ['reminder', 'HIGH still open: SSH'],
    ['exception-ended', 'HIGH exception ended: SSH'],
    ['blind-spot', 'HIGH blind spot: SSH'],
    ['tampering', 'HIGH tampering: SSH'],
    ['catch-up', 'HIGH catch-up: SSH'],
    ['test', 'TEST  SSH'],
  ])('of %s are %s', (kind, words) => {
    expect(plainTextOf({ ...BASTION_OPENED, kind, severity: 'high' })).toMatch(new RegExp(`^${words}`));
  });

  it('are there even if nobody gave any', () => {
    expect(plainTextOf({ ...BASTION_OPENED, headline: ' ' })).toMatch(
      /^CRITICAL {2}SSH on bastion is open to the whole/,
    );
    expect(plainTextOf({ ...BASTION_OPENED, headline: '', findings: [] })).toMatch(
      /^CRITICAL {2}News of the kind "opened"/,
    );
  });

  it('of a test say that it is one', () => {
    const text = plainTextOf(testAlert({ account: '1', region: 'r', time: '2026-03-02T12:00:00Z' }));
    expect(text).toContain('This is a test. Nothing is wrong');
  });
});

describe('who did it', () => {
  const [mara] = BASTION_OPENED.blame;
  const others = ['a', 'b', 'c', 'd'].map((who) => ({
    ...mara!,
    who,
    role: '',
    tool: '',
    sourceIp: '',
    call: '',
    time: '',
  }));
  const whoOf = (change: Partial<Alert>): readonly string[] =>
    factsOf({ ...BASTION_OPENED, ...change }).flatMap(({ label, text }) => (label === 'who' ? [text] : []));

  it.each<[string, Partial<Alert>, readonly string[]]>([
    [
      'one call, with its day where it is another',
      { place: { ...BASTION_OPENED.place, time: '2026-03-03T00:00:10Z' } },
      [
        'mara (role network-admin, MFA) by aws-cli from 198.51.100.23\nAuthorizeSecurityGroupIngress at 2026-03-02 10:00:51 UTC',
      ],
    ],
    ['more than three are counted', { blame: others }, ['a (MFA)', 'b (MFA)', 'c (MFA)', 'and 1 more call']],
    [
      'one of several, never a guess',
      { blame: others.slice(0, 2), blameIs: 'one-of' },
      ['one of these 2 calls; which one is not known:', 'a (MFA)', 'b (MFA)'],
    ],
    ['one of one is that one', { blame: others.slice(0, 1), blameIs: 'one-of' }, ['a (MFA)']],
    [
      'nobody, where something opened',
      { blame: [], blameIs: 'nobody' },
      ['no call that was seen explains it'],
    ],
    ['nobody, where nothing did', { blame: [], blameIs: 'nobody', kind: 'newly-seen' }, []],
  ])('%s', (_, change, expected) => {
    expect(whoOf(change)).toEqual(expected);
  });
});

describe('a path', () => {
  it.each<[Alert['path'], string]>([
    [[], ''],
    [[{ from: 'internet', to: 'a', flows: '' }], 'internet ─▶ a'],
    [
      [
        { from: 'internet', to: 'a', flows: 'tcp 22' },
        { from: 'b', to: 'c', flows: 'tcp 1' },
      ],
      'internet ─ tcp 22 ─▶ a; b ─ tcp 1 ─▶ c',
    ],
  ])('%j', (path, expected) => {
    expect(pathOf({ ...BASTION_OPENED, path })).toBe(expected);
  });

  it('of many steps is counted to its end', () => {
    const path = Array.from({ length: 11 }, (_, i) => ({
      from: `h${String(i)}`,
      to: `h${String(i + 1)}`,
      flows: '',
    }));
    expect(pathOf({ ...BASTION_OPENED, path })).toMatch(/h8 and 3 more steps$/);
  });
});

describe('commands', () => {
  it('that cannot be shown as they are, are not shown at all', () => {
    const commands = ['aws ec2 one', "aws ec2 two --description 'a\u001b[2Jb'"];
    const text = plainTextOf({ ...BASTION_OPENED, undo: { commands, isProven: false } });
    expect(text).toContain('\naws ec2 one\n');
    expect(text).not.toContain('ec2 two');
    expect(text).toContain('1 command cannot be shown here');
    expect(text).toContain('not proven on the model');
  });
});

describe('links', () => {
  it.each<[string, boolean]>([
    ['https://example.com/a?b=c#d', true],
    ['http://example.com/', false],
    ['javascript:alert(1)', false],
    ['https://example.com/|evil>', false],
    ['https://example.com/ x', false],
    [`https://example.com/${'x'.repeat(1_000)}`, false],
  ])('%s is shown: %s', (url, isShown) => {
    expect(linksOf({ ...BASTION_OPENED, links: [{ text: 'x', url }] })).toHaveLength(isShown ? 1 : 0);
  });
});

it('what keeps a group is said before the undo, which would not last', () => {
  const { undo } = BASTION_OPENED;
  const text = plainTextOf({
    ...BASTION_OPENED,
    undo: { ...undo!, owners: ['sg-098e1159f30562d66 belongs to the CloudFormation stack shop'] },
  });
  const [owner, command] = ['CloudFormation stack shop', undo!.commands[0]!].map((part) =>
    text.indexOf(part),
  );
  expect(owner).toBeGreaterThan(0);
  expect(command).toBeGreaterThan(owner!);
});
