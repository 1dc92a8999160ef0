import { describe, expect, it } from 'vitest';
import { memoryStores } from '#store';
import {
  exceptionHistory,
  keepException,
  keptExceptions,
} from '../../../lib/app/exceptions/kept-exceptions.ts';
import { lastDay } from '../../../lib/app/exceptions/last-day.ts';
import { withException } from '../../../lib/app/exceptions/with-exception.ts';
import { withoutException } from '../../../lib/app/exceptions/without-exception.ts';

const ADDED = {
  fingerprint: '7c1e-94ab',
  owner: 'mara',
  reason: 'it is "moved": # soon',
  until: '2026-04-01',
};
const ENTRY = `  - fingerprint: 7c1e-94ab
    owner: mara
    reason: 'it is "moved": # soon'
    until: 2026-04-01
`;
const OLD = `# ours
regions: [eu-west-1]   # only here
exceptions:
  # the first
  - fingerprint: 1111-2222   # of May
    owner: a
    reason: b
    until: 2026-12-01 # soon
  # the end
accounts: { own }
`.replace('{ own }', 'own');

const OWN_STYLE = `# kept by mara
zones:
    shop:   { vpc: 'shop' }
exceptions:   # reviewed monthly
    # the first one
    - fingerprint: "aaaa-bbbb"   # old
      owner:  'x'
      reason: >
        folded
        text
      until: 2027-01-01
# the end
`;

describe('an exception in a postern.yml', () => {
  it.each<[string, string, string]>([
    ['none', '', `exceptions:\n${ENTRY}`],
    ['one of remarks', '# ours\n', `# ours\n\nexceptions:\n${ENTRY}`],
    ['one without a last line break', 'accounts: own', `accounts: own\n\nexceptions:\n${ENTRY}`],
    [
      'one without exceptions',
      'regions: [ a1 ]\n'.replace('a1', 'eu-west-1'),
      `regions: [ eu-west-1 ]\n\nexceptions:\n${ENTRY}`,
    ],
    ['an empty list', 'exceptions: []\n', `exceptions:\n${ENTRY}`],
    [
      'an empty map',
      '{}\n',
      `{ exceptions: [ { fingerprint: 7c1e-94ab, owner: mara, reason: 'it is "moved": # soon', until: 2026-04-01 } ] }\n`,
    ],
    ['a list among other things', OLD, OLD.replace('# soon\n', `# soon\n${ENTRY}`)],
    [
      'a list that is not indented',
      'exceptions:\n- { fingerprint: 1111-2222, owner: a, reason: b, until: 2026-12-01 }\n',
      `exceptions:\n- { fingerprint: 1111-2222, owner: a, reason: b, until: 2026-12-01 }\n${ENTRY.replaceAll(/^ {2}/gm, '')}`,
    ],
  ])('goes into %s, and nothing else changes', (_, before, after) => {
    expect(withException(before, 'postern.yml', ADDED)).toBe(after);
  });

  it('is renewed where it is, with its remarks, and what was accepted then is forgotten', () => {
    const first = `exceptions:
  - fingerprint: 7c1e-94ab # the bastion
    owner: jo
    reason: for now
    until: 2026-01-01 # a Thursday
    accepted: { severity: low }
`;
    expect(withException(first, 'postern.yml', { ...ADDED, reason: 'still' })).toBe(`exceptions:
  - fingerprint: 7c1e-94ab # the bastion
    owner: mara
    reason: still
    until: 2026-04-01 # a Thursday
`);
  });

  it('is not put into what is no configuration', () => {
    expect(() => withException('acounts: own\n', 'postern.yml', ADDED)).toThrow(
      'postern.yml:1:1: acounts: there is no such key',
    );
  });
});

describe('an exception that is withdrawn from a postern.yml', () => {
  const OTHER = `  - fingerprint: 1111-2222 # of May
    owner: a
    reason: b
    until: 2026-12-01
`;

  it.each<[string, string, string]>([
    [
      'before another',
      `# ours\nexceptions:\n${ENTRY}${OTHER}accounts: own\n`,
      `# ours\nexceptions:\n${OTHER}accounts: own\n`,
    ],
    ['after another', `exceptions:\n${OTHER}${ENTRY}`, `exceptions:\n${OTHER}`],
    [
      'alone among other things',
      `regions: [eu-west-1] # only\nexceptions:\n${ENTRY}`,
      'regions: [eu-west-1] # only\n',
    ],
    ['alone', `# ours\nexceptions:\n${ENTRY}`, '# ours\n'],
  ])('goes, %s', (_, before, after) => {
    expect(withoutException(before, 'postern.yml', '7c1e-94ab')).toBe(after);
  });

  it.each<[string, string]>([
    ['an empty file', ''],
    ['remarks', '# ours\n'],
    ['other keys', 'regions: [ eu-west-1,   us-east-1 ]   # two\n'],
    ['a list written in a style of its own', OWN_STYLE],
    ['line ends of Windows', OWN_STYLE.replaceAll('\n', '\r\n')],
  ])('and was just accepted leaves every character of the rest as it was: %s', (_, before) => {
    const accepted = withException(before, 'postern.yml', ADDED);
    expect(withException(accepted, 'postern.yml', ADDED)).toBe(accepted);
    const renewed = withException(accepted, 'postern.yml', { ...ADDED, until: '2027-01-02' });
    expect(renewed).toBe(accepted.replace('2026-04-01', '2027-01-02'));
    const graver = withException(renewed, 'postern.yml', { ...ADDED, accepted: { severity: 'high' } });
    expect(withException(graver, 'postern.yml', ADDED)).toBe(accepted);
    expect(withoutException(graver, 'postern.yml', '7c1e-94ab')).toBe(before);
  });

  it('leaves a remark beside the key, with an empty list', () => {
    const text = `exceptions: # looked at monthly\n${ENTRY}frontDoors: true\n`;
    expect(withoutException(text, 'postern.yml', '7c1e-94ab')).toBe(
      'exceptions: [] # looked at monthly\nfrontDoors: true\n',
    );
  });

  it('has to be there', () => {
    expect(() => withoutException(`exceptions:\n${OTHER}`, 'postern.yml', '7c1e-94ab')).toThrow(
      'nobody accepted 7c1e-94ab in postern.yml',
    );
  });
});

describe('the last day of an exception', () => {
  // just before midnight in UTC, when it is tomorrow already in half of the world
  const now = new Date('2026-03-01T23:59:59.999Z');

  it.each(['2026-03-01', '2026-04-01', '2027-03-01'])('may be %s', (day) => {
    expect(lastDay(day, now)).toBe(day);
  });

  it.each<[string, string]>([
    ['2026-02-28', '--until 2026-02-28 is over: it is 2026-03-01 by UTC'],
    ['2027-03-02', '--until 2027-03-02 is more than a year away: 2027-03-01 is the latest'],
    ['2026-02-30', 'is in the calendar'],
    ['1 April', 'a day is like 2026-04-01'],
    ['2026-04-01T00:00:00Z', 'a day is like 2026-04-01'],
  ])('may not be %s', (day, why) => {
    expect(() => lastDay(day, now)).toThrow(why);
  });
});

describe('exceptions in the table', () => {
  it('of each finding the last word holds, and every earlier one stays on record', async () => {
    const { notes } = memoryStores({ clock: () => new Date('2026-03-01T10:00:00Z') });
    const by = 'arn:aws:iam::111122223333:user/mara';
    const accepted = { severity: 'high', flows: 'tcp 22' } as const;
    await keepException(notes, { ...ADDED, accepted, by, at: '2026-03-01T10:00:00.000Z' });
    await keepException(notes, { ...ADDED, until: '2026-05-01', by, at: '2026-03-02T10:00:00.000Z' });
    await keepException(notes, { ...ADDED, fingerprint: '1111-2222', by, at: '2026-03-01T11:00:00.000Z' });
    expect((await exceptionHistory(notes, '7c1e-94ab')).map(({ until, by: who }) => [until, who])).toEqual([
      ['2026-04-01', by],
      ['2026-05-01', by],
    ]);
    expect((await keptExceptions(notes)).map(({ fingerprint, until }) => [fingerprint, until])).toEqual([
      ['1111-2222', '2026-04-01'],
      ['7c1e-94ab', '2026-05-01'],
    ]);
  });

  it('what was withdrawn does not hold, stays on record, and can be accepted anew', async () => {
    const { notes } = memoryStores({ clock: () => new Date('2026-03-01T10:00:00Z') });
    const by = 'arn:aws:iam::111122223333:user/mara';
    const at = (day: number): string => `2026-03-0${String(day)}T10:00:00.000Z`;
    await keepException(notes, { ...ADDED, by, at: at(1) });
    await keepException(notes, { ...ADDED, withdrawn: true, by, at: at(2) });
    expect(await keptExceptions(notes)).toEqual([]);
    expect((await exceptionHistory(notes)).map(({ withdrawn }) => withdrawn === true)).toEqual([false, true]);
    await keepException(notes, { ...ADDED, by, at: at(3) });
    expect(await keptExceptions(notes)).toHaveLength(1);
  });
});
