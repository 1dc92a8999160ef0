import { paginateListSubscriptionsByTopic, SNSClient } from '@aws-sdk/client-sns';
import type { CredentialsProvider } from '#sources/aws';
import type { Config } from '../../config/config.ts';
import type { Deployment } from '../../desk/deployment.ts';
import type { HubFacts } from '../facts.ts';
import { askFor } from './ask.ts';
import { clientConfig } from './client-config.ts';
import { tableFacts } from './hub-table.ts';
import { mailFacts } from './mail.ts';
import { busRules } from './rules.ts';
import { slackSecretFact } from './slack-secret.ts';

/** What is in the hub alone. */
export async function hubFacts(
  deployment: Deployment,
  {
    credentials,
    table,
    isSlackOn,
    digest,
    clock,
  }: {
    readonly credentials: CredentialsProvider;
    readonly table: string | undefined;
    readonly isSlackOn: boolean;
    readonly digest: Config['digest'];
    readonly clock: () => Date;
  },
): Promise<HubFacts> {
  const { region, name, topicArn, slackSecret } = deployment;
  const [bus, topic, secret, mail, tableTells] = await Promise.all([
    busRules(region, name, credentials),
    topicFact(region, topicArn, credentials),
    isSlackOn ? slackSecretFact(slackSecret, region, credentials) : undefined,
    mailFacts(digest, { region, credentials }),
    tableFacts(deployment, credentials, table, clock),
  ]);
  return {
    busRules: bus,
    topic,
    ...(secret !== undefined && { slackSecret: secret }),
    ...(mail && { mail }),
    ...tableTells,
  };
}

/** A subscription that waits has a word in place of its ARN, and so has one that is gone. */
function topicFact(
  region: string,
  TopicArn: string,
  credentials: CredentialsProvider,
): Promise<HubFacts['topic']> {
  const client = new SNSClient(clientConfig(region, credentials));
  return askFor('sns:ListSubscriptionsByTopic', async () => {
    const arns: (string | undefined)[] = [];
    for await (const page of paginateListSubscriptionsByTopic({ client }, { TopicArn }))
      arns.push(...(page.Subscriptions ?? []).map(({ SubscriptionArn: arn }) => arn));
    return {
      confirmed: arns.filter((arn) => arn?.startsWith('arn:') === true).length,
      pending: arns.filter((arn) => arn === 'PendingConfirmation').length,
    };
  });
}
