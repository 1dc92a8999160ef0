import { fromNodeProviderChain, fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import type { CredentialsOptions, CredentialsProvider } from './credentials-options.ts';

/** Long enough for the largest target, short enough to be of little use to a thief. */
const SESSION_SECONDS = 3_600;
const SESSION_NAME = 'postern';

/** The default chain or a profile and, if a role is named, that role on top. */
export function credentialChain(options: CredentialsOptions): CredentialsProvider {
  const { region, profile, roleArn, externalId, endpoint } = options;
  const own = fromNodeProviderChain({
    ...(profile === undefined ? {} : { profile }),
    clientConfig: { region },
  });
  if (roleArn === undefined) return own;
  return fromTemporaryCredentials({
    masterCredentials: own,
    params: {
      RoleArn: roleArn,
      RoleSessionName: options.sessionName ?? SESSION_NAME,
      DurationSeconds: SESSION_SECONDS,
      ...(externalId === undefined ? {} : { ExternalId: externalId }),
    },
    clientConfig: { region, ...(endpoint === undefined ? {} : { endpoint }) },
  });
}
