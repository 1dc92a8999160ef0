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
