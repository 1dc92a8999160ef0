import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SSMClient } from '@aws-sdk/client-ssm';
import { readSecret, slackSecretOf } from '#notify';
import { failureOf, type CredentialsProvider } from '#sources/aws';
import type { HubFacts } from '../facts.ts';
import { notTold, told } from '../told.ts';
import { clientConfig } from './client-config.ts';

/** Reads the secret where `deliver` does, to see whether it is there and in a form that is understood. It goes no further than that. */
export async function slackSecretFact(
  name: string,
  region: string,
  credentials: CredentialsProvider,
): Promise<NonNullable<HubFacts['slackSecret']>> {
  const config = clientConfig(region, credentials);
  const clients = { ssm: new SSMClient(config), secretsManager: new SecretsManagerClient(config) };
  for (const reference of [`ssm:${name}`, `secretsmanager:${name}`]) {
    let text: string;
    try {
      text = await readSecret(reference, clients);
    } catch (error) {
      // an empty one has no cause: AWS did give it
      if (!(error instanceof Error) || error.cause === undefined)
        return told({ malformed: `${reference} holds no text` });
      const cause = failureOf(error.cause);
      if (cause.code === 'dangling') continue;
      const action = reference.startsWith('ssm:') ? 'ssm:GetParameter' : 'secretsmanager:GetSecretValue';
      return notTold(`${action} on ${name}: ${cause.text}`, {
        remedy: `Grant ${action} (and kms:Decrypt) to whoever runs postern doctor`,
      });
    }
    try {
      slackSecretOf(text, { reference });
      return told('fine');
    } catch (error) {
      return told({ malformed: error instanceof Error ? error.message : `${reference} is not understood` });
    }
  }
  return told('absent');
}
