import type { Deployment } from '../desk/deployment.ts';
import { missing, ok, unknown, type Check } from './check.ts';
import type { HubFacts } from './facts.ts';
import { redeploy } from './redeploy.ts';

/** Whether anybody gets what goes to the topic: alerts, and the alarms about Postern itself. */
export function topicCheck(deployment: Deployment, { topic }: HubFacts): Check {
  const { account, region, topicArn } = deployment;
  const subject = { what: 'SNS topic', at: `${account}/${region}` };
  if (!topic.told) return unknown(subject, topic);
  if (topic.value === undefined)
    return missing(subject, `there is no topic ${topicArn}`, redeploy(deployment));
  const { confirmed, pending } = topic.value;
  if (confirmed > 0) return ok(subject, `${String(confirmed)} confirmed, ${String(pending)} waiting`);
  if (pending > 0)
    return missing(
      subject,
      `${String(pending)} subscribed and nobody has confirmed: alerts reach nobody by SNS`,
      {
        remedy:
          'Whoever was subscribed has a mail from AWS Notifications with a link in it, which is good for two days. After that, subscribe again',
      },
    );
  return missing(subject, 'nobody is subscribed: alerts and alarms reach nobody by SNS', {
    remedy: 'Subscribe somebody, who then has to confirm; or deploy with alertEmail',
    run: [
      `aws sns subscribe --region ${region} --topic-arn ${topicArn} --protocol email --notification-endpoint YOU@EXAMPLE.COM`,
    ],
  });
}

/** Whether Slack's secret can be used, where the configuration turns Slack on. */
export function slackCheck(
  { account, region, slackSecret: name }: Deployment,
  { slackSecret }: HubFacts,
): readonly Check[] {
  if (slackSecret === undefined) return [];
  const subject = { what: 'Slack secret', at: `${account}/${region}` };
  if (!slackSecret.told) return [unknown(subject, slackSecret)];
  const store = {
    remedy: 'Store it; it is asked for, so that it is not in the history of the shell',
    run: [
      'read -rs SLACK_SECRET',
      `aws ssm put-parameter --region ${region} --type SecureString --overwrite --name ${name} --value "$SLACK_SECRET"`,
    ],
  };
  switch (slackSecret.value) {
    case 'fine':
      return [ok(subject, `${name} is there and in a form that is understood`)];
    case 'absent':
      return [missing(subject, `the configuration turns Slack on, and there is no ${name}`, store)];
    default:
      return [missing(subject, slackSecret.value.malformed, store)];
  }
}
