import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { buildAccount } from './account.ts';
import { deploy, type Deployment } from './deployment.ts';
import { doorOf, type Door } from './door.ts';
import { endClaims } from './end-claims.ts';

/* Processes that die in the middle of their work, as by kill -9. */

let deployment: Deployment;
let door: Door;

beforeAll(async () => {
  deployment = await deploy('{ regions: [eu-west-1], channels: { slack: true, eventbridge: false } }');
  const { ec2, groups } = await buildAccount(deployment.proxy.endpoint);
  door = doorOf(ec2, groups.bastion);
});
afterAll(async () => {
  await deployment.close();
});
beforeEach(async () => {
  await deployment.pass(3600);
  await deployment.functions.schedule.invoke({});
  await deployment.settle();
  await deployment.heard();
});

const NOTHING = { sns: [], slack: [] };
const OPENED = 'SSH on bastion is open to the whole internet';

it('deliver dies between the yes of Slack and its record: once the claim is over, exactly one repeat', async () => {
  const { functions, slack, stores } = deployment;
  slack.onPosted = async () => {
    slack.onPosted = () => Promise.resolve();
    await functions.deliver.kill();
  };
  await deployment.pass(60);
  await functions.notice.invoke(await door.open());
  await deployment.settle();
  await deployment.pass(30);
  expect(await deployment.settle()).toBe(1);
  const first = await deployment.heard();
  expect(first).toMatchObject({ sns: [`opened critical: ${OPENED}`], slack: [`CRITICAL  ${OPENED}`] });

  // the queue gives the message again, which nobody may send as long as the dead process may be at it
  await deployment.passInQueues(360);
  expect(await deployment.settle()).toBe(0);
  expect(await deployment.heard()).toMatchObject(NOTHING);

  await endClaims(stores);
  await deployment.passInQueues(60);
  expect(await deployment.settle()).toBe(0);
  const again = await deployment.heard();
  expect(again).toMatchObject({ sns: [], slack: first.slack });
  // word for word, with the alert's id and the finding's fingerprint
  expect(again.posted[0]?.blocks).toBe(first.posted[0]?.blocks);
  expect(again.posted[0]?.blocks).toMatch(/fingerprint [\da-f-]{9}.*message [\da-f-]{19}/);

  await deployment.passInQueues(3600);
  await functions.deliver.invoke({ sweep: true });
  expect(await deployment.settle()).toBe(0);
  expect(await deployment.heard()).toMatchObject(NOTHING);
  expect(await stores.state.owed()).toEqual([]);
});

it('refresh dies before its commit: nothing was said, and the pass is made again when the queue gives its message again', async () => {
  const { functions, proxy } = deployment;
  deployment.heal();
  await deployment.pass(60);
  await functions.notice.invoke(await door.shut());
  await deployment.settle();
  await deployment.pass(30);
  proxy.fault('PutObject', { kind: 'delay', ms: 5_000 });
  const settled = deployment.settle();
  await expect.poll(() => proxy.asked('PutObject'), { timeout: 30_000 }).toBe(1);
  await functions.refresh.kill();
  expect(await settled).toBe(1);
  deployment.heal();
  expect(await deployment.heard()).toMatchObject(NOTHING);

  await deployment.pass(1800);
  expect(await deployment.settle()).toBe(0);
  expect(await deployment.heard()).toMatchObject({
    sns: [`resolved critical: ${OPENED}: no longer`],
    slack: [`RESOLVED  ${OPENED}: no longer`],
  });
});
