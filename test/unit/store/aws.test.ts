import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { headAt, IRELAND, itemOf, SNS } from '../../contracts/store-samples.ts';
import { StandingClock } from '../../contracts/store-place.ts';
import {
  cancelled,
  no,
  s3No,
  startAnsweringAws,
  yes,
  type AnsweringAws,
  type Answer,
} from './answering-aws.ts';

let aws: AnsweringAws;
const clock = new StandingClock();
beforeEach(async () => {
  aws = await startAnsweringAws(clock.read);
});
afterEach(async () => {
  await aws.close();
});

const commit = () => aws.stores.state.commit(IRELAND, headAt(2), itemOf('item', { deliveries: [SNS] }));
const operations = () => aws.requests.map(({ operation }) => operation);
const parsed = (i: number) => JSON.parse(aws.requests[i]!.body) as Record<string, unknown>;

const CONFLICT = cancelled('TransactionConflict', 'None', 'None', 'None');
const STALE = cancelled('ConditionalCheckFailed', 'None', 'None', 'None');
const KNOWN_ITEM = cancelled('None', 'ConditionalCheckFailed', 'None', 'None');

describe('a commit', () => {
  const outcomes: readonly (readonly [string, readonly Answer[], string, number])[] = [
    ['goes through', [yes], 'committed', 1],
    ['is stale', [STALE], 'conflict', 1],
    [
      'is stale, of a known item',
      [cancelled('ConditionalCheckFailed', 'ConditionalCheckFailed')],
      'conflict',
      1,
    ],
    [
      'is stale, and in conflict too',
      [cancelled('ConditionalCheckFailed', 'TransactionConflict')],
      'conflict',
      1,
    ],
    ['meets another transaction', [CONFLICT, yes], 'committed', 2],
    ['meets two, and then is stale', [CONFLICT, CONFLICT, STALE], 'conflict', 3],
    ['is throttled for the table', [cancelled('None', 'ThrottlingError'), yes], 'committed', 2],
    ['is throttled for the partition', [cancelled('ProvisionedThroughputExceeded'), yes], 'committed', 2],
    ['is throttled as a request', [no('ThrottlingException'), yes], 'committed', 2],
    ['is still under way', [no('TransactionInProgressException'), yes], 'committed', 2],
    ['is of a known item', [KNOWN_ITEM, yes], 'committed', 2],
    ['is of a known item, and then stale', [KNOWN_ITEM, STALE], 'conflict', 2],
  ];
  it.each(outcomes)('that %s', async (_, answers, outcome, times) => {
    aws.answer(...answers);
    expect(await commit()).toBe(outcome);
    expect(operations()).toEqual(Array.from({ length: times }, () => 'TransactWriteItems'));
  });

  it('carries the same token when it is tried again, so that it is done once', async () => {
    aws.answer(CONFLICT, CONFLICT, yes);
    await commit();
    const tokens = [0, 1, 2].map((i) => parsed(i)['ClientRequestToken']);
    expect(tokens[0]).toMatch(/./);
    expect(new Set(tokens).size).toBe(1);
  });

  it('of a known item leaves the item out the second time', async () => {
    aws.answer(KNOWN_ITEM, yes);
    await commit();
    expect([0, 1].map((i) => (parsed(i)['TransactItems'] as unknown[]).length)).toEqual([4, 1]);
  });

  it.each([
    ['conflicts without end', CONFLICT, 3],
    ['a table that is not there', no('ResourceNotFoundException'), 1],
    ['an item too large', cancelled('None', 'ValidationError'), 1],
  ] as const)('fails for %s, and says what to do', async (_, answer, times) => {
    aws.answer(answer);
    await expect(commit()).rejects.toThrow(
      /^The run of 123456789012 in eu-west-1 could not be committed: .*Read its head/s,
    );
    expect(aws.requests).toHaveLength(times);
  });
});

describe('a claim or record', () => {
  const claim = () => aws.stores.state.claim('item', SNS, { now: clock.in(0), until: clock.in(1) });

  it('that the condition refuses is no failure', async () => {
    aws.answer(no('ConditionalCheckFailedException'));
    expect(await claim()).toBe(false);
    await aws.stores.state.record('item', SNS, clock.in(0));
    expect(operations()).toEqual(['UpdateItem', 'UpdateItem']);
  });

  it('that meets a transaction is tried again', async () => {
    aws.answer(no('TransactionConflictException'), no('ThrottlingException'), yes);
    expect(await claim()).toBe(true);
    expect(aws.requests).toHaveLength(3);
  });

  it('that fails is no “no”', async () => {
    aws.answer(no('AccessDeniedException'));
    await expect(claim()).rejects.toThrow(/AccessDenied|UnknownError/);
  });
});

describe('what DynamoDB has not yet deleted', () => {
  const row = (more: object) => ({
    pk: { S: 'NOTES#o' },
    sk: { S: '#n' },
    name: { S: 'n' },
    value: { S: '1' },
    version: { N: '3' },
    ...more,
  });
  const inMs = (ms: number) => ({ goneAt: { N: String(clock.read().getTime() + ms) } });

  it.each([
    [1, 3],
    [0, undefined],
    [-1, undefined],
  ])('a note that goes in %d ms has version %s', async (ms, version) => {
    aws.answer({ status: 200, body: JSON.stringify({ Item: row(inMs(ms)) }) });
    expect((await aws.stores.notes.read('o', 'n'))?.version).toBe(version);
    aws.answer({ status: 200, body: JSON.stringify({ Items: [row(inMs(ms))] }) });
    expect((await aws.stores.notes.list('o', '')).length).toBe(version === undefined ? 0 : 1);
  });

  it('is asked for in the condition of a write, too', async () => {
    await aws.stores.notes.write('o', 'n', 1, { ifVersion: 0 });
    expect(parsed(0)).toMatchObject({
      ConditionExpression: 'attribute_not_exists(#pk) OR #goneAt <= :now',
      ExpressionAttributeValues: { ':now': { N: String(clock.read().getTime()) } },
    });
  });
});

describe('reads', () => {
  it('are consistent, and go on to the last page', async () => {
    const page = (pk: string, next?: object) => ({
      status: 200,
      body: JSON.stringify({
        Items: [
          { pk: { S: 'NOTES#o' }, sk: { S: pk }, name: { S: pk }, value: { S: '1' }, version: { N: '1' } },
        ],
        ...(next === undefined ? {} : { LastEvaluatedKey: next }),
      }),
    });
    const token = { pk: { S: 'NOTES#o' }, sk: { S: 'a' } };
    aws.answer(
      page('a', token),
      { status: 200, body: JSON.stringify({ Items: [], LastEvaluatedKey: token }) },
      page('b'),
    );
    expect((await aws.stores.notes.list('o', '')).map(({ name }) => name)).toEqual(['a', 'b']);
    expect([0, 1, 2].map((i) => [parsed(i)['ConsistentRead'], parsed(i)['ExclusiveStartKey']])).toEqual([
      [true, undefined],
      [true, token],
      [true, token],
    ]);
    aws.answer(yes);
    await aws.stores.state.head(IRELAND);
    expect(parsed(3)['ConsistentRead']).toBe(true);
  });

  it('of a row that is not as Postern writes it fail, and name it', async () => {
    const Item = { pk: { S: 'HEADS' }, sk: { S: '123456789012#eu-west-1' }, version: { S: 'one' } };
    aws.answer({ status: 200, body: JSON.stringify({ Item }) });
    await expect(aws.stores.state.head(IRELAND)).rejects.toThrow(
      /"HEADS".*"123456789012#eu-west-1".*not as this version/,
    );
  });
});

describe('what is too large for DynamoDB', () => {
  it('a note: the error names it, and nothing is sent', async () => {
    const value = 'ü'.repeat(205_000);
    await expect(aws.stores.notes.write('eu-west-1', 'blame#7', value)).rejects.toThrow(
      /The note "blame#7" of "eu-west-1" would take 41\d{4} bytes.*up to 409600.*into an object/,
    );
    expect(aws.requests).toEqual([]);
  });

  it('a note just below passes', async () => {
    expect(await aws.stores.notes.write('eu-west-1', 'blame#7', 'x'.repeat(409_000))).toBe(true);
  });

  it.each([
    ['a name', () => aws.stores.notes.write('o', 'n'.repeat(1_024), 1)],
    ['an owner', () => aws.stores.notes.read('o'.repeat(2_048), 'n')],
    ['an id', () => aws.stores.state.owe(itemOf('i'.repeat(1_024)))],
  ])('%s: the error says so', async (_, work) => {
    await expect(work()).rejects.toThrow(/name of a .* too long for DynamoDB.*Shorten it/);
    expect(aws.requests).toEqual([]);
  });
});

describe('an object', () => {
  it.each([
    ['is not there', s3No(404, 'NoSuchKey'), undefined],
    ['is whole', { status: 200, body: gzipSync('{"a":1}') }, '{"a":1}'],
  ])('that %s', async (_, answer, text) => {
    aws.answer(answer);
    expect(await aws.stores.objects.get('key')).toBe(text);
  });

  it.each([
    [
      'may not be read',
      s3No(403, 'AccessDenied'),
      /"key" could not be read in the bucket bucket: AccessDenied.*s3:ListBucket/,
    ],
    ['is of a bucket that is not there', s3No(404, 'NoSuchBucket'), /"key" could not be read.*NoSuchBucket/],
    ['is cut off', { status: 200, body: gzipSync('{"a":1}').subarray(0, 20) }, /"key" is damaged/],
    ['has a wrong bit', { status: 200, body: flipped(gzipSync('{"a":1}')) }, /"key" is damaged/],
    ['is no gzip', { status: 200, body: '{"a":1}' }, /"key" is damaged/],
    ['is no UTF-8', { status: 200, body: gzipSync(Buffer.from([0xff])) }, /"key" is damaged/],
  ])('that %s is a failure, and not a “none”', async (_, answer, message) => {
    aws.answer(answer);
    await expect(aws.stores.objects.get('key')).rejects.toThrow(message);
  });

  it('that is there already is compared', async () => {
    const there = s3No(412, 'PreconditionFailed');
    aws.answer(there, { status: 200, body: gzipSync('text') });
    await aws.stores.objects.put('key', 'text');
    aws.answer(there, { status: 200, body: gzipSync('other') });
    await expect(aws.stores.objects.put('key', 'text')).rejects.toThrow(/"key" holds another text/);
    aws.answer(there, s3No(404, 'NoSuchKey'));
    await expect(aws.stores.objects.put('key', 'text')).rejects.toThrow(
      /could not be written.*PreconditionFailed/,
    );
  });

  it('that somebody else is writing at the time is tried again', async () => {
    const conflict = s3No(409, 'ConditionalRequestConflict');
    aws.answer(conflict, { status: 200, body: '' });
    await aws.stores.objects.put('key', 'text');
    aws.answer(conflict, s3No(412, 'PreconditionFailed'), { status: 200, body: gzipSync('text') });
    await aws.stores.objects.put('key', 'text');
    expect(operations()).toEqual(['PUT', 'PUT', 'PUT', 'PUT', 'GET']);
  });
});

/** The checksum at the end belongs to other bytes. */
function flipped(bytes: Buffer): Buffer {
  bytes[bytes.length - 8]! ^= 1;
  return bytes;
}
