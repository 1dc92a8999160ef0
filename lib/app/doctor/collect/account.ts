import { DescribeRegionsCommand, EC2Client } from '@aws-sdk/client-ec2';
import type { LimitFunction } from 'p-limit';
import { tryReads, type CredentialsProvider, type TriedRead } from '#sources/aws';
import type { Remedy } from '../check.ts';
import type { AccountFacts, RegionFacts } from '../facts.ts';
import { notTold, told, type Told } from '../told.ts';
import { ask } from './ask.ts';
import { clientConfig } from './client-config.ts';
import { defaultBusRules } from './rules.ts';
import { TrailReader } from './trails.ts';

/** Parallel requests to one service, as for a read. */
const CONCURRENCY = 8;
const READ_DEADLINE_MS = 30_000;

/** What there is in one account, in each of its Regions. */
export async function accountFacts(
  account: string,
  {
    entry,
    credentials,
    hubRegion,
    regions: wanted,
    prefix,
    limit,
  }: {
    readonly entry: 'own' | 'reader role';
    readonly credentials: CredentialsProvider;
    readonly hubRegion: string;
    readonly regions: 'enabled' | readonly string[];
    /** How the names of the deployment's rules begin. */
    readonly prefix: string;
    readonly limit: LimitFunction;
  },
): Promise<AccountFacts> {
  const regions =
    wanted === 'enabled' ? await enabledRegions(hubRegion, credentials) : told<readonly string[]>(wanted);
  const trails = new TrailReader(credentials);
  const regionFacts = async (region: string): Promise<RegionFacts> => ({
    region,
    trails: await trails.in(region),
    rules: await defaultBusRules(region, prefix, credentials),
  });
  const [reads, inRegions] = await Promise.all([
    readsOf(hubRegion, credentials),
    regions.told
      ? Promise.all(regions.value.map((region) => limit(() => regionFacts(region)))).then(told)
      : regions,
  ]);
  return { account, entry: told(entry), reads, regions: inRegions };
}

/** An account that let nobody in. */
export function closedAccount(account: string, why: string, remedy: Remedy): AccountFacts {
  const closed = notTold(why, remedy);
  return { account, entry: closed, reads: closed, regions: closed };
}

/** Without `AllRegions`, AWS names those that are enabled. */
function enabledRegions(region: string, credentials: CredentialsProvider): Promise<Told<readonly string[]>> {
  const client = new EC2Client(clientConfig(region, credentials));
  return ask('ec2:DescribeRegions', async () => {
    const { Regions: regions = [] } = await client.send(new DescribeRegionsCommand({}));
    return regions.flatMap(({ RegionName: name }) => name ?? []).sort();
  });
}

function readsOf(region: string, credentials: CredentialsProvider): Promise<Told<readonly TriedRead[]>> {
  return tryReads({
    ...clientConfig(region, credentials),
    concurrency: CONCURRENCY,
    deadlineMs: READ_DEADLINE_MS,
  }).then(told);
}
