import type { Deployment } from '../desk/deployment.ts';
import { missing, ok, unknown, type Check } from './check.ts';
import type { HubFacts } from './facts.ts';

/** Whether anybody gets what goes to the topic: alerts, and the alarms about Postern itself. */
export function topicCheck({ account, region, topicArn, stage }: Deployment, { topic }: HubFacts): Check {
  const subject = { what: 'SNS topic', at: `${account}/${region}` };
  if (!topic.told) return unknown(subject, topic);
  if (topic.value === undefined)
    return missing(
      subject,
      `there is no topic ${topicArn}`,
      `Deploy the hub: npx --no -- serverless deploy --region ${region} --stage ${stage}`,
    );
  const { confirmed, pending } = topic.value;
  if (confirmed > 0) return ok(subject, `${String(confirmed)} confirmed, ${String(pending)} waiting`);
  if (pending > 0)
    return missing(
      subject,
      `${String(pending)} subscribed and nobody has confirmed: alerts reach nobody by SNS`,
      'Whoever was subscribed has a mail from AWS Notifications with a link in it, which is good for two days. After that, subscribe again',
    );
  return missing(
    subject,
    'nobody is subscribed: alerts and alarms reach nobody by SNS',
    `aws sns subscribe --region ${region} --topic-arn ${topicArn} --protocol email --notification-endpoint YOU@EXAMPLE.COM`,
  );
}

/** Whether Slack's secret can be used, where the configuration turns Slack on. */
export function slackCheck(
  { account, region, slackSecret: name }: Deployment,
  { slackSecret }: HubFacts,
): readonly Check[] {
  if (slackSecret === undefined) return [];
  const subject = { what: 'Slack secret', at: `${account}/${region}` };
  if (!slackSecret.told) return [unknown(subject, slackSecret)];
  const store =
    `read -rs SLACK_SECRET; aws ssm put-parameter --region ${region} --type SecureString --overwrite --name ${name} ` +
    '--value "$SLACK_SECRET"';
  switch (slackSecret.value) {
    case 'fine':
      return [ok(subject, `${name} is there and in a form that is understood`)];
    case 'absent':
      return [missing(subject, `the configuration turns Slack on, and there is no ${name}`, store)];
    default:
      return [missing(subject, slackSecret.value.malformed, store)];
  }
}
