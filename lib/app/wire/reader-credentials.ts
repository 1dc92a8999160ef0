import { credentialsFor, type CredentialsOptions } from '#sources/aws';
import { callerIdentity, type CallerIdentity } from './caller-identity.ts';
import type { Settings } from './settings.ts';

type Credentials = ReturnType<typeof credentialsFor>;

/** With what each account is read: the own one as it is, the others by the reader role. */
export type ReaderCredentials = {
  readonly region: string;
  readonly for: (account: string) => Promise<{ readonly credentials?: Credentials }>;
};

export function readerCredentials({ region, readerRole, externalId }: Settings): ReaderCredentials {
  let own: Promise<CallerIdentity> | undefined;
  return {
    region,
    for: async (account) => {
      own ??= callerIdentity(region).catch((error: unknown) => {
        // a process that failed once to ask is not to fail for the rest of its life
        own = undefined;
        throw error;
      });
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
