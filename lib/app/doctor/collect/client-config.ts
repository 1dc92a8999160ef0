import type { CredentialsProvider } from '#sources/aws';

/** With whose eyes, and in which Region. */
export type ClientConfig = {
  readonly region: string;
  readonly credentials: CredentialsProvider;
  readonly maxAttempts: number;
};

/** Somebody waits; a Region that does not answer is an unknown. */
const MAX_ATTEMPTS = 3;

export function clientConfig(region: string, credentials: CredentialsProvider): ClientConfig {
  return { region, credentials, maxAttempts: MAX_ATTEMPTS };
}
