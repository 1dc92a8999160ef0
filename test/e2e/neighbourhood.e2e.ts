import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatSnapshots, type AwsSnapshot } from '#sources/aws';
import { run, scratch } from '../support/run-cli.ts';
import { buildAccount, emptyServer } from './account.ts';
import { asAwsAnswers } from './as-aws-answers.ts';
import { startFaultProxy, type FaultProxy } from './fault-proxy.ts';
import { serverEndpoint, snapshotOf } from './live.ts';
import { NOT_IN_SERVER } from './not-in-server.ts';
import { addDualStack, addFront, addPeer, addTransit, type TransitRoutes } from './neighbourhood.ts';

/** From the wire to the answers: a load balancer, a peering, a transit gateway and a subnet of both families beside the shop. */

const { write } = scratch();
let proxy: FaultProxy;
let snapshot: AwsSnapshot;
let transit: TransitRoutes;

beforeAll(async () => {
  await emptyServer(serverEndpoint());
  proxy = await startFaultProxy(serverEndpoint());
  const shop = await buildAccount(proxy.endpoint);
  await addFront(shop, proxy.endpoint);
  await addPeer(shop);
  transit = await addTransit(shop);
  await addDualStack(shop);
  snapshot = await snapshotOf(proxy.endpoint);
});
afterAll(async () => {
  await proxy.close();
});

/** The lines that a command prints about a snapshot, each without the space around and within. */
async function said(about: AwsSnapshot, ...question: readonly string[]): Promise<readonly string[]> {
  const file = write('neighbourhood.json', formatSnapshots([about]));
  const { code, out, err } = await run([...question, '--snapshot', file]);
  expect([code, err]).toEqual([0, '']);
  return out.split('\n').map((line) => line.trim().replace(/\s+/g, ' '));
}

/** `allowed`, `denied` or `unknown`, and then the kinds of what the answer hangs on. */
async function verdict(about: AwsSnapshot, ...question: readonly string[]): Promise<readonly string[]> {
  const text = (await said(about, 'explain', ...question, '--format', 'json')).join('');
  const answer = JSON.parse(text) as { verdict: string; because: readonly string[] };
  return [answer.verdict, ...new Set(answer.because.map((id) => id.replace(/:.*/, '')))];
}

describe('as the server answers', () => {
  it('a host of both families is reached over IPv6 alone', async () => {
    expect((await said(snapshot, 'exposure')).filter((line) => line.startsWith('six '))).toEqual([
      'six tcp 443 from the whole internet (IPv6)',
    ]);
    expect(await verdict(snapshot, 'internet', 'six', 'tcp/443')).toEqual(['allowed']);
    expect(await verdict(snapshot, 'internet', 'six', 'tcp/22')).toEqual(['denied']);
  });

  it('a peering with routes on both sides carries what the far group admits, and a way leads over it', async () => {
    expect(await verdict(snapshot, 'web', 'ledger', 'tcp/5432')).toEqual(['allowed']);
    expect(await verdict(snapshot, 'web', 'ledger', 'tcp/22')).toEqual(['denied']);
    // the private subnet has no route to the peering
    expect(await verdict(snapshot, 'database', 'ledger', 'tcp/5432')).toEqual(['denied']);
    expect(await said(snapshot, 'paths', 'internet', 'ledger')).toContain(
      'internet ─ tcp 443 ─▶ web ─ tcp 5432 ─▶ ledger',
    );
  });

  it('a transit gateway whose routes do not say where they lead makes ways over it unknown', async () => {
    expect(await verdict(snapshot, 'database', 'archive', 'tcp/9000')).toEqual([
      'unknown',
      'member-not-understood',
    ]);
    expect(await verdict(snapshot, 'database', 'archive', 'tcp/22')).toEqual(['denied']);
  });

  it('a load balancer of which no interface shows is a blind spot', async () => {
    const lines = await said(snapshot, 'exposure');
    expect(lines.filter((line) => line.includes('front'))).toContain(
      '? what front hands on to its targets is not followed in full: none of its interfaces was read',
    );
    expect(lines.filter((line) => line.startsWith('app '))).toEqual([]);
  });
});

describe('as AWS answers', () => {
  let whole: AwsSnapshot;
  beforeAll(() => {
    whole = asAwsAnswers(snapshot, transit);
  });

  it('a host in the private subnet is exposed through the load balancer, and by nothing else', async () => {
    const lines = await said(whole, 'exposure');
    expect(lines.filter((line) => /\bapp\b/.test(line))).toEqual([
      'app tcp 8080 through front tcp 80 from the whole internet (IPv4)',
    ]);
    expect(await verdict(whole, 'internet', 'app', 'tcp/8080')).toEqual(['denied']);
    expect(await said(whole, 'explain', 'internet', 'app', 'tcp/8080')).toContain(
      'allowed through front: tcp 80 there',
    );
  });

  it('the transit gateway carries the private subnet and no other', async () => {
    expect(await verdict(whole, 'database', 'archive', 'tcp/9000')).toEqual(['allowed']);
    expect(await verdict(whole, 'web', 'archive', 'tcp/9000')).toEqual(['denied']);
  });

  it('ways lead over the load balancer and the transit gateway', async () => {
    expect((await said(whole, 'paths', 'internet', 'archive'))[0]).toBe(
      'internet ─ tcp 80 ─▶ front ─ tcp 8080 ─▶ app ─ tcp 9000 ─▶ archive',
    );
  });

  it('nothing is left unseen but what the server does not know', async () => {
    const spots = (await said(whole, 'exposure')).filter((line) => line.startsWith('? '));
    expect(spots.map((line) => line.split(' ')[1]).toSorted()).toEqual(NOT_IN_SERVER.toSorted());
  });
});
