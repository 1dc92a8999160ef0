import { inspect } from 'node:util';
import { mockClient } from 'aws-sdk-client-mock';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { describe, expect, it } from 'vitest';
import { readSecret, slackSecretOf } from '#notify';

function stores() {
  const ssm = new SSMClient({ region: 'eu-west-1' });
  const secretsManager = new SecretsManagerClient({ region: 'eu-west-1' });
  return {
    clients: { ssm, secretsManager },
    ssm: mockClient(ssm),
    secretsManager: mockClient(secretsManager),
  };
}

const named = (name: string) => Object.assign(new Error('no'), { name });

describe('a secret by its reference', () => {
  it('is read from Parameter Store, decrypted', async () => {
    const { clients, ssm } = stores();
    ssm
      .on(GetParameterCommand, { Name: '/postern/slack', WithDecryption: true })
      .resolves({ Parameter: { Value: 'it' } });
    expect(await readSecret('ssm:/postern/slack', clients)).toBe('it');
  });

  it.each(['postern/slack', 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:postern-AbCdEf'])(
    'is read from Secrets Manager: %s',
    async (id) => {
      const { clients, secretsManager } = stores();
      secretsManager.on(GetSecretValueCommand, { SecretId: id }).resolves({ SecretString: 'it' });
      expect(await readSecret(`secretsmanager:${id}`, clients)).toBe('it');
    },
  );

  it.each<[string, Error, RegExp]>([
    ['ssm:/a', named('ParameterNotFound'), /put-parameter --type SecureString --name \/a/],
    ['ssm:/a', named('AccessDeniedException'), /ssm:GetParameter.*kms:Decrypt/],
    ['secretsmanager:b', named('ResourceNotFoundException'), /create-secret --name b/],
    [
      'secretsmanager:arn:aws:secretsmanager:eu-west-1:111122223333:secret:team/b-AbCdEf',
      named('ResourceNotFoundException'),
      /create-secret --name team\/b --secret-string file/,
    ],
    ['secretsmanager:b', named('AccessDeniedException'), /secretsmanager:GetSecretValue/],
    ['secretsmanager:b', named('DecryptionFailure'), /kms:Decrypt/],
    ['ssm:/a', named('InternalServerError'), /InternalServerError: no/],
  ])('%s that fails with %s says what to do', async (reference, error, says) => {
    const { clients, ssm, secretsManager } = stores();
    ssm.on(GetParameterCommand).rejects(error);
    secretsManager.on(GetSecretValueCommand).rejects(error);
    const failure: unknown = await readSecret(reference, clients).catch((reason: unknown) => reason);
    expect(String(failure)).toMatch(says);
    expect(String(failure)).toContain(reference);
  });

  it('that is empty says how to fill it', async () => {
    const { clients, ssm } = stores();
    ssm.on(GetParameterCommand).resolves({ Parameter: { Value: ' ' } });
    await expect(readSecret('ssm:/a', clients)).rejects.toThrow(/holds no text.*put-parameter/);
  });

  it.each(['xoxb-1-secret', 'https://hooks.slack.com/services/T/B/secret', 'constructor:secret', ''])(
    'that stands in the place of its reference is not repeated: %s',
    async (text) => {
      const failure: unknown = await readSecret(text, stores().clients).catch((reason: unknown) => reason);
      expect(failure).toBeInstanceOf(Error);
      expect(inspect(failure)).toContain('ssm:/its/name');
      expect((failure as Error).message).not.toMatch(/xoxb|hooks|constructor/);
    },
  );
});

describe('a Slack secret', () => {
  const reference = 'ssm:/postern/slack';

  it.each<[string, string, ReturnType<typeof slackSecretOf>]>([
    [
      'an address',
      ' https://hooks.slack.com/services/T/B/x\n',
      { kind: 'webhook', url: 'https://hooks.slack.com/services/T/B/x' },
    ],
    ['a token', 'xoxb-1-a', { kind: 'bot', token: 'xoxb-1-a', channel: '#alerts' }],
    [
      'JSON with an address',
      '{"webhookUrl": "http://127.0.0.1:9/services/x"}',
      { kind: 'webhook', url: 'http://127.0.0.1:9/services/x' },
    ],
    [
      'JSON with a token',
      '{"botToken": "xoxb-1-a", "channel": "C1"}',
      { kind: 'bot', token: 'xoxb-1-a', channel: 'C1' },
    ],
    [
      'JSON with a token alone',
      '{"botToken": "xoxb-1-a"}',
      { kind: 'bot', token: 'xoxb-1-a', channel: '#alerts' },
    ],
  ])('%s', (_, text, expected) => {
    expect(slackSecretOf(text, { reference, channel: '#alerts' })).toEqual(expected);
  });

  it.each<[string, RegExp]>([
    ['', /is empty/],
    ['topsecret', /none of the known forms/],
    ['{"topsecret": ', /none of the known forms/],
    ['{"token": "topsecret"}', /none of the known forms/],
    ['xoxb-topsecret', /no channel is named/],
    ['{"botToken": "topsecret", "channel": "C1"}', /token of an unknown form/],
    ['{"webhookUrl": "http://hooks.slack.com/topsecret"}', /not https/],
    ['{"webhookUrl": "topsecret"}', /cannot be read/],
    ['https://hooks.slack.com/triggers/T/topsecret', /trigger of a workflow/],
  ])('%j is refused without being repeated', (text, says) => {
    expect(() => slackSecretOf(text, { reference })).toThrow(says);
    try {
      slackSecretOf(text, { reference });
    } catch (error) {
      expect(String(error)).toContain(reference);
      expect(inspect(error, { depth: 9, showHidden: true }).replaceAll(/\n +at .*/g, '')).not.toContain(
        'topsecret',
      );
    }
  });
});
