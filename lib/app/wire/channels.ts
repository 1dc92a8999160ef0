import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SecurityHubClient } from '@aws-sdk/client-securityhub';
import { SNSClient } from '@aws-sdk/client-sns';
import { SSMClient } from '@aws-sdk/client-ssm';
import {
  CHANNEL_CLIENT,
  ChannelFailure,
  eventBridgeChannel,
  readSecret,
  slackChannel,
  slackSecretOf,
  snsChannel,
  type Channel,
} from '#notify';
import type { CredentialsProvider } from '#sources/aws';
import { securityHubChannel } from '../security-hub/security-hub-channel.ts';
import { callerIdentity } from './caller-identity.ts';
import type { Settings } from './settings.ts';

/** Where the channels of a deployment are, and with whose credentials they are used: absent, with those that the SDK finds. */
export type ChannelSettings = Pick<
  Settings,
  'region' | 'topicArn' | 'busName' | 'slackSecret' | 'slackApiUrl'
> & { readonly credentials?: CredentialsProvider };

/** For so long a secret is not read again; a new one is in use after that. */
const SECRET_MS = 300_000;

/** Makes the channels of a deployment when they are first used. @throws ChannelFailure if one cannot be made */
export function channelsOf(settings: ChannelSettings, clock: () => Date): (name: string) => Promise<Channel> {
  const { topicArn, busName } = settings;
  const config = { ...clientConfig(settings), ...CHANNEL_CLIENT };
  const fixed = new Map<string, Channel>();
  const once = (name: string, make: () => Channel): Channel => {
    const known = fixed.get(name) ?? make();
    fixed.set(name, known);
    return known;
  };
  let slack: { readonly channel: Channel; readonly until: number } | undefined;
  return async (name) => {
    switch (name) {
      case 'sns':
        return once(name, () => snsChannel({ client: new SNSClient(config), topicArn }));
      case 'eventbridge':
        return once(name, () => eventBridgeChannel({ client: new EventBridgeClient(config), busName }));
      case 'slack': {
        if (slack === undefined || slack.until <= clock().getTime())
          slack = { channel: await slackOf(settings), until: clock().getTime() + SECRET_MS };
        return slack.channel;
      }
      case 'securityhub':
        return fixed.get(name) ?? once(name, await securityHubOf(settings));
      default:
        throw new ChannelFailure(`there is no channel ${name}`, { mayRecover: false });
    }
  };
}

/** A Security Hub takes what is about its own account and nothing else, so that everything is its. */
async function securityHubOf(settings: ChannelSettings): Promise<() => Channel> {
  const { region, credentials } = settings;
  const { account } = await callerIdentity(region, credentials).catch((error: unknown) => {
    throw new ChannelFailure('STS did not say which account this is', { cause: error });
  });
  const client = new SecurityHubClient({ ...clientConfig(settings), ...CHANNEL_CLIENT });
  return () => securityHubChannel({ client, owner: { account, region } });
}

/** The secret is in Parameter Store, or under the same name in Secrets Manager. */
async function slackOf(settings: ChannelSettings): Promise<Channel> {
  const { slackSecret, slackApiUrl } = settings;
  if (slackSecret === undefined)
    throw new ChannelFailure('Slack has no secret: SLACK_SECRET_NAME is not set', { mayRecover: false });
  const config = clientConfig(settings);
  const clients = { ssm: new SSMClient(config), secretsManager: new SecretsManagerClient(config) };
  try {
    const reference = `ssm:${slackSecret}`;
    const text = await readSecret(reference, clients).catch(async (error: unknown) => {
      // where neither has it, the first answer says how to make it
      return readSecret(`secretsmanager:${slackSecret}`, clients).catch(() => Promise.reject(error as Error));
    });
    return slackChannel({
      secret: slackSecretOf(text, { reference }),
      ...(slackApiUrl !== undefined && { slackApiUrl }),
    });
  } catch (error) {
    throw new ChannelFailure(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function clientConfig({ region, credentials }: ChannelSettings): {
  readonly region: string;
  readonly credentials?: CredentialsProvider;
} {
  return { region, ...(credentials !== undefined && { credentials }) };
}
