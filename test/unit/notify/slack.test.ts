import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { ChannelFailure, slackChannel, type SlackSecret } from '#notify';
import { BASTION_OPENED } from '../../support/alert.ts';
import { withSlack, type SlackAnswer } from '../../support/slack-server.ts';

const TOKEN = 'xoxb-2468-secret';
const PATH = '/services/T000/B000/secret';
const OK: SlackAnswer = { status: 200, body: 'ok' };

const CLIENTS = ['bot', 'webhook'] as const;
type Client = (typeof CLIENTS)[number];

function channelOf(client: Client, url: string, { timeoutMs = 5_000, channel = 'C0123456' } = {}) {
  const secret: SlackSecret =
    client === 'bot' ? { kind: 'bot', token: TOKEN, channel } : { kind: 'webhook', url: `${url}${PATH}` };
  return slackChannel({ secret, slackApiUrl: `${url}/api/`, timeoutMs });
}

function posted(ts: string, channel = 'C0123456'): SlackAnswer {
  return { status: 200, body: JSON.stringify({ ok: true, channel, ts }) };
}

function refused(client: Client, status: number, code: string): SlackAnswer {
  return client === 'bot'
    ? { status: 200, body: JSON.stringify({ ok: false, error: code }) }
    : { status, body: code };
}

/** The failure, after a look at whether it holds the secret anywhere that a log would show. */
async function failureOf(sending: Promise<unknown>): Promise<ChannelFailure> {
  const error = await sending.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ChannelFailure);
  expect(inspect(error, { depth: 20, showHidden: true })).not.toMatch(/xoxb|services|secret/);
  return error as ChannelFailure;
}

describe.each(CLIENTS)('Slack by %s', (client) => {
  it('gets blocks and a text, and makes nothing of plain words', async () => {
    await withSlack([client === 'bot' ? posted('17.1') : OK], async (url, requests) => {
      await channelOf(client, url).send(BASTION_OPENED);
      expect(requests).toHaveLength(1);
      const { path, headers, fields } = requests[0]!;
      expect(path).toBe(client === 'bot' ? '/api/chat.postMessage' : PATH);
      if (client === 'bot') {
        expect(headers.authorization).toBe(`Bearer ${TOKEN}`);
        expect(fields).toMatchObject({ channel: 'C0123456' });
      }
      expect(fields['text']).toMatch(/^CRITICAL {2}SSH on bastion/);
      expect(fields['blocks']).toMatchObject([
        { type: 'header' },
        { type: 'context' },
        {},
        {},
        {},
        {},
        {},
        {},
        {},
        {},
      ]);
      // a form has words only
      expect(String(fields['parse'])).toBe('none');
      for (const name of ['unfurl_links', 'unfurl_media', 'link_names', 'mrkdwn'])
        expect(String(fields[name]), name).toBe('false');
    });
  });

  it.each<[string, string | undefined, number | undefined]>([
    ['seconds', '30', 30_000],
    ['none', undefined, undefined],
    ['nonsense', 'soon', undefined],
  ])('when asked to wait (%s), says how long and does not wait itself', async (_, seconds, retryAfterMs) => {
    const headers: Record<string, string> = seconds === undefined ? {} : { 'retry-after': seconds };
    await withSlack([{ status: 429, headers, body: 'rate_limited' }], async (url, requests) => {
      const failure = await failureOf(channelOf(client, url).send(BASTION_OPENED));
      expect(failure).toMatchObject({ mayRecover: true, retryAfterMs });
      expect(failure.message).toContain('429');
      expect(requests).toHaveLength(1);
    });
  });

  it('may recover from an error of its own, and is not asked again here', async () => {
    await withSlack([{ status: 503, body: '<html>' }], async (url, requests) => {
      const failure = await failureOf(channelOf(client, url).send(BASTION_OPENED));
      expect(failure).toMatchObject({ mayRecover: true, retryAfterMs: undefined });
      expect(failure.message).toContain('503');
      expect(requests).toHaveLength(1);
    });
  });

  it('that does not answer is given up in time', async () => {
    await withSlack(['silence'], async (url) => {
      const failure = await failureOf(channelOf(client, url, { timeoutMs: 50 }).send(BASTION_OPENED));
      expect(failure.mayRecover).toBe(true);
      expect(failure.message).toContain('no answer in time');
    });
  });

  it('that is not there may recover', async () => {
    const url = await withSlack([], (gone) => Promise.resolve(gone));
    const failure = await failureOf(channelOf(client, url).send(BASTION_OPENED));
    expect(failure.mayRecover).toBe(true);
    expect(failure.message).toContain('ECONNREFUSED');
  });

  it('takes fewer words where it refuses the form', async () => {
    const form: SlackAnswer = refused(client, 400, 'invalid_blocks');
    await withSlack([form, client === 'bot' ? posted('17.1') : OK], async (url, requests) => {
      await channelOf(client, url).send(BASTION_OPENED);
      expect(requests).toHaveLength(2);
      const { fields } = requests[1]!;
      expect(fields['blocks']).toBeUndefined();
      expect(fields['text']).toContain('SSH on bastion is now open to the whole internet');
      expect(fields['text']).toContain('fingerprint 7c1e94ab');
    });
  });

  it('that refuses even these is final', async () => {
    const form: SlackAnswer = refused(client, 400, 'invalid_blocks');
    await withSlack([form, form], async (url, requests) => {
      const failure = await failureOf(channelOf(client, url).send(BASTION_OPENED));
      expect(failure.mayRecover).toBe(false);
      expect(requests).toHaveLength(2);
    });
  });
});

describe('a refusal of Slack', () => {
  it.each<[Client, number, string, boolean, RegExp]>([
    ['bot', 200, 'invalid_auth', false, /bot token/],
    ['bot', 200, 'token_revoked', false, /bot token/],
    ['bot', 200, 'missing_scope', false, /chat:write/],
    ['bot', 200, 'channel_not_found', false, /\/invite/],
    ['bot', 200, 'not_in_channel', false, /\/invite/],
    ['bot', 200, 'is_archived', false, /Unarchive/],
    ['bot', 200, 'internal_error', true, /tried again later/],
    ['bot', 200, 'a_code_of_next_year', true, /a_code_of_next_year/],
    ['webhook', 410, 'no_service', false, /new incoming webhook/],
    ['webhook', 404, 'channel_not_found', false, /Correct the channel/],
    ['webhook', 410, 'channel_is_archived', false, /Unarchive/],
    ['webhook', 403, 'action_prohibited', false, /administrator/],
    ['webhook', 403, 'invalid_token', false, /new incoming webhook/],
    ['webhook', 418, '<html>xoxb-what</html>', true, /an error without a code/],
  ])('by %s, %d %s: may recover %s', async (client, status, code, mayRecover, says) => {
    await withSlack([refused(client, status, code)], async (url) => {
      const failure = await failureOf(channelOf(client, url).send(BASTION_OPENED));
      expect(failure.message).toMatch(says);
      expect(failure.mayRecover).toBe(mayRecover);
    });
  });

  it('a page that says 200 and not "ok" is no yes', async () => {
    await withSlack([{ status: 200, body: '<html>Welcome' }], async (url) => {
      expect((await failureOf(channelOf('webhook', url).send(BASTION_OPENED))).message).toContain(
        'not as Slack',
      );
    });
  });
});

describe('threads', () => {
  it('later news goes where the first went, bad news to the channel as well', async () => {
    await withSlack([posted('17.1'), posted('17.2'), posted('17.3')], async (url, requests) => {
      const channel = channelOf('bot', url);
      const first = await channel.send(BASTION_OPENED);
      expect(first).toEqual({ reference: 'C0123456:17.1' });
      const second = await channel.send({ ...BASTION_OPENED, kind: 'reminder' }, first.reference);
      expect(second).toEqual(first);
      await channel.send({ ...BASTION_OPENED, kind: 'resolved' }, second.reference);
      expect(requests.map(({ fields }) => [fields['thread_ts'], fields['reply_broadcast']])).toEqual([
        [undefined, undefined],
        ['17.1', 'true'],
        ['17.1', 'false'],
      ]);
    });
  });

  it.each<[string, string]>([
    ['of another channel', 'C9999999:17.1'],
    ['that is not ours', '0a1b-sns-message-id'],
  ])('one %s is not followed', async (_, reference) => {
    await withSlack([posted('17.9')], async (url, requests) => {
      expect(await channelOf('bot', url).send(BASTION_OPENED, reference)).toEqual({
        reference: 'C0123456:17.9',
      });
      expect(requests[0]!.fields['thread_ts']).toBeUndefined();
    });
  });

  it('a channel by name is posted to by the id that Slack gave', async () => {
    await withSlack([posted('17.1'), posted('17.2')], async (url, requests) => {
      const channel = channelOf('bot', url, { channel: '#alerts' });
      const { reference = '' } = await channel.send(BASTION_OPENED);
      await channel.send(BASTION_OPENED, reference);
      expect(requests.map(({ fields }) => fields['channel'])).toEqual(['#alerts', 'C0123456']);
    });
  });

  it('one that is gone is left, and the news is not', async () => {
    await withSlack([refused('bot', 200, 'thread_not_found'), posted('18.1')], async (url, requests) => {
      const sent = await channelOf('bot', url).send(BASTION_OPENED, 'C0123456:17.1');
      expect(sent).toEqual({ reference: 'C0123456:18.1' });
      expect(requests.map(({ fields }) => fields['thread_ts'])).toEqual(['17.1', undefined]);
    });
  });

  it('a webhook has none', async () => {
    await withSlack([OK], async (url, requests) => {
      expect(await channelOf('webhook', url).send(BASTION_OPENED, 'C0123456:17.1')).toEqual({});
      expect(requests[0]!.fields['thread_ts']).toBeUndefined();
    });
  });
});
