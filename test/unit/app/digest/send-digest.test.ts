import { describe, expect, it } from 'vitest';
import { ChannelFailure } from '#notify';
import { parseConfig } from '../../../../lib/app/config/parse-config.ts';
import { keptReport } from '../../../../lib/app/watch/keep-report.ts';
import { mimeOf } from '../../../../lib/notify/channels/email/mime.ts';
import { DigestWorld } from '../../../support/digest-world.ts';
import { Died, TARGET } from '../../../support/watched.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

async function world(): Promise<DigestWorld> {
  const made = new DigestWorld();
  await made.look();
  return made;
}

const down = (): Error => new ChannelFailure('SES for postern@shop.example: down');
const refused = (): Error =>
  new ChannelFailure('SES for postern@shop.example: MessageRejected: Email address is not verified', {
    mayRecover: false,
  });

describe('a week', () => {
  it('has one mail, however often the clock strikes', async () => {
    const post = await world();
    expect(await post.strike()).toMatchObject({ kind: 'owed', week: '2026-W09' });
    expect(await post.take()).toMatchObject({ kind: 'sent' });
    post.pass(2 * HOUR);
    expect(await post.strike()).toMatchObject({ kind: 'there already' });
    expect(await post.strike('not a time')).toMatchObject({ kind: 'there already' });
    for (const _ of post.queue.slice()) expect(await post.take()).toEqual({ kind: 'nothing is owed' });
    expect(post.sent).toHaveLength(1);
    expect(post.sent[0]).toMatchObject({
      to: ['sec@shop.example', 'ops@shop.example'],
      subject: expect.stringMatching(/^Postern weekly: first look/) as unknown,
      key: '2026-W09',
      thread: 'weekly.postern-test',
    });
    expect(await post.watched.stores.state.owed()).toEqual([]);
  });

  it('that follows has the next, with what the one before left behind', async () => {
    const post = await world();
    await post.strike();
    await post.take();
    post.pass(7 * DAY);
    await post.look();
    expect(await post.strike()).toMatchObject({ kind: 'owed', week: '2026-W10' });
    await post.take();
    expect(post.sent.map(({ key }) => key)).toEqual(['2026-W09', '2026-W10']);
    expect(post.sent[1]!.subject).toMatch(/^Postern weekly: 0 opened, 0 closed, risk 1 \(0\) - /);
    expect((await post.watched.stores.history.since('2026-W01')).map(({ week }) => week)).toEqual([
      '2026-W09',
      '2026-W10',
    ]);
  });

  it('is that for which the clock was due, where it strikes late', async () => {
    const post = await world();
    const due = post.watched.iso();
    post.pass(20 * HOUR);
    expect(await post.strike(due)).toMatchObject({ week: '2026-W09' });
    expect(await post.strike()).toMatchObject({ week: '2026-W10' });
  });

  it('of two that make it at once has one mail', async () => {
    const post = await world();
    await Promise.all([post.strike(), post.strike(), post.strike()]);
    const outcomes = [];
    while (post.queue.length > 0) outcomes.push((await post.take()).kind);
    expect(post.sent).toHaveLength(1);
    expect(outcomes.filter((kind) => kind === 'sent')).toHaveLength(1);
  });
});

describe('a mail', () => {
  it('of which the sender dies between the yes of SES and the record is sent once more, byte for byte', async () => {
    const post = await world();
    post.onSent = () => {
      post.onSent = () => undefined;
      throw new Died();
    };
    const { item } = (await post.strike()) as { item: string };
    await expect(post.take()).rejects.toThrow(Died);
    // the queue gives it again; the dead one may still be at it
    post.queue.push({ channel: 'email', item });
    expect(await post.take()).toMatchObject({ kind: 'later', seconds: 60 });
    post.pass(MINUTE);
    expect(await post.take()).toMatchObject({ kind: 'sent' });
    expect(post.sent).toHaveLength(2);
    const [first, second] = await Promise.all(post.sent.map(mimeOf));
    expect(Buffer.from(first!).equals(Buffer.from(second!))).toBe(true);
    post.queue.push({ channel: 'email', item });
    expect(await post.take()).toEqual({ kind: 'nothing is owed' });
  });

  it('names where the whole report lies, in the page and in the text, for those who may read it', async () => {
    const post = new DigestWorld();
    post.watched.keepsReports = true;
    await post.look();
    await post.strike();
    await post.take();
    const { key } = (await keptReport(TARGET, post.watched.stores))!;
    const url = `https://eu-west-1.console.aws.amazon.com/s3/object/shop-bucket?region=eu-west-1&prefix=${encodeURIComponent(key)}`;
    const [{ html, text }] = post.sent as [(typeof post.sent)[number]];
    expect(text.split('\n')).toContain(url);
    expect(text.replaceAll(/\s+/g, ' ')).toContain(`s3://shop-bucket/${key}`);
    expect(html).toContain(`href="${url.replaceAll('&', '&amp;')}"`);
    expect(html).toContain(`s3://shop-bucket/${key}`);
    // a link that opens without a sign-in would be a secret in a mailbox
    expect(html + text).not.toMatch(/X-Amz-|AWSAccessKeyId|Signature/);
  });

  it('says nothing of reports where none is kept', async () => {
    const post = await world();
    await post.strike();
    await post.take();
    expect(post.sent[0]!.text).not.toContain('s3://');
    expect(post.sent[0]!.html).not.toContain('href');
  });

  it('that SES refuses goes to the topic, which says why and where the page is', async () => {
    const post = await world();
    post.refusal = refused;
    await post.strike();
    expect(await post.take()).toMatchObject({ kind: 'published' });
    const [{ text, subject, document }] = post.published as [(typeof post.published)[number]];
    expect(subject).toMatch(/^Postern weekly: /);
    expect(text).toMatch(/^This is no mail of its own: .*Email address is not verified/);
    expect(text).toContain('Nothing critical is open.');
    const key = /fetch (digests\/2026-W09-[0-9a-f]+\.html)/.exec(text)?.[1];
    expect(await post.watched.stores.objects.get(key!)).toMatch(
      /^<!DOCTYPE html>.*Nothing critical is open/s,
    );
    expect(JSON.parse(document)).toMatchObject({
      kind: 'digest',
      week: '2026-W09',
      targets: 1,
      outOfSight: 0,
    });
    expect(await post.watched.stores.state.owed()).toEqual([]);
  });

  it('waits while SES is down, and goes as a mail if it is back within the hour', async () => {
    const post = await world();
    post.refusal = down;
    const { item } = (await post.strike()) as { item: string };
    await expect(post.take()).rejects.toThrow(ChannelFailure);
    post.pass(50 * MINUTE);
    post.refusal = undefined;
    post.queue.push({ channel: 'email', item });
    expect(await post.take()).toMatchObject({ kind: 'sent' });
    expect(post.published).toEqual([]);
  });

  it('goes to the topic where SES is down for longer than an hour', async () => {
    const post = await world();
    post.refusal = down;
    const { item } = (await post.strike()) as { item: string };
    await expect(post.take()).rejects.toThrow(ChannelFailure);
    post.pass(HOUR + MINUTE);
    post.queue.push({ channel: 'email', item });
    expect(await post.take()).toMatchObject({
      kind: 'published',
      why: expect.stringMatching(/down/) as unknown,
    });
    expect([post.sent.length, post.published.length]).toEqual([0, 1]);
  });

  it('stays owed where neither takes it', async () => {
    const post = await world();
    post.refusal = refused;
    post.topicRefusal = () => new ChannelFailure('SNS topic: down');
    const { item } = (await post.strike()) as { item: string };
    await expect(post.take()).rejects.toThrow('SNS topic: down');
    post.topicRefusal = undefined;
    post.queue.push({ channel: 'email', item });
    expect(await post.take()).toMatchObject({ kind: 'published' });
  });

  it('is never counted as sent where what was to be sent is gone', async () => {
    const post = await world();
    await post.strike();
    Object.assign(post.watched.stores.objects, { get: () => Promise.resolve(undefined) });
    await expect(post.take()).rejects.toThrow(/is gone, though the outbox names it/);
    expect(await post.watched.stores.state.owed()).toHaveLength(1);
  });

  it('asks the queue to wait where SES says for how long', async () => {
    const post = await world();
    post.refusal = () => new ChannelFailure('too many', { retryAfterMs: 90_000 });
    await post.strike();
    expect(await post.take()).toMatchObject({ kind: 'later', seconds: 90 });
    expect(post.queue).toHaveLength(1);
  });
});

describe('where it is not set up', () => {
  it('it goes to the topic, and says what to set', async () => {
    const post = await world();
    post.config = parseConfig('', 'postern.yml');
    await post.strike();
    expect(await post.take()).toMatchObject({ kind: 'published' });
    expect(post.published[0]!.text).toMatch(/set digest\.from and digest\.recipients in postern\.yml/);
  });

  it('and the topic is off: nobody is told, and the week is remembered', async () => {
    const post = await world();
    post.config = parseConfig('channels: { sns: false }', 'postern.yml');
    expect(await post.strike()).toEqual({ kind: 'nobody', week: '2026-W09' });
    expect(post.queue).toEqual([]);
    expect(await post.watched.stores.history.since('2026-W01')).toHaveLength(1);
  });

  it.each([
    ['digest: { recipients: [a@b.example] }', /digest\.recipients: somebody has to send it/],
    ['digest: { timeZone: Europe/Nowhere }', /digest\.timeZone: a time zone is like/],
    ['digest: { weekday: monday }', /digest\.weekday/],
    ['digest: { hour: 24 }', /digest\.hour/],
    ['digest: { from: "a@b.example\\nBcc: x@y.example" }', /digest\.from: an address is like/],
    ['digest: { from: "Postern <a@b.example>" }', /digest\.from: an address is like/],
  ])('%s is refused with its place', (text, expected) => {
    expect(() => parseConfig(text, 'postern.yml')).toThrow(expected);
  });
});
