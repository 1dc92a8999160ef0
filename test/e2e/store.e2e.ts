import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Stores } from '#store';
import { headAt, IRELAND, itemOf, SNS } from '../contracts/store-samples.ts';
import { storeContract } from '../contracts/store.contract.ts';
import { StandingClock } from '../contracts/store-place.ts';
import { emptyServer } from './account.ts';
import { awsClients, awsPlace, type AwsClients, type AwsPlace } from './aws-place.ts';
import { startFaultProxy, type Fault, type FaultProxy } from './fault-proxy.ts';
import { serverEndpoint } from './live.ts';

let proxy: FaultProxy;
let clients: AwsClients;
const places: AwsPlace[] = [];

beforeAll(async () => {
  await emptyServer(serverEndpoint());
  proxy = await startFaultProxy(serverEndpoint());
  clients = awsClients(proxy.endpoint);
});
afterEach(() => {
  proxy.clear();
  for (const place of places) place.close();
});
afterAll(async () => {
  clients.s3.destroy();
  clients.dynamo.destroy();
  await proxy.close();
});

async function newPlace(clock: () => Date): Promise<AwsPlace> {
  const place = await awsPlace(`postern-test-${places.length}`, clients, clock, proxy.endpoint);
  places.push(place);
  return place;
}

storeContract('S3 and DynamoDB', { place: newPlace, runs: 25 });

describe('S3 and DynamoDB: on the wire', () => {
  let place: AwsPlace;
  let stores: Stores;
  const clock = new StandingClock();
  const open = async (): Promise<void> => {
    place = await newPlace(clock.read);
    stores = await place.open();
    proxy.clear();
  };

  it('an object is gzipped JSON, and says nothing of its encryption, which is the bucket’s affair', async () => {
    await open();
    await stores.objects.put('snapshots/a b.json', '{}');
    const head = await clients.s3.send(
      new HeadObjectCommand({ Bucket: place.bucket, Key: 'snapshots/a=x0020b.json' }),
    );
    expect([head.ContentType, head.ContentEncoding]).toEqual(['application/json', 'gzip']);
  });

  it('a commit is one transaction, and a claim one update', async () => {
    await open();
    await stores.state.commit(IRELAND, headAt(1), itemOf('item'));
    await stores.state.claim('item', SNS, { now: clock.in(0), until: clock.in(1) });
    const asked = ['TransactWriteItems', 'UpdateItem', 'PutItem', 'GetItem', 'Query'].map((x) =>
      proxy.asked(x),
    );
    expect(asked).toEqual([1, 1, 0, 0, 0]);
  });

  it('nothing is ever found by a scan', async () => {
    await open();
    await stores.state.commit(IRELAND, headAt(1), itemOf('item'));
    await stores.notes.write('owner', 'note', 1);
    await Promise.all([stores.state.owed(), stores.state.heads(), stores.notes.list('owner', '')]);
    expect([proxy.asked('Scan'), proxy.asked('Query')]).toEqual([0, 4]);
  });

  it('what goes has the time at which DynamoDB may delete it, in whole seconds and not too early', async () => {
    await open();
    await stores.notes.write('owner', 'note', 1, { expiresAt: new Date(clock.in(1_001)) });
    await stores.state.owe(itemOf('item', { deliveries: [SNS] }));
    await stores.state.record('item', SNS, clock.in(0));
    const { Items = [] } = await clients.dynamo.send(new ScanCommand({ TableName: place.table }));
    const now = clock.read().getTime() / 1000;
    const left = Items.map((item) => [String(item['pk']), Number(item['expiresAt']) - now]);
    expect(left.toSorted()).toEqual([
      ['NOTES#owner', 2],
      ['OUTBOX#item', 28 * 24 * 3600],
      ['OUTBOX#item', 28 * 24 * 3600],
    ]);
  });

  const commit = () => stores.state.commit(IRELAND, headAt(1), itemOf('item'));
  const passing: readonly (readonly [string, string, Fault, () => Promise<unknown>])[] = [
    ['commit', 'TransactWriteItems', { kind: 'throttle', times: 2 }, commit],
    ['commit', 'TransactWriteItems', { kind: 'server-error', times: 2 }, commit],
    ['commit', 'TransactWriteItems', { kind: 'cut', times: 1 }, commit],
    [
      'commit',
      'TransactWriteItems',
      { kind: 'refuse', status: 400, code: 'TransactionConflictException', times: 2 },
      commit,
    ],
    ['put', 'PutObject', { kind: 'throttle', times: 2 }, () => stores.objects.put('key', 'text')],
    ['put', 'PutObject', { kind: 'cut', times: 1 }, () => stores.objects.put('key', 'text')],
    ['put', 'PutObject', { kind: 'lost-answer', times: 1 }, () => stores.objects.put('key', 'text')],
    ['get', 'GetObject', { kind: 'server-error', times: 2 }, () => stores.objects.get('none')],
    ['list', 'Query', { kind: 'throttle', times: 2 }, () => stores.notes.list('owner', '')],
    ['write', 'PutItem', { kind: 'throttle', times: 2 }, () => stores.notes.write('owner', 'note', 1)],
    ['read', 'GetItem', { kind: 'half-xml', times: 0 }, () => stores.notes.read('owner', 'note')],
  ];
  it.each(passing)('%s goes through where %s has %j', async (_, operation, fault, work) => {
    await open();
    proxy.fault(operation, fault);
    await work();
    expect(proxy.asked(operation)).toBe((fault.times ?? 0) + 1);
  });

  it.each([
    [
      'commit',
      'TransactWriteItems',
      /run of 123456789012 in eu-west-1 could not be committed: AccessDenied.*Read its head/s,
      commit,
    ],
    [
      'put',
      'PutObject',
      /"key" could not be written.*AccessDenied.*s3:PutObject/,
      () => stores.objects.put('key', 'text'),
    ],
    [
      'get',
      'GetObject',
      /"key" could not be read.*AccessDenied.*s3:ListBucket/,
      () => stores.objects.get('key'),
    ],
    ['owed', 'Query', /not authorized/, () => stores.state.owed()],
    [
      'claim',
      'UpdateItem',
      /not authorized/,
      () => stores.state.claim('i', SNS, { now: clock.in(0), until: clock.in(1) }),
    ],
  ] as const)('%s fails at once, and is no “no”, where %s is denied', async (_, operation, message, work) => {
    await open();
    proxy.fault(operation, { kind: 'deny' });
    await expect(work()).rejects.toThrow(message);
    expect(proxy.asked(operation)).toBe(1);
  });

  it('a commit whose answer is lost is done once, whatever it is then called', async () => {
    await open();
    proxy.fault('TransactWriteItems', { kind: 'lost-answer', times: 1 });
    // AWS knows the repetition by its token and says yes. The API server here does not.
    expect(['committed', 'conflict']).toContain(await commit());
    expect(proxy.asked('TransactWriteItems')).toBe(2);
    expect([await stores.state.head(IRELAND), await stores.state.owed()]).toEqual([
      headAt(1),
      [itemOf('item')],
    ]);
  });

  it('a record whose answer is lost is made once', async () => {
    await open();
    await commit();
    proxy.fault('UpdateItem', { kind: 'lost-answer', times: 1 });
    await stores.state.record('item', SNS, clock.in(0));
    expect((await stores.state.owedItem('item'))?.deliveries[0]).toEqual({
      ...SNS,
      deliveredAt: clock.in(0),
    });
  });

  it('a claim whose answer is lost is nobody’s until its time is over', async () => {
    await open();
    await commit();
    proxy.fault('UpdateItem', { kind: 'lost-answer', times: 1 });
    expect(await stores.state.claim('item', SNS, { now: clock.in(0), until: clock.in(10) })).toBe(false);
    expect(await stores.state.claim('item', SNS, { now: clock.in(10), until: clock.in(20) })).toBe(true);
  });
});
