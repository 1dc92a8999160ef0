import type { Alert } from '#findings';
import { ChannelFailure, plainTextOf, subjectOf, testAlert, type Channel } from '#notify';
import type { ChannelName, Config } from '../config/config.ts';
import { QuestionError } from '../question-error.ts';
import { deploymentOf, type DeploymentNames } from './deployment.ts';
import { deskOf, identityAt, type DeskOptions } from './desk.ts';

/** What one channel made of the test message. */
export type ChannelTrial = {
  readonly channel: ChannelName;
  readonly state: 'sent' | 'failed';
  /** Where it went, or why it did not and what to do. */
  readonly what: string;
};

export type TryChannelsOptions = DeskOptions &
  DeploymentNames & {
    readonly stage: string;
    readonly channels: readonly ChannelName[];
    readonly bus?: string;
    readonly slackApiUrl?: string;
    readonly clock: () => Date;
  };

/**
 * The channels that are set up: those that the configuration turns on, and what is named for this once.
 *
 * @throws QuestionError if there is none
 */
export function channelsSetUp(
  { channels }: Pick<Config, 'channels'>,
  named: { readonly topicArn?: string; readonly bus?: string; readonly slackSecret?: string },
): readonly ChannelName[] {
  const isOn: Readonly<Record<ChannelName, boolean>> = {
    sns: channels.sns || named.topicArn !== undefined,
    slack: channels.slack || named.slackSecret !== undefined,
    eventbridge: channels.eventbridge || named.bus !== undefined,
    securityhub: false,
  };
  // a test is no finding: there is nothing of it that Security Hub could keep
  const on = (Object.keys(isOn) as ChannelName[]).filter((name) => isOn[name]);
  if (on.length > 0) return on;
  throw new QuestionError('no channel is set up: turn one on under `channels:` in postern.yml');
}

/**
 * Sends a marked test message through each channel, by the code and to the places that alerts take, with the credentials of a desk.
 *
 * @throws QuestionError if no Region is known, or AWS does not take the credentials
 */
export async function tryChannels(options: TryChannelsOptions): Promise<readonly ChannelTrial[]> {
  const { stage, channels, bus, topicArn, slackSecret, slackApiUrl, clock } = options;
  const desk = deskOf(options);
  const { region } = desk;
  const { account, partition } = await identityAt(desk);
  const deployment = deploymentOf({ stage, account, region, partition }, { topicArn, slackSecret });
  const busName = bus ?? deployment.name;
  // the SDK takes long to load
  const { channelsOf } = await import('../wire/channels.ts');
  const channelOf = channelsOf(
    { ...desk, topicArn: deployment.topicArn, busName, slackSecret: deployment.slackSecret, slackApiUrl },
    clock,
  );
  const alert = testAlert({ account, region, time: clock().toISOString() });
  const taken: Readonly<Record<ChannelName, string>> = {
    sns: `${deployment.topicArn} took it. It is mailed to whoever has confirmed a subscription: postern doctor says whether anybody has`,
    slack: 'Slack took it. Look into the channel',
    eventbridge: `the bus ${busName} took it. It goes to whatever rules you have put on the bus`,
    securityhub: 'Security Hub takes findings only',
  };
  return Promise.all(channels.map((channel) => tryChannel(channel, taken[channel], alert, channelOf)));
}

async function tryChannel(
  channel: ChannelName,
  taken: string,
  alert: Alert,
  channelOf: (name: string) => Promise<Channel>,
): Promise<ChannelTrial> {
  try {
    await (await channelOf(channel)).send(alert);
    return { channel, state: 'sent', what: taken };
  } catch (error) {
    if (!(error instanceof ChannelFailure)) throw error;
    return { channel, state: 'failed', what: error.message };
  }
}

/** The message as the mail has it, without asking anybody: the account is known once it is sent. */
export function testMessage(region: string | undefined, clock: () => Date): string {
  const alert = testAlert({ account: '', region: region ?? '', time: clock().toISOString() });
  return `Subject: ${subjectOf(alert)}\n\n${plainTextOf(alert)}`;
}
