import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';

/** The clients of the stores that secrets may be in. */
export type SecretClients = { readonly ssm: SSMClient; readonly secretsManager: SecretsManagerClient };

type Store = {
  readonly read: (name: string, clients: SecretClients) => Promise<string | undefined>;
  readonly permission: string;
  readonly create: (name: string) => string;
};

const STORES: Readonly<Record<string, Store>> = {
  ssm: {
    read: async (name, { ssm }) =>
      (await ssm.send(new GetParameterCommand({ Name: name, WithDecryption: true }))).Parameter?.Value,
    permission: 'ssm:GetParameter on it, and kms:Decrypt if its key is one of your own',
    create: (name) =>
      `aws ssm put-parameter --type SecureString --name ${quoted(name)} --value file://secret.txt`,
  },
  secretsmanager: {
    read: async (name, { secretsManager }) =>
      (await secretsManager.send(new GetSecretValueCommand({ SecretId: name }))).SecretString,
    permission: 'secretsmanager:GetSecretValue on it, and kms:Decrypt if its key is one of your own',
    create: (name) =>
      `aws secretsmanager create-secret --name ${quoted(nameOf(name))} --secret-string file://secret.txt`,
  },
};

/**
 * Reads a secret as text: `ssm:/postern/slack` from Parameter Store, `secretsmanager:postern/slack` (or an ARN) from Secrets Manager.
 *
 * @throws Error that names the reference and what to do, and never holds the secret
 */
export async function readSecret(reference: string, clients: SecretClients): Promise<string> {
  const [, scheme = '', name = ''] = /^([a-z]+):(.+)$/s.exec(reference) ?? [];
  const store = Object.hasOwn(STORES, scheme) ? STORES[scheme] : undefined;
  if (store === undefined)
    // It may be the secret itself, put where its reference belongs, so it is not repeated.
    throw new Error(
      'A secret is named as ssm:/its/name or secretsmanager:its-name; what the configuration has is neither (and is not shown here, in ' +
        'case it is the secret itself).',
    );
  let text: string | undefined;
  try {
    text = await store.read(name, clients);
  } catch (error) {
    throw new Error(`The secret ${reference} could not be read: ${remedyFor(error, store, name)}`, {
      cause: error,
    });
  }
  if (text === undefined || text.trim() === '')
    throw new Error(`The secret ${reference} holds no text. Store one: ${store.create(name)}`);
  return text;
}

function remedyFor(error: unknown, store: Store, name: string): string {
  const kind = error instanceof Error ? error.name : 'Error';
  if (kind.includes('NotFound')) return `it does not exist. Create it: ${store.create(name)}`;
  if (/AccessDenied|Decrypt|InvalidKeyId/.test(kind))
    return `${kind}. Allow the role of the function that delivers: ${store.permission}.`;
  return `${kind}: ${error instanceof Error ? error.message : String(error)}`;
}

/** The name in a secret's ARN, which ends in six characters of AWS's own. */
function nameOf(nameOrArn: string): string {
  return /^arn:.*:secret:(.+)-\w{6}$/.exec(nameOrArn)?.[1] ?? nameOrArn;
}

/** As one word of a shell. */
function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
