import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { ACCOUNT, buildAccount, REGION, type Shop } from './account.ts';
import { deadLetters } from './dead-letters.ts';
import { deploy, type Deployment } from './deployment.ts';
import { doorOf } from './door.ts';
import type { Said } from './said.ts';

/* What goes wrong around a change, one story after the other on one deployment: each opens a port of its own, and what is said of it is said once. */

let deployment: Deployment;
let shop: Shop;

beforeAll(async () => {
  deployment = await deploy('{ regions: [eu-west-1], channels: { slack: true, eventbridge: false } }');
  shop = await buildAccount(deployment.proxy.endpoint);
  await deployment.functions.schedule.invoke({});
  expect(await deployment.settle()).toBe(0);
  await deployment.heard();
});
afterEach(() => {
  deployment.heal();
});
afterAll(async () => {
  await deployment.close();
});

/** Opens a port, and lets the pass over it begin. Gives how many messages failed in it. */
async function open(port: number, time?: Date): Promise<number> {
  await deployment.pass(3600);
  await deployment.functions.notice.invoke(await doorOf(shop, port).open(time && { time }));
  await deployment.settle();
  await deployment.pass(30);
  return deployment.settle();
}

/** What is said of a port on each channel: how often. */
function timesOf({ sns, slack }: Said, what: string): readonly [number, number] {
  return [sns.filter((text) => text.includes(what)).length, slack.filter((text) => text.includes(what)).length];
}

const READS = [
  'DescribeInstances',
  'DescribeNetworkInterfaces',
  'DescribeSecurityGroups',
  'DescribeSecurityGroupRules',
  'DescribeSubnets',
  'DescribeRouteTables',
  'DescribeNetworkAcls',
  'DescribeVpcs',
];

it('EC2 throttles every read twice: the pass takes longer, and misses nothing', async () => {
  for (const call of READS) deployment.proxy.fault(call, { kind: 'throttle', times: 2 });
  expect(await open(22)).toBe(0);
  expect(deployment.proxy.asked('DescribeRouteTables')).toBe(3);
  const said = await deployment.heard();
  console.log(said.sns, said.slack);
  expect(said).toMatchObject({
    sns: ['opened critical: SSH on bastion is open to the whole internet'],
    slack: ['CRITICAL  SSH on bastion is open to the whole internet'],
  });
});

it('one read is denied: that is a blind spot, and what it hides is not taken for shut', async () => {
  deployment.proxy.fault('DescribeRouteTables', { kind: 'deny' });
  await deployment.pass(3600);
  await deployment.functions.schedule.invoke({});
  expect(await deployment.settle()).toBe(0);
  const said = await deployment.heard();
  console.log(said.sns, said.slack);
  expect(said.sns.filter((text) => text.startsWith('blind-spot'))).toHaveLength(1);
  expect(said.sns.join()).not.toContain('resolved');

  deployment.heal();
  await deployment.pass(3600);
  await deployment.functions.schedule.invoke({});
  expect(await deployment.settle()).toBe(0);
  const after = await deployment.heard();
  console.log(after.sns, after.slack);
  expect(after.sns.join()).not.toContain('opened');
});

it('Slack wants to be left alone for a second, then has an error of its own, then takes it: one message', async () => {
  const { slack } = deployment;
  const before = slack.asked;
  slack.refusals.push({ status: 429, headers: { 'retry-after': '1' } }, { status: 500 });
  expect(await open(3389)).toBe(0);
  expect(slack.asked).toBe(before + 1);
  await deployment.passInQueues(1);
  expect(await deployment.settle()).toBe(1);
  expect(slack.asked).toBe(before + 2);
  expect(timesOf(await deployment.heard(), 'bastion')).toEqual([1, 0]);
  await deployment.passInQueues(360);
  expect(await deployment.settle()).toBe(0);
  expect(slack.asked).toBe(before + 3);
  expect(timesOf(await deployment.heard(), 'bastion')).toEqual([0, 1]);
});

it('SNS is down for a while: Slack does not wait for it, and it is told once', async () => {
  deployment.proxy.fault('Publish', { kind: 'server-error' });
  expect(await open(5900)).toBe(1);
  expect(timesOf(await deployment.heard(), 'bastion')).toEqual([0, 1]);
  await deployment.passInQueues(360);
  expect(await deployment.settle()).toBe(1);
  deployment.heal();
  await deployment.passInQueues(360);
  expect(await deployment.settle()).toBe(0);
  expect(timesOf(await deployment.heard(), 'bastion')).toEqual([1, 0]);
});

it('somebody else commits first: the run is made anew against that, and said once', async () => {
  const details = { CancellationReasons: [{ Code: 'ConditionalCheckFailed' }, { Code: 'None' }, { Code: 'None' }] };
  const refused = { kind: 'refuse', status: 400, code: 'TransactionCanceledException', details, times: 1 } as const;
  deployment.proxy.fault('TransactWriteItems', refused);
  const before = (await deployment.stores.state.head({ account: ACCOUNT, region: REGION }))?.version ?? 0;
  expect(await open(3306)).toBe(0);
  const head = await deployment.stores.state.head({ account: ACCOUNT, region: REGION });
  expect(head?.version).toBe(before + 1);
  expect(timesOf(await deployment.heard(), 'bastion')).toEqual([1, 1]);
});

it('DynamoDB throttles each kind of write a few times: said once', async () => {
  for (const call of ['TransactWriteItems', 'UpdateItem', 'PutItem'])
    deployment.proxy.fault(call, { kind: 'throttle', times: 2 });
  expect(await open(6379)).toBe(0);
  expect(timesOf(await deployment.heard(), 'bastion')).toEqual([1, 1]);
});

it('what is no message of ours ends among the dead letters, and blocks nothing', async () => {
  const { sqs, stack } = deployment;
  const poison = ['this is not JSON', '{"target":"everything"}'];
  for (const queue of ['RefreshQueue', 'SlackQueue'])
    for (const MessageBody of poison)
      await sqs.send(new SendMessageCommand({ QueueUrl: stack.queueUrl(queue), MessageBody }));
  expect(await open(9200)).toBe(4);
  expect(timesOf(await deployment.heard(), 'bastion')).toEqual([1, 1]);
  // each queue's own number of tries, and one more look, at which the queue puts it aside
  for (let tries = 1; tries <= 8; tries += 1) {
    await deployment.passInQueues(1800);
    await deployment.settle();
  }
  expect(await deadLetters(sqs, stack.queueUrl('RefreshDeadLetters'))).toEqual(poison);
  expect(await deadLetters(sqs, stack.queueUrl('SlackDeadLetters'))).toEqual(poison);
  expect(await deadLetters(sqs, stack.queueUrl('SnsDeadLetters'))).toEqual([]);
});

it.each([
  ['ten minutes ahead', 10, 27017],
  ['ten minutes behind', -10, 11211],
])("a change whose clock is %s is said once, by whoever's it is", async (_, minutes, port) => {
  expect(await open(port, new Date(Date.now() + minutes * 60_000))).toBe(0);
  const said = await deployment.heard();
  console.log(said.sns, JSON.stringify(said.mails[0]?.message['blame']), said.mails[0]?.message['blameIs']);
  expect(timesOf(said, 'bastion')).toEqual([1, 1]);
});
