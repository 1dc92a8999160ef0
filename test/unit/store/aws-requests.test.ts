import { gunzipSync, gzipSync } from 'node:zlib';
import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, NoSuchKey, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, describe, expect, it } from 'vitest';
import { awsStores, type Stores } from '#store';
import { headAt, IRELAND, itemOf } from '../../contracts/store-samples.ts';

/** What the stores ask of AWS, request by request; what AWS makes of it is the contract suite's, on a server. */

const s3 = mockClient(S3Client);
const dynamo = mockClient(DynamoDBDocumentClient);
afterEach(() => {
  s3.reset();
  dynamo.reset();
});

function stores(): Promise<Stores> {
  return awsStores({
    s3: new S3Client({ region: 'eu-west-1' }),
    dynamo: DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'eu-west-1' })),
    bucket: 'bucket',
    table: 'table',
    clock: () => new Date('2026-03-01T10:00:00.000Z'),
  });
}

const aws = (message: string) => ({ message, $metadata: {} });

describe('objects', () => {
  it('are written once, packed, as JSON, and under the bucket’s own encryption', async () => {
    s3.on(PutObjectCommand).resolves({});
    await (await stores()).objects.put('snapshots/a.json', '{"a":1}');
    const [call] = s3.commandCalls(PutObjectCommand);
    const { Body, ...rest } = call!.args[0].input;
    expect(rest).toEqual({
      Bucket: 'bucket',
      Key: expect.stringContaining('snapshots/a.json') as unknown,
      ContentType: 'application/json',
      ContentEncoding: 'gzip',
      IfNoneMatch: '*',
    });
    expect(gunzipSync(Body as Uint8Array).toString()).toBe('{"a":1}');
  });

  it('that are there with another text stay, and whoever writes is told', async () => {
    s3.on(PutObjectCommand).rejects(Object.assign(new Error('there'), { name: 'PreconditionFailed' }));
    const held = { transformToByteArray: () => Promise.resolve(new Uint8Array(gzipSync('{"a":1}'))) };
    s3.on(GetObjectCommand).resolves({ Body: held as never });
    const { objects } = await stores();
    await expect(objects.put('a', '{"a":1}')).resolves.toBeUndefined();
    await expect(objects.put('a', '{"a":2}')).rejects.toThrow();
  });

  it('that are missing are told from those that may not be read', async () => {
    const { objects } = await stores();
    s3.on(GetObjectCommand).rejectsOnce(new NoSuchKey(aws('none')));
    expect(await objects.get('a')).toBeUndefined();
    s3.on(GetObjectCommand).rejects(Object.assign(new Error('no'), { name: 'AccessDenied' }));
    await expect(objects.get('a')).rejects.toThrow(/s3:ListBucket/);
  });
});

describe('a commit', () => {
  it('is one transaction, whose first condition is the head’s version', async () => {
    dynamo.on(TransactWriteCommand).resolves({});
    await (await stores()).state.commit(IRELAND, headAt(2), itemOf('item'));
    const [call, ...others] = dynamo.commandCalls(TransactWriteCommand);
    expect(others).toEqual([]);
    const items = call!.args[0].input.TransactItems ?? [];
    expect(items.length).toBeGreaterThan(2);
    const conditions = items.map((item) => item.Put?.ConditionExpression ?? item.Update?.ConditionExpression);
    expect(conditions.filter((condition) => condition?.includes('version') === true)).toHaveLength(1);
    expect(dynamo.calls()).toHaveLength(1);
  });

  it.each<[string, string[], 'conflict' | 'throws']>([
    ['the head is another one', ['ConditionalCheckFailed', 'None', 'None'], 'conflict'],
    ['DynamoDB has too much to do', ['None', 'ThrottlingError', 'None'], 'throws'],
  ])('that is refused since %s: %s', async (_, reasons, outcome) => {
    const CancellationReasons = reasons.map((Code) => ({ Code }));
    dynamo
      .on(TransactWriteCommand)
      .rejects(new TransactionCanceledException({ ...aws('no'), CancellationReasons }));
    const { state } = await stores();
    const committed = state.commit(IRELAND, headAt(2));
    if (outcome === 'throws') await expect(committed).rejects.toThrow();
    else expect(await committed).toBe('conflict');
  });
});

describe('notes', () => {
  it('are read consistently', async () => {
    const { notes } = await stores();
    dynamo.on(GetCommand).resolves({});
    expect(await notes.read('owner', 'name')).toBeUndefined();
    expect(dynamo.commandCalls(GetCommand)[0]!.args[0].input.ConsistentRead).toBe(true);
  });

  it('over another version are not written', async () => {
    dynamo.on(PutCommand).rejects(new ConditionalCheckFailedException(aws('no')));
    const { notes } = await stores();
    expect(await notes.write('owner', 'name', 1, { ifVersion: 3 })).toBe(false);
  });

  it('are listed to the last page', async () => {
    dynamo
      .on(QueryCommand)
      .resolvesOnce({ Items: [], LastEvaluatedKey: { pk: 'a', sk: 'b' } })
      .resolves({ Items: [] });
    expect(await (await stores()).notes.list('owner', 'prefix')).toEqual([]);
    const starts = dynamo.commandCalls(QueryCommand).map(({ args }) => args[0].input.ExclusiveStartKey);
    expect(starts).toEqual([undefined, { pk: 'a', sk: 'b' }]);
  });
});
