import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { HOSTILE_ACCOUNTS, hostileNames } from '../../bench/world/hostile.ts';
import { ACCOUNT, run, scratch } from '../../support/run-cli.ts';

const { write } = scratch();
const ESCAPE = '\u001b';
/** What can act on a terminal, or turn what is read around. Line ends are ours. */
const ACTS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/u;

const AUDIT = ['audit', '--snapshot', ACCOUNT];

describe('colour', () => {
  it('is for terminals', async () => {
    expect((await run(AUDIT)).out).not.toContain(ESCAPE);
    expect((await run(AUDIT, { isTerminal: true })).out).toContain(`${ESCAPE}[`);
  });

  it('is off where NO_COLOR asks for it', async () => {
    expect((await run(AUDIT, { isTerminal: true, noColour: true })).out).not.toContain(ESCAPE);
  });

  it('changes nothing but the looks', async () => {
    const colours = new RegExp(`${ESCAPE}\\[[0-9;]*m`, 'g');
    expect((await run(AUDIT, { isTerminal: true })).out.replaceAll(colours, '')).toBe((await run(AUDIT)).out);
  });

  it('is never in JSON', async () => {
    expect((await run([...AUDIT, '--format', 'json'], { isTerminal: true })).out).not.toContain(ESCAPE);
  });
});

const QUESTIONS: readonly (readonly string[])[] = [
  ['audit'],
  ['exposure'],
  ['list'],
  ['explain', 'internet', '10.1.0.10', 'tcp/443'],
  ['explain', '10.1.0.10', '10.1.1.10', 'tcp/5432'],
  ['paths', 'internet', '10.1.1.10'],
  ['blast-radius', 'internet'],
];

describe('names that act on a terminal', () => {
  const file = write('names.json', hostileNames()[0]);

  it.each(QUESTIONS.flatMap((question) => [question, [...question, '--format', 'json']]))(
    'are never printed raw: %s %s %s %s',
    async (...question) => {
      const { code, out, err } = await run([...question, '--snapshot', file]);
      expect(code).toBeLessThan(2);
      expect(out).not.toBe('');
      expect(ACTS.exec(out + err)).toBeNull();
    },
  );

  it('nor in complaints about names', async () => {
    const { code, err } = await run(['explain', 'e', 'nobody', '--snapshot', file]);
    expect(code).toBe(2);
    expect(ACTS.exec(err)).toBeNull();
  });

  it('nor as ids', async () => {
    const text = JSON.stringify(hostileNames()[0]).replaceAll(
      /"((?:eni|i|sg|sgr|acl|rtb|igw|subnet|vpc)-0[0-9a-f]+)"/g,
      (_, id: string) => JSON.stringify(`${id}${ESCAPE}[2J\u009b\u202e`),
    );
    for (const question of QUESTIONS) {
      const { code, out, err } = await run([...question, '--snapshot', write('ids.json', text)]);
      expect(ACTS.exec(out + err)).toBeNull();
      expect(code).toBeLessThanOrEqual(2);
    }
  });

  it('nor from a file that is no JSON', async () => {
    const { code, err } = await run([
      'audit',
      '--snapshot',
      write('bad.json', `${ESCAPE}[2J no JSON \u009b`),
    ]);
    expect(code).toBe(2);
    expect(ACTS.exec(err)).toBeNull();
    const facts = await run(['assert', write('facts.json', `${ESCAPE}[2J`), '--snapshot', ACCOUNT]);
    expect(facts.code).toBe(2);
    expect(ACTS.exec(facts.err)).toBeNull();
  });

  it('nor from who made a change', async () => {
    const event = JSON.parse(
      readFileSync('examples/demo-account/events/01-bastion-ssh-world/event.json', 'utf8'),
    ) as { detail: { userAgent: string; sourceIPAddress: string; userIdentity: Record<string, unknown> } };
    event.detail.userAgent = `aws-cli${ESCAPE}[2J\u009b`;
    event.detail.sourceIPAddress = `1.2.3.4\u202e`;
    event.detail.userIdentity['arn'] = `arn:aws:sts::111122223333:assumed-role/admin${ESCAPE}[31m/mara\u0007`;
    const args = [
      'replay',
      write('event.json', event),
      '--patch',
      'examples/demo-account/events/01-bastion-ssh-world/patch.json',
      '--snapshot',
      ACCOUNT,
    ];
    for (const format of ['text', 'json']) {
      const { code, out } = await run([...args, '--format', format]);
      expect(code).toBe(1);
      expect(ACTS.exec(out)).toBeNull();
    }
  });
});

describe('hostile accounts', () => {
  const names = Object.keys(HOSTILE_ACCOUNTS).filter((name) => name !== 'hugeGroup');

  it.each(names)('%s is audited or refused, never a crash', async (name) => {
    const accounts = HOSTILE_ACCOUNTS[name]!();
    const file = write(`${name}.json`, accounts.length === 1 ? accounts[0] : { targets: accounts });
    const { code, out, err } = await run(['audit', '--snapshot', file, '--format', 'json']);
    expect(err).not.toMatch(/fault of postern|^\s+at /m);
    expect(code).toBeLessThanOrEqual(2);
    expect(ACTS.exec(out + err)).toBeNull();
    if (code < 2) expect(JSON.parse(out)).toHaveProperty('findings');
  });
});
