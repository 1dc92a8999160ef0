import { afterAll, beforeAll, expect, it } from 'vitest';
import { credentialsFor } from '#sources/aws';
import { ACCOUNT, buildAccount, REGION } from './account.ts';
import { deploy, type Deployment } from './deployment.ts';
import { doorOf, type Door } from './door.ts';

/* Three accounts, read by the reader role of each (the own one without): one of them lets nobody in any more. */

const SHOP = '111122223333';
const LOCKED = '444455556666';
const CONFIG = `
accounts: [{ id: '${ACCOUNT}', name: hub }, { id: '${SHOP}', name: shop }, { id: '${LOCKED}', name: locked }]
regions: [${REGION}]
channels: { slack: true, eventbridge: false }
`;

let deployment: Deployment;
/** A door in each of the other accounts. */
let doors: Readonly<Record<string, Door>>;

beforeAll(async () => {
  deployment = await deploy(CONFIG);
  const { endpoint } = deployment.proxy;
  const build = async (account: string): Promise<Door> => {
    const roleArn = `arn:aws:iam::${account}:role/OrganizationAccountAccessRole`;
    const { ec2, groups } = await buildAccount(
      endpoint,
      credentialsFor({ region: REGION, roleArn, endpoint }),
    );
    return doorOf(ec2, groups.bastion, account);
  };
  const [shop, locked] = await Promise.all([build(SHOP), build(LOCKED), buildAccount(endpoint)]);
  doors = { [SHOP]: shop, [LOCKED]: locked };
});
afterAll(async () => {
  await deployment.close();
});

const NEW = 'newly-seen medium: 1 finding seen for the first time: 1 medium';
const OPENED = 'opened critical: SSH on bastion is open to the whole internet';

/** Whose account each message on SNS is about, with what it says. */
async function heardOf(): Promise<readonly string[]> {
  const { mails, sns } = await deployment.heard();
  return mails.map(({ attributes }, i) => `${attributes['account'] ?? ''} ${sns[i] ?? ''}`).toSorted();
}

async function versionOf(account: string): Promise<number | undefined> {
  return (await deployment.stores.state.head({ account, region: REGION }))?.version;
}

async function lookAgain(): Promise<void> {
  await deployment.pass(3600);
  await deployment.functions.schedule.invoke({});
  expect(await deployment.settle()).toBe(0);
}

it('reads each of them, and says of each what is there', async () => {
  await deployment.functions.schedule.invoke({});
  expect(await deployment.settle()).toBe(0);
  expect(await heardOf()).toEqual([SHOP, ACCOUNT, LOCKED].map((account) => `${account} ${NEW}`));
});

it('hears of a change in another account', async () => {
  const events = [await doors[SHOP]!.open(), await doors[LOCKED]!.open()];
  for (const event of events) await deployment.functions.notice.invoke(event);
  await deployment.settle();
  await deployment.pass(60);
  expect(await deployment.settle()).toBe(0);
  expect(await heardOf()).toEqual([`${SHOP} ${OPENED}`, `${LOCKED} ${OPENED}`]);
});

it('an account that lets nobody in is one blind spot: nothing of it is resolved, and the others are read', async () => {
  const refused = { kind: 'refuse', status: 403, code: 'AccessDenied' } as const;
  deployment.proxy.fault('AssumeRole', { ...refused, only: LOCKED });
  const before = await versionOf(LOCKED);
  // shut meanwhile, which nobody can see
  await doors[LOCKED]!.shut();
  await deployment.pass(3600);
  await deployment.functions.notice.invoke(await doors[SHOP]!.shut());
  await lookAgain();
  expect(await heardOf()).toEqual([
    expect.stringMatching(`^${SHOP} resolved critical: SSH on bastion`),
    expect.stringMatching(`^${LOCKED} blind-spot high: account ${LOCKED} cannot be read`),
  ]);
  expect(await versionOf(LOCKED)).toBe(before);

  await lookAgain();
  expect(await heardOf()).toEqual([]);
});

it('once it can be read again, what happened meanwhile is said', async () => {
  deployment.heal();
  await lookAgain();
  expect(await heardOf()).toEqual([expect.stringMatching(`^${LOCKED} resolved critical: SSH on bastion`)]);
});
