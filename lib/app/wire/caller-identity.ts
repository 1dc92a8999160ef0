import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { CredentialsProvider } from '#sources/aws';

export type CallerIdentity = { readonly account: string; readonly partition: string; readonly arn: string };

/** Whose credentials these are. STS answers this to any valid credentials: no permission is needed. */
export async function callerIdentity(
  region: string,
  credentials?: CredentialsProvider,
): Promise<CallerIdentity> {
  const client = new STSClient({ region, ...(credentials !== undefined && { credentials }) });
  const { Account: account, Arn: arn } = await client.send(new GetCallerIdentityCommand({}));
  if (account === undefined || arn === undefined) throw new Error('STS did not say which account this is');
  return { account, partition: arn.split(':')[1] ?? 'aws', arn };
}
