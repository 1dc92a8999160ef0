import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ACCOUNT, addHost, buildAccount, REGION, type Shop } from './account.ts';
import { deadLetters } from './dead-letters.ts';
import { deploy, type Deployment } from './deployment.ts';
import { doorOf } from './door.ts';

/* What goes wrong around a change, one story after the other on one deployment. Each opens the door of a host of its own, so that none of
   them goes up and down so often that the service falls silent about it. */

const HOSTS = [
  'throttled',
  'denied',
  'slack',
  'sns',
  'conflict',
  'table',
  'poison',
  'ahead',
  'behind',
  'late',
] as const;
type Host = (typeof HOSTS)[number];

let deployment: Deployment;
let shop: Shop;
const groups = new Map<Host, string>();

beforeAll(async () => {
  deployment = await deploy('{ regions: [eu-west-1], channels: { slack: true, eventbridge: false } }');
  shop = await buildAccount(deployment.proxy.endpoint);
  for (const host of HOSTS) groups.set(host, await addHost(shop, host));
  await look();
});
beforeEach(() => {
  deployment.heal();
});
afterAll(async () => {
  await deployment.close();
});

/** Looks at the clock's behest, and gives what is said then. */
async function look(): ReturnType<Deployment['heard']> {
  await deployment.pass(3600);
  await deployment.functions.schedule.invoke({});
  expect(await deployment.settle()).toBe(0);
  return deployment.heard();
}

/** Opens the door of a host, and makes the pass over that. Gives how many messages failed. */
async function open(host: Host, time?: Date): Promise<number> {
  await deployment.pass(60);
  const event = await doorOf(shop.ec2, groups.get(host) ?? '').open(time && { time });
  await deployment.functions.notice.invoke(event);
  const failed = await deployment.settle();
  await deployment.pass(30);
  return failed + (await deployment.settle());
}

const onSns = (host: Host) => [`opened critical: SSH on ${host} is open to the whole internet`];
const onSlack = (host: Host) => [`CRITICAL  SSH on ${host} is open to the whole internet`];
const once = (host: Host) => ({ sns: onSns(host), slack: onSlack(host) });
const NOTHING = { sns: [], slack: [] };

describe('reading', () => {
  it('EC2 throttles every read twice: the pass takes longer, and misses nothing', async () => {
    const reads = [
      'Instances',
      'NetworkInterfaces',
      'SecurityGroups',
      'SecurityGroupRules',
      'Subnets',
      'RouteTables',
    ];
    const calls = reads.map((what) => `Describe${what}`);
    for (const call of calls) deployment.proxy.fault(call, { kind: 'throttle', times: 2 });
    expect(await open('throttled')).toBe(0);
    expect(calls.map((call) => deployment.proxy.asked(call))).toEqual(calls.map(() => 3));
    expect(await deployment.heard()).toMatchObject(once('throttled'));
  });

  it('one read is denied: that is a blind spot, and what it hides is not taken for shut', async () => {
    expect(await open('denied')).toBe(0);
    expect(await deployment.heard()).toMatchObject(once('denied'));
    deployment.proxy.fault('DescribeRouteTables', { kind: 'deny' });
    expect(await look()).toMatchObject({
      sns: [expect.stringMatching(/^blind-spot critical: DescribeRouteTables was denied/)],
      slack: [expect.stringMatching(/^CRITICAL blind spot: DescribeRouteTables was denied/)],
    });
    deployment.heal();
    expect(await look()).toMatchObject(NOTHING);
  });
});

describe('telling', () => {
  it('Slack wants to be left alone for a second, then has an error of its own, then takes it: one message', async () => {
    const { slack } = deployment;
    const before = slack.asked;
    slack.refusals.push({ status: 429, headers: { 'retry-after': '1' } }, { status: 500 });
    expect(await open('slack')).toBe(0);
    expect(slack.asked - before).toBe(1);
    await deployment.passInQueues(1);
    expect(await deployment.settle()).toBe(1);
    expect(slack.asked - before).toBe(2);
    expect(await deployment.heard()).toMatchObject({ sns: onSns('slack'), slack: [] });
    await deployment.passInQueues(360);
    expect(await deployment.settle()).toBe(0);
    expect(slack.asked - before).toBe(3);
    expect(await deployment.heard()).toMatchObject({ sns: [], slack: onSlack('slack') });
  });

  it('SNS is down for a while: Slack does not wait for it, and it is told once', async () => {
    deployment.proxy.fault('Publish', { kind: 'server-error' });
    expect(await open('sns')).toBe(1);
    expect(await deployment.heard()).toMatchObject({ sns: [], slack: onSlack('sns') });
    await deployment.passInQueues(360);
    expect(await deployment.settle()).toBe(1);
    deployment.heal();
    await deployment.passInQueues(360);
    expect(await deployment.settle()).toBe(0);
    expect(await deployment.heard()).toMatchObject({ sns: onSns('sns'), slack: [] });
  });
});

describe('keeping', () => {
  it('DynamoDB finds that the head is another: the run is made anew, and said once', async () => {
    const [failed, none] = [{ Code: 'ConditionalCheckFailed' }, { Code: 'None' }];
    deployment.proxy.fault('TransactWriteItems', {
      kind: 'refuse',
      status: 400,
      code: 'TransactionCanceledException',
      details: { CancellationReasons: [failed, none, none] },
      times: 1,
    });
    const target = { account: ACCOUNT, region: REGION };
    const before = (await deployment.stores.state.head(target))?.version ?? 0;
    expect(await open('conflict')).toBe(0);
    expect(deployment.proxy.asked('TransactWriteItems')).toBeGreaterThan(1);
    expect((await deployment.stores.state.head(target))?.version).toBe(before + 1);
    expect(await deployment.heard()).toMatchObject(once('conflict'));
  });

  it('DynamoDB throttles each kind of write twice: said once', async () => {
    for (const call of ['TransactWriteItems', 'UpdateItem', 'PutItem'])
      deployment.proxy.fault(call, { kind: 'throttle', times: 2 });
    expect(await open('table')).toBe(0);
    expect(await deployment.heard()).toMatchObject(once('table'));
  });
});

describe('what comes in', () => {
  it('what is no message of ours ends among the dead letters, and blocks nothing', async () => {
    const { sqs, stack } = deployment;
    const poison = ['this is not JSON', '{"target":"everything"}'];
    for (const queue of ['RefreshQueue', 'SlackQueue'])
      for (const MessageBody of poison)
        await sqs.send(new SendMessageCommand({ QueueUrl: stack.queueUrl(queue), MessageBody }));
    expect(await open('poison')).toBe(4);
    expect(await deployment.heard()).toMatchObject(once('poison'));
    // as often as the template lets each queue give a message (5 and 8 times), and once more, at which it is put aside
    for (let times = 2; times <= 9; times += 1) {
      await deployment.passInQueues(1800);
      await deployment.settle();
    }
    expect(await deadLetters(sqs, stack.queueUrl('RefreshDeadLetters'))).toEqual(poison);
    expect(await deadLetters(sqs, stack.queueUrl('SlackDeadLetters'))).toEqual(poison);
    expect(await deadLetters(sqs, stack.queueUrl('SnsDeadLetters'))).toEqual([]);
  });

  it.each([
    ['ten minutes ahead', 'ahead', 10],
    ['a minute behind', 'behind', -1],
  ] as const)('a change by a clock that is %s is said once, with whose it is', async (_, host, minutes) => {
    expect(await open(host, new Date(Date.now() + minutes * 60_000))).toBe(0);
    const { sns, slack, mails } = await deployment.heard();
    expect({ sns, slack }).toEqual(once(host));
    expect(mails[0]?.message).toMatchObject({ blameIs: 'these', blame: [{ who: 'mara' }] });
  });

  it('a change by a clock that is ten minutes behind is said once', async () => {
    expect(await open('late', new Date(Date.now() - 600_000))).toBe(0);
    expect(await deployment.heard()).toMatchObject(once('late'));
  });
});
