import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { OutboxItem } from '#store';
import { run } from '../support/run-cli.ts';
import { buildAccount, REGION } from './account.ts';
import { deploy, type Deployment } from './deployment.ts';
import { endClaims } from './end-claims.ts';
import { doorOf } from './door.ts';
import { PostOffice } from './post-office.ts';

/* The weekly mail, made and sent by the bundled function over the API of SES, and read by a parser that knows nothing of who wrote it. */

const CONFIG = `
regions: [eu-west-1]
channels: { slack: false, eventbridge: false }
digest:
  organization: "Straße & Söhne <shop>"
  timeZone: Europe/Berlin
  from: postern@shop.example
  recipients: [security@shop.example, ops@shop.example]
  unsubscribe: nomail@shop.example
`;

const office = new PostOffice();
let deployment: Deployment;
let item: OutboxItem;

beforeAll(async () => {
  await office.start();
  deployment = await deploy(CONFIG, { AWS_ENDPOINT_URL_SESV2: office.endpoint });
  const { ec2, groups } = await buildAccount(deployment.proxy.endpoint);
  await doorOf(ec2, groups.bastion).open();
  await deployment.functions.schedule.invoke({});
  expect(await deployment.settle()).toBe(0);
  await deployment.heard();
}, 300_000);
afterAll(async () => {
  await deployment.close();
  await office.stop();
});
beforeEach(() => {
  office.refusal = undefined;
  office.mails.length = 0;
});

type Parsed = {
  readonly headers: Readonly<Record<string, string>>;
  readonly type: string;
  readonly alternatives: readonly string[];
  readonly text: string;
  readonly html: string;
  readonly htmlAsSent: number;
  readonly attachment: { readonly name: string; readonly type: string };
  readonly rows: readonly Readonly<Record<string, string>>[];
  readonly defects: readonly string[];
  readonly longestLine: number;
  readonly isAscii: boolean;
};

function parsed(mail: Buffer | undefined): Parsed {
  const script = join(import.meta.dirname, 'parse-mail.py');
  const python = process.env['POSTERN_E2E_PYTHON'] ?? 'python3';
  const out = execFileSync(python, [script], { input: mail ?? '', encoding: 'utf8', maxBuffer: 2 ** 26 });
  return JSON.parse(out) as Parsed;
}

const strike = () => deployment.functions.digest.invoke({ digest: new Date().toISOString() });

it('the clock strikes: one mail, as mail programs expect it', async () => {
  await strike();
  expect(await deployment.settle()).toBe(0);
  expect(office.mails).toHaveLength(1);
  const mail = parsed(office.mails[0]);
  expect(mail).toMatchObject({
    type: 'multipart/mixed',
    alternatives: ['text/plain', 'text/html'],
    attachment: { name: expect.stringMatching(/^postern-\d{4}-W\d\d\.csv$/) as unknown, type: 'text/csv' },
    defects: [],
    isAscii: true,
  });
  expect(mail.longestLine).toBeLessThan(998);
  expect(mail.headers).toMatchObject({
    From: 'Postern <postern@shop.example>',
    To: 'security@shop.example, ops@shop.example',
    Subject: expect.stringMatching(
      /^Postern weekly: first look, \d+ open, risk \d+ - Straße & Söhne <shop>$/,
    ) as unknown,
    'In-Reply-To': '<weekly.postern-prod@postern.invalid>',
    References: '<weekly.postern-prod@postern.invalid>',
    'List-Unsubscribe': '<mailto:nomail@shop.example?subject=unsubscribe%20postern%20weekly>',
    'Auto-Submitted': 'auto-generated',
    'MIME-Version': '1.0',
  });
  const [first] = await office.taken();
  expect(first).toMatchObject({ subject: mail.headers['Subject'], attachments: [expect.anything()] });
});

it('text, page and attachment tell of the same doors', async () => {
  const [kept] = await deployment.stores.state.owedItem(await weekItem()).then((found) => [found]);
  item = kept!;
  // what was sent is what is kept
  const { subject, text, html } = JSON.parse((await deployment.stores.objects.get(item.alerts))!) as {
    subject: string;
    text: string;
    html: string;
  };
  const page = (await deployment.stores.objects.get(html))!;
  await owe('digest/once-more');
  expect(await deployment.settle()).toBe(0);
  const mail = parsed(office.mails[0]);
  expect(mail.headers['Subject']).toBe(subject);
  expect(mail.text.replaceAll('\r\n', '\n').trim()).toBe(text.trim());
  expect(mail.html.replaceAll('\r\n', '\n').trim()).toBe(page.trim());
  expect(Buffer.byteLength(mail.html)).toBeLessThan(102 * 1024);
  expect(mail.htmlAsSent).toBeLessThan(102 * 1024);
  const headline = 'SSH on bastion is open to the whole internet';
  expect(mail.text.replaceAll(/\s+/g, ' ')).toContain(headline);
  expect(mail.html).toContain(headline);
  expect(mail.html).toContain('Straße &amp; Söhne &lt;shop&gt;');
  expect(mail.rows).toContainEqual(
    expect.objectContaining({
      state: 'open',
      severity: 'critical',
      title: headline,
      account: '123456789012',
    }),
  );
});

it('it strikes once more in the same week, and a call is made again: nothing is sent', async () => {
  await strike();
  await strike();
  await deployment.functions.deliver.invoke({ sweep: true });
  expect(await deployment.settle()).toBe(0);
  expect(office.mails).toEqual([]);
  expect(await deployment.heard()).toMatchObject({ sns: [] });
});

it('it dies between the yes of SES and the record: once the claim is over, exactly one repeat', async () => {
  office.onTaken = async () => {
    office.onTaken = () => Promise.resolve();
    await deployment.functions.digest.kill();
  };
  await owe('digest/killed');
  expect(await deployment.settle()).toBe(1);
  expect(office.mails).toHaveLength(1);

  // as long as the dead process may be at it, nobody else is
  await deployment.passInQueues(360);
  expect(await deployment.settle()).toBe(0);
  expect(office.mails).toHaveLength(1);

  await endClaims(deployment.stores);
  await deployment.passInQueues(60);
  expect(await deployment.settle()).toBe(0);
  expect(office.mails).toHaveLength(2);
  expect(office.mails[0]!.equals(office.mails[1]!)).toBe(true);

  await deployment.passInQueues(3600);
  await deployment.functions.deliver.invoke({ sweep: true });
  expect(await deployment.settle()).toBe(0);
  expect(office.mails).toHaveLength(2);
  expect(await deployment.stores.state.owed()).toEqual([]);
});

it('SES refuses the sender: it goes to the topic of alerts', async () => {
  const message =
    'Email address is not verified. The following identities failed the check: postern@shop.example';
  office.refusal = { status: 400, type: 'MessageRejected', message };
  await owe('digest/refused');
  expect(await deployment.settle()).toBe(0);
  expect((await deployment.heard()).mails).toMatchObject([
    {
      subject: expect.stringMatching(/^Postern weekly: /) as unknown,
      message: { kind: 'digest' },
      attributes: { type: 'digest' },
    },
  ]);
  expect(await deployment.stores.state.owed()).toEqual([]);
});

it('SES is down: the queue tries again, and after an hour it goes to the topic', async () => {
  office.refusal = { status: 503, type: 'ServiceUnavailable', message: 'down' };
  await owe('digest/down');
  expect(await deployment.settle()).toBe(1);
  expect((await deployment.heard()).mails).toEqual([]);
  expect((await deployment.stores.state.owed()).map(({ id }) => id)).toEqual(['digest/down']);

  await owe('digest/down-for-long', new Date(Date.now() - 2 * 3_600_000));
  await deployment.settle();
  expect((await deployment.heard()).mails).toMatchObject([{ message: { kind: 'digest' } }]);

  office.refusal = undefined;
  await deployment.passInQueues(360);
  expect(await deployment.settle()).toBe(0);
  expect(office.mails).toHaveLength(1);
  expect(await deployment.stores.state.owed()).toEqual([]);
});

it('somebody at a desk sees what the deployment would send, and sends it to himself', async () => {
  const config = join(mkdtempSync(join(tmpdir(), 'postern-digest-')), 'postern.yml');
  writeFileSync(config, CONFIG);
  const { TABLE_NAME: table, BUCKET_NAME: bucket } = deployment.stack.environment('digest');
  vi.stubEnv('AWS_ENDPOINT_URL', deployment.proxy.endpoint);
  vi.stubEnv('AWS_ENDPOINT_URL_SESV2', office.endpoint);
  try {
    const { code, out, err } = await run([
      ...['digest', '--preview', '--send-test', 'me@shop.example', '--stage', 'prod', '--region', REGION],
      ...['--table', table ?? '', '--bucket', bucket ?? '', '--config', config],
    ]);
    expect([code, err]).toEqual([0, expect.stringContaining(`this is of the table ${table ?? ''}`)]);
    expect(out).toContain('SSH on bastion is open to the whole internet');
  } finally {
    vi.unstubAllEnvs();
    rmSync(dirname(config), { recursive: true });
  }
  const mail = parsed(office.mails[0]);
  expect(mail.headers).toMatchObject({
    To: 'me@shop.example',
    Subject: expect.stringMatching(/^\[test\] Postern weekly: /) as unknown,
  });
  expect(await deployment.stores.state.owed()).toEqual([]);
});

/** The item of the week in which this runs. */
async function weekItem(): Promise<string> {
  const [record] = await deployment.stores.history.since('2020-W01');
  return `digest/${record?.week ?? ''}`;
}

/** The week's mail once more, under another name, as if another week had made it. */
async function owe(id: string, createdAt = new Date()): Promise<void> {
  const { stores, sqs, stack } = deployment;
  await stores.state.owe({
    ...item,
    id,
    createdAt: createdAt.toISOString(),
    deliveries: [{ channel: 'email', alert: id }],
  });
  const MessageBody = JSON.stringify({ channel: 'email', item: id });
  await sqs.send(new SendMessageCommand({ QueueUrl: stack.queueUrl('EmailQueue'), MessageBody }));
}
