import type { fromNodeProviderChain } from '@aws-sdk/credential-providers';

export type CredentialsOptions = {
  readonly region: string;
  /** A profile of the shared AWS configuration. Absent: what the SDK finds by itself. */
  readonly profile?: string;
  /** The reader role to take on, with the credentials found before. */
  readonly roleArn?: string;
  /** What the role's trust policy asks of a caller from another account. */
  readonly externalId?: string;
  /** Seen in the other account's CloudTrail beside the role's name. */
  readonly sessionName?: string;
  /** Another server than AWS's STS, for tests. */
  readonly endpoint?: string;
};

export type CredentialsProvider = ReturnType<typeof fromNodeProviderChain>;

/**
 * Where credentials come from: the SDK's default chain or a profile and, if a role is named, that role on top. Nothing is
 * read or asked before the first call is signed; credentials that run out are renewed by the SDK.
 */
export function credentialsFor(options: CredentialsOptions): CredentialsProvider {
  let chain: Promise<CredentialsProvider> | undefined;
  return async (context) => {
    chain ??= import('./credential-chain.ts').then(({ credentialChain }) => credentialChain(options));
    return (await chain)(context);
  };
}
