import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildAccount, type Shop } from './account.ts';
import { trailEvent } from './change-event.ts';
import { deploy, type Deployment } from './deployment.ts';
import { doorOf, type Door } from './door.ts';

/*
 * The main job, with the packaged stack and the bundled functions: a first look, somebody opens a door, it is shut again. The functions
 * go by the real clock, and no test waits for it: `pass` puts what the service knows further into the past.
 */

let deployment: Deployment;
let shop: Shop;
let door: Door;
let opening: object;

beforeAll(async () => {
  deployment = await deploy('{ regions: [eu-west-1], channels: { slack: true } }');
  shop = await buildAccount(deployment.proxy.endpoint);
  door = doorOf(shop.ec2, shop.groups.bastion);
});
afterAll(async () => {
  await deployment.close();
});

const NOTHING = { sns: [], slack: [], bus: [] };
const OPENED = 'SSH on bastion is open to the whole internet';

it('a first look is one summary', async () => {
  await deployment.functions.schedule.invoke({});
  expect(await deployment.settle()).toBe(0);
  expect(await deployment.heard()).toMatchObject({
    sns: ['newly-seen medium: 1 finding seen for the first time: 1 medium'],
    slack: ['MEDIUM newly seen: 1 finding seen for the first time: 1 medium'],
    bus: ['Postern Finding Newly Seen: 1 finding seen for the first time: 1 medium'],
  });
});

it('nothing is read until the change has had half a minute, nor within a minute of the last read', async () => {
  opening = await door.open();
  await deployment.functions.notice.invoke(opening);
  await deployment.settle();
  expect(deployment.held()).toEqual([30]);
  await deployment.passInQueues(30);
  await deployment.settle();
  expect(deployment.held()).toHaveLength(1);
  expect(await deployment.heard()).toMatchObject(NOTHING);
});

it('a door that somebody opened is said once on each channel, with who and how to undo it', async () => {
  await deployment.pass(60);
  expect(await deployment.settle()).toBe(0);
  const { sns, slack, bus, mails, posted } = await deployment.heard();
  expect({ sns, slack, bus }).toEqual({
    sns: [`opened critical: ${OPENED}`],
    slack: [`CRITICAL  ${OPENED}`],
    bus: [`Postern Finding Opened: ${OPENED}`],
  });
  expect(mails[0]).toMatchObject({
    attributes: { severity: 'critical', account: '123456789012', region: 'eu-west-1', change_kind: 'opened' },
    message: {
      blameIs: 'these',
      blame: [{ call: 'AuthorizeSecurityGroupIngress', who: 'mara', role: 'network-admin', mfa: true }],
      undo: { isProven: true, commands: [expect.stringContaining(shop.groups.bastion)] },
    },
  });
  expect(posted[0]?.blocks).toContain('aws ec2 revoke-security-group-ingress');
});

it('the same event again, and the follow-up of the first, say nothing more', async () => {
  await deployment.functions.notice.invoke(opening);
  expect(deployment.held()).toHaveLength(1);
  await deployment.pass(90);
  expect(await deployment.settle()).toBe(0);
  await deployment.functions.notice.invoke(opening);
  await deployment.settle();
  expect(deployment.held()).toEqual([]);
  expect(await deployment.heard()).toMatchObject(NOTHING);
});

it('a door that is shut again is one notice, in the thread of the alert', async () => {
  await deployment.pass(60);
  await deployment.functions.notice.invoke(await door.shut());
  await deployment.settle();
  await deployment.pass(30);
  expect(await deployment.settle()).toBe(0);
  const { sns, slack, bus, mails, posted } = await deployment.heard();
  expect({ sns, slack, bus }).toEqual({
    sns: [`resolved critical: ${OPENED}: no longer`],
    slack: [`RESOLVED  ${OPENED}: no longer`],
    bus: [`Postern Finding Resolved: ${OPENED}: no longer`],
  });
  expect(posted[0]?.threadTs).toBe(
    deployment.slack.posted.find(({ text }) => text.startsWith('CRITICAL'))?.ts,
  );
  expect(mails[0]?.message).toMatchObject({
    blame: expect.arrayContaining([
      expect.objectContaining({ call: 'RevokeSecurityGroupIngress' }),
    ]) as unknown,
  });
});

it('somebody stops the trail by which changes are heard: said once, however often the event comes', async () => {
  const event = trailEvent('StopLogging', 'audit');
  await deployment.functions.notice.invoke(event);
  await deployment.functions.notice.invoke(event);
  expect(await deployment.settle()).toBe(0);
  expect(await deployment.heard()).toMatchObject({
    sns: [expect.stringMatching(/^tampering critical: StopLogging on audit/)],
    slack: [expect.stringMatching(/^CRITICAL tampering: StopLogging on audit/)],
    bus: [expect.stringMatching(/^Postern Tampering: StopLogging on audit/)],
  });
});

it('the next hour has nothing to say', async () => {
  await deployment.pass(3600);
  await deployment.functions.schedule.invoke({});
  expect(await deployment.settle()).toBe(0);
  expect(await deployment.heard()).toMatchObject(NOTHING);
  expect(await deployment.functions.deliver.invoke({ sweep: true })).toBeUndefined();
  expect(await deployment.settle()).toBe(0);
  expect(await deployment.stores.state.owed()).toEqual([]);
});
