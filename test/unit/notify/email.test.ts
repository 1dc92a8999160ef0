import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { mockClient } from 'aws-sdk-client-mock';
import { SendEmailCommand } from '@aws-sdk/client-sesv2';
import { ChannelFailure, sesSender, type Mail } from '#notify';
import { mimeOf } from '../../../lib/notify/channels/email/mime.ts';

const MAIL: Mail = {
  from: 'postern@shop.example',
  fromName: 'Postern',
  to: ['sec@shop.example', 'ops@shop.example'],
  subject: 'Postern weekly: 2 opened - shop',
  html: '<p>page</p>',
  text: 'text\n',
  attachments: [{ name: 'postern-2026-W10.csv', type: 'text/csv; charset=utf-8', content: '\ufeffa,b\r\n' }],
  thread: 'weekly.postern-prod',
  key: '2026-W10',
  unsubscribe: 'sec@shop.example',
  date: '2026-03-02T07:00:00.000Z',
};

async function sent(more: Partial<Mail> = {}): Promise<string> {
  return Buffer.from(await mimeOf({ ...MAIL, ...more })).toString('latin1');
}

/** The headers of the mail itself, unfolded. */
function headersOf(mime: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const line of mime
    .slice(0, mime.indexOf('\r\n\r\n'))
    .replaceAll(/\r\n[ \t]+/g, ' ')
    .split('\r\n')) {
    const [name = '', ...value] = line.split(':');
    found.set(name, [...(found.get(name) ?? []), value.join(':').trim()]);
  }
  return found;
}

describe('a mail as it travels', () => {
  it('is the same bytes for the same mail, and other bytes for another', async () => {
    expect(await sent()).toBe(await sent());
    expect(await sent({ key: '2026-W11' })).not.toBe(await sent());
  });

  it('refers to one root over the weeks, and has an id of its own in each', async () => {
    const [one, two] = [headersOf(await sent()), headersOf(await sent({ key: '2026-W11' }))];
    for (const name of ['References', 'In-Reply-To']) expect(two.get(name)).toEqual(one.get(name));
    expect(one.get('References')).toEqual(['<weekly.postern-prod@postern.invalid>']);
    expect(two.get('Message-ID')).not.toEqual(one.get('Message-ID'));
    expect(one.get('Message-ID')).not.toEqual(one.get('References'));
  });

  it('has each header once, whatever the texts hold: none begins another', async () => {
    const plain = [...headersOf(await sent()).keys()].toSorted();
    const nasty = fc.oneof(
      fc.string({ maxLength: 30 }),
      fc.constantFrom(
        'a\r\nBcc: thief@elsewhere.example',
        'a\nX: y',
        'ü\r\n\r\nbody',
        '\u2028Bcc: x@y.example',
        '=?utf-8?q?x?=',
      ),
    );
    await fc.assert(
      fc.asyncProperty(nasty, async (text) => {
        const headers = headersOf(await sent({ subject: `Postern ${text}`, fromName: `P ${text}` }));
        expect([...headers.keys()].toSorted()).toEqual(plain);
        for (const [, values] of headers) expect(values).toHaveLength(1);
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['readable, where it is mostly ASCII', '<p>ü and text</p>', 'quoted-printable'],
    ['in base64, where it is not: what is long is hidden by Gmail', '名'.repeat(500), 'base64'],
  ])('is %s', async (_, html, encoding) => {
    const mime = await sent({ html });
    const part = mime.slice(mime.indexOf('Content-Type: text/html'));
    expect(/Content-Transfer-Encoding: (\S+)/.exec(part)?.[1]).toBe(encoding);
    expect(/^[\x00-\x7f]*$/.test(mime)).toBe(true);
    expect(Math.max(...mime.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(200);
  });
});

describe('SES', () => {
  const aws = mockClient(SESv2Client);
  const sender = (configurationSet?: string) =>
    sesSender({
      client: new SESv2Client({ region: 'eu-west-1' }),
      ...(configurationSet !== undefined && { configurationSet }),
    });

  it('gets the mail whole, for those it is to, and in the name of its sender', async () => {
    aws.reset();
    aws.on(SendEmailCommand).resolves({ MessageId: 'an-id' });
    expect(await sender('mine').send(MAIL)).toEqual({ id: 'an-id' });
    const { args } = aws.commandCalls(SendEmailCommand)[0]!;
    expect(args[0].input).toMatchObject({
      FromEmailAddress: 'postern@shop.example',
      Destination: { ToAddresses: ['sec@shop.example', 'ops@shop.example'] },
      ConfigurationSetName: 'mine',
    });
    expect(Buffer.from(args[0].input.Content!.Raw!.Data!).toString('latin1')).toBe(await sent());
  });

  it.each([
    ['MessageRejected', 400, false, /Verify the address or its domain.*sandbox/],
    ['MailFromDomainNotVerifiedException', 400, false, /Verify/],
    ['AccountSuspendedException', 400, false, /support centre/],
    ['SendingPausedException', 400, false, /paused/],
    ['NotFoundException', 404, false, /configuration set/],
    ['AccessDeniedException', 403, false, /ses:SendEmail.*sandbox/],
    ['TooManyRequestsException', 429, true, /tried again later/],
    ['ServiceUnavailable', 503, true, /tried again later/],
  ])('%s: whether it may help to try again, and what to do', async (name, status, mayRecover, todo) => {
    aws.reset();
    const error = Object.assign(new Error('no'), { name, $metadata: { httpStatusCode: status } });
    aws.on(SendEmailCommand).rejects(error);
    const failure = await sender()
      .send(MAIL)
      .catch((caught: unknown) => caught);
    expect(failure).toBeInstanceOf(ChannelFailure);
    expect((failure as ChannelFailure).mayRecover).toBe(mayRecover);
    expect((failure as ChannelFailure).message).toMatch(todo);
  });
});
