import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { credentialsFor, type CredentialsOptions } from '#sources/aws';
import type { Settings } from './settings.ts';

type Credentials = ReturnType<typeof credentialsFor>;

/** With what each account is read: the own one as it is, the others by the reader role. */
export type ReaderCredentials = {
  readonly region: string;
  readonly for: (account: string) => Promise<{ readonly credentials?: Credentials }>;
};

export function readerCredentials({ region, readerRole, externalId }: Settings): ReaderCredentials {
  let own: Promise<{ readonly account: string; readonly partition: string }> | undefined;
  return {
    region,
    for: async (account) => {
      own ??= identity(region);
      const { account: ownAccount, partition } = await own;
      if (account === ownAccount) return {};
      const options: CredentialsOptions = {
        region,
        roleArn: `arn:${partition}:iam::${account}:role/${readerRole}`,
        ...(externalId !== undefined && { externalId }),
      };
      return { credentials: credentialsFor(options) };
    },
  };
}

async function identity(region: string): Promise<{ account: string; partition: string }> {
  const { Account: account, Arn: arn } = await new STSClient({ region }).send(
    new GetCallerIdentityCommand({}),
  );
  if (account === undefined || arn === undefined) throw new Error('STS did not say which account this is');
  return { account, partition: arn.split(':')[1] ?? 'aws' };
}
