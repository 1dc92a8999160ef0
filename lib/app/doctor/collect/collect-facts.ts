import pLimit from 'p-limit';
import { credentialsFor, failureOf } from '#sources/aws';
import type { Config } from '../../config/config.ts';
import type { Deployment } from '../../desk/deployment.ts';
import type { Desk } from '../../desk/desk.ts';
import { callerIdentity, type CallerIdentity } from '../../wire/caller-identity.ts';
import { watchedAccounts } from '../../wire/watched-targets.ts';
import type { AccountFacts, DoctorFacts } from '../facts.ts';
import { told, type Told } from '../told.ts';
import { accountFacts, closedAccount } from './account.ts';
import { ask } from './ask.ts';
import { hubFacts } from './hub.ts';

/** Regions that are asked at once, over all accounts. */
const AT_ONCE = 8;

export type FactsWanted = {
  readonly desk: Desk;
  readonly own: CallerIdentity;
  readonly deployment: Deployment;
  readonly config: Config;
  readonly table: string | undefined;
  readonly readerRole: string;
  readonly profile: string | undefined;
  readonly externalId: string | undefined;
  readonly clock: () => Date;
  readonly onProgress: (text: string) => void;
};

/** Asks AWS for all that is judged. Only reads: every call is a Describe, Get, List or Query, or a dry run. */
export async function collectFacts(wanted: FactsWanted): Promise<DoctorFacts> {
  const { desk, own, deployment, config, table, clock } = wanted;
  const { credentials } = desk;
  const isHub = own.account === deployment.account;
  const hub = isHub
    ? hubFacts(deployment, {
        credentials,
        table,
        isSlackOn: config.channels.slack,
        digest: config.digest,
        clock,
      })
    : undefined;
  const [inHub, accounts] = await Promise.all([hub, watchedFacts(wanted, isHub)]);
  return { deployment, now: clock(), ...(inHub !== undefined && { hub: inHub }), accounts };
}

/** Elsewhere than in the hub, one account is looked at: that of the credentials. */
async function watchedFacts(wanted: FactsWanted, isHub: boolean): Promise<Told<readonly AccountFacts[]>> {
  const { desk, own, config, onProgress } = wanted;
  const action = 'organizations:ListAccounts';
  const listed = await ask(action, () =>
    watchedAccounts(isHub ? config.accounts : [{ id: own.account }], desk.region, desk.credentials),
  );
  if (!listed.told) return listed;
  const ids = listed.value.map(({ id }) => id);
  let done = 0;
  const limit = pLimit(AT_ONCE);
  return told(
    await Promise.all(
      ids.map(async (id) => {
        const facts = await factsOf(id, wanted, limit);
        done += 1;
        onProgress(`${String(done)} of ${String(ids.length)} accounts`);
        return facts;
      }),
    ),
  );
}

async function factsOf(
  account: string,
  { desk, own, deployment, config, readerRole, profile, externalId }: FactsWanted,
  limit: ReturnType<typeof pLimit>,
): Promise<AccountFacts> {
  const common = {
    hubRegion: deployment.region,
    regions: config.regions,
    prefix: `${deployment.name}-`,
    limit,
  };
  if (account === own.account)
    return accountFacts(account, { ...common, entry: 'own', credentials: desk.credentials });
  const credentials = credentialsFor({
    region: desk.region,
    ...(profile !== undefined && { profile }),
    roleArn: `arn:${own.partition}:iam::${account}:role/${readerRole}`,
    ...(externalId !== undefined && { externalId }),
  });
  try {
    await limit(() => callerIdentity(desk.region, credentials));
  } catch (error) {
    return closedAccount(
      account,
      `${readerRole} cannot be taken on from here (${failureOf(error).text}), so trail and forwarders were not looked at. ` +
        'It admits the functions of the hub alone; what they get to see is below',
      {
        remedy: `Ask there, with credentials of ${account}`,
        run: [
          `postern doctor --stage ${deployment.stage} --hub ${deployment.account}/${deployment.region} --profile PROFILE`,
        ],
      },
    );
  }
  return accountFacts(account, { ...common, entry: 'reader role', credentials });
}
