import { DescribeRegionsCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  OrganizationsClient,
  paginateListAccounts,
  paginateListParents,
} from '@aws-sdk/client-organizations';
import type { CredentialsProvider } from '#sources/aws';
import type { Config } from '../config/config.ts';
import type { WatchedTargets } from '../watch/schedule.ts';
import { callerIdentity } from './caller-identity.ts';
import type { ReaderCredentials } from './reader-credentials.ts';

export type Account = { readonly id: string; readonly name?: string; readonly units: readonly string[] };

/**
 * The accounts and Regions that the configuration names, looked up where it says "the organisation" or "all that are enabled".
 *
 * An account that does not tell its Regions is read in Postern's own, where the pass finds out, and says, if it may not; and wherever it was read
 * before.
 */
export async function watchedTargets(
  { accounts, regions }: Config,
  credentials: ReaderCredentials,
): Promise<readonly WatchedTargets[]> {
  const found = await watchedAccounts(accounts, credentials.region);
  return Promise.all(
    found.map(async ({ id, name, units }) => ({
      account: id,
      ...(name !== undefined && { name }),
      units: [...units],
      ...(regions === 'enabled' ? await enabledRegions(id, credentials) : { regions }),
    })),
  );
}

/** The accounts that the configuration means. @throws what AWS throws if it does not tell them */
export async function watchedAccounts(
  accounts: Config['accounts'],
  region: string,
  credentials?: CredentialsProvider,
): Promise<readonly Account[]> {
  if (accounts === 'organization') return organizationAccounts(region, credentials);
  if (accounts !== 'own')
    return accounts.map(({ id, name }) => ({ id, ...(name !== undefined && { name }), units: [] }));
  return [{ id: (await callerIdentity(region, credentials)).account, units: [] }];
}

/** Active accounts with the units above each, the root first. */
async function organizationAccounts(
  region: string,
  credentials: CredentialsProvider | undefined,
): Promise<readonly Account[]> {
  const client = new OrganizationsClient({ region, ...(credentials !== undefined && { credentials }) });
  const parents = new Map<string, string>();
  const parentOf = async (id: string): Promise<string> => {
    const known = parents.get(id);
    if (known !== undefined) return known;
    let parent = '';
    for await (const page of paginateListParents({ client }, { ChildId: id }))
      parent = page.Parents?.[0]?.Id ?? parent;
    parents.set(id, parent);
    return parent;
  };
  const found: Account[] = [];
  for await (const page of paginateListAccounts({ client }, {})) {
    for (const { Id: id, Name: name, Status: status } of page.Accounts ?? []) {
      if (id === undefined || status !== 'ACTIVE') continue;
      const units: string[] = [];
      for (
        let unit = await parentOf(id);
        unit !== '';
        unit = unit.startsWith('r-') ? '' : await parentOf(unit)
      )
        units.unshift(unit);
      found.push({ id, ...(name !== undefined && { name }), units });
    }
  }
  return found;
}

async function enabledRegions(
  account: string,
  credentials: ReaderCredentials,
): Promise<Pick<WatchedTargets, 'regions' | 'hasMoreRegions'>> {
  try {
    const client = new EC2Client({ region: credentials.region, ...(await credentials.for(account)) });
    const { Regions: regions = [] } = await client.send(new DescribeRegionsCommand({}));
    return { regions: regions.flatMap(({ RegionName: name }) => (name === undefined ? [] : [name])).sort() };
  } catch {
    return { regions: [credentials.region], hasMoreRegions: true };
  }
}
