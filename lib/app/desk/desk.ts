import { credentialsFor, failureOf, type CredentialsProvider } from '#sources/aws';
import { QuestionError } from '../question-error.ts';
import { callerIdentity, type CallerIdentity } from '../wire/caller-identity.ts';

/** Whose eyes somebody at a desk looks with; what is absent is what the AWS SDK finds by itself. */
export type DeskOptions = {
  readonly profile?: string;
  readonly region?: string;
  readonly roleArn?: string;
  readonly externalId?: string;
};

/** A desk with credentials, in one Region. */
export type Desk = {
  readonly region: string;
  readonly credentials: CredentialsProvider;
};

/** @throws QuestionError if no Region is known */
export function deskOf({ profile, region, roleArn, externalId }: DeskOptions): Desk {
  // the SDK's notice about its later versions says nothing about the account
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  const { AWS_REGION: usual, AWS_DEFAULT_REGION: fallback } = process.env;
  const where = [region, usual, fallback].find((name) => name !== undefined && name !== '');
  if (where === undefined)
    throw new QuestionError('in which Region is Postern deployed? Name it with --region (and --profile)');
  return {
    region: where,
    credentials: credentialsFor({
      region: where,
      ...(profile !== undefined && { profile }),
      ...(roleArn !== undefined && { roleArn }),
      ...(externalId !== undefined && { externalId }),
    }),
  };
}

/** @throws QuestionError if AWS does not take the credentials, or cannot be reached */
export async function identityAt({ region, credentials }: Desk): Promise<CallerIdentity> {
  try {
    return await callerIdentity(region, credentials);
  } catch (error) {
    throw new QuestionError(
      `AWS does not say whose credentials these are: ${failureOf(error).text}. Log in again, or name others with --profile`,
    );
  }
}
