import { readFileSync } from 'node:fs';
import { SendEmailCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { run, scratch } from '../../support/run-cli.ts';

const { folder, write } = scratch();
const CONFIG = write('postern.yml', 'digest: { from: postern@shop.example }\n');
const NOBODY = write('nobody.yml', '');

const ses = mockClient(SESv2Client);
beforeEach(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'testing');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'testing');
  ses.reset();
  ses.on(SendEmailCommand).resolves({ MessageId: 'an-id' });
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const digest = (...args: readonly string[]) => run(['digest', ...args]);

describe('postern digest', () => {
  it('--preview is the mail of the bundled account, and asks AWS for nothing', async () => {
    const file = `${folder}/mail.html`;
    const { code, out, err } = await digest('--preview', '--output', file);
    expect(code).toBe(0);
    expect(out).toMatch(
      /^Subject: Postern weekly: 2 opened, 1 closed, risk \d+ \(\+\d+\), 1 not seen - Shop Ltd$/m,
    );
    expect(out).toContain('WHAT TO DO FIRST');
    expect(out).toMatch(/^aws ec2 revoke-security-group-ingress .*sgr-008d7db4aae3c7834$/m);
    expect(err).toContain('of the bundled account after twelve weeks');
    expect(readFileSync(file, 'utf8')).toMatch(/^<!DOCTYPE html><html/);
    expect(ses.commandCalls(SendEmailCommand)).toEqual([]);
  });

  it('--preview --format json is what it is made of', async () => {
    const { out } = await digest('--preview', '--format', 'json');
    expect(JSON.parse(out)).toMatchObject({
      schema: 1,
      organisation: 'Shop Ltd',
      week: '2026-W10',
      isFirst: false,
    });
  });

  it('--send-test sends it to one address, marked', async () => {
    const { code, out } = await digest(
      '--send-test',
      'me@shop.example',
      '--config',
      CONFIG,
      '--region',
      'eu-west-1',
    );
    expect([code, out]).toEqual([0, expect.stringMatching(/^SES took it for me@shop\.example: an-id/)]);
    const { input } = ses.commandCalls(SendEmailCommand)[0]!.args[0];
    expect(input).toMatchObject({
      FromEmailAddress: 'postern@shop.example',
      Destination: { ToAddresses: ['me@shop.example'] },
    });
    expect(Buffer.from(input.Content!.Raw!.Data!).toString('latin1')).toMatch(
      /^Subject: \[test\] Postern weekly/m,
    );
  });

  it.each<[string, readonly string[], RegExp]>([
    ['nothing to do', [], /postern digest --preview, or --send-test ADDRESS/],
    [
      'no sender',
      ['--send-test', 'me@shop.example', '--config', NOBODY, '--region', 'eu-west-1'],
      /who sends it\? Set digest\.from/,
    ],
    ['no address', ['--send-test', 'me', '--config', CONFIG, '--region', 'eu-west-1'], /an address is like/],
    ['no Region', ['--send-test', 'me@shop.example', '--config', CONFIG], /in which Region/],
  ])('%s is a question that cannot be answered', async (_, args, why) => {
    vi.stubEnv('AWS_REGION', '');
    vi.stubEnv('AWS_DEFAULT_REGION', '');
    const { code, err } = await digest(...args);
    expect(code).toBe(2);
    expect(err).toMatch(why);
  });

  it('a refusal of SES is told with what to do', async () => {
    const error = Object.assign(new Error('Email address is not verified'), {
      name: 'MessageRejected',
      $metadata: { httpStatusCode: 400 },
    });
    ses.on(SendEmailCommand).rejects(error);
    const { code, err } = await digest(
      '--send-test',
      'me@shop.example',
      '--config',
      CONFIG,
      '--region',
      'eu-west-1',
    );
    expect(code).toBe(2);
    expect(err).toMatch(/not verified.*Verify the address or its domain/s);
  });
});
