import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { SQSClient, type SQSClientConfig } from '@aws-sdk/client-sqs';
import { CREDENTIALS, REGION } from './account.ts';
import { openQueue } from './open-queue.ts';

/** What the topic sent to a machine. */
export type Mail = {
  readonly subject: string;
  /** The alert's machine form. */
  readonly message: Readonly<Record<string, unknown>>;
  readonly attributes: Readonly<Record<string, string>>;
};

/** What a rule on the bus let through. */
export type BusEvent = { readonly 'detail-type': string; readonly detail: Readonly<Record<string, unknown>> };

/** Somebody's own machinery, which hears of everything by the topic and by the bus. */
export type Inbox = {
  /** What came since the last look, oldest first. */
  readonly look: () => Promise<{ readonly mails: readonly Mail[]; readonly events: readonly BusEvent[] }>;
};

export async function openInbox(
  endpoint: string,
  { topicArn, busName }: { readonly topicArn: string; readonly busName: string },
): Promise<Inbox> {
  const aws: SQSClientConfig = { region: REGION, endpoint, credentials: CREDENTIALS };
  const sqs = new SQSClient(aws);
  const mails = await openQueue(sqs, 'inbox-of-the-topic');
  const subscribe = { TopicArn: topicArn, Protocol: 'sqs', Endpoint: mails.arn };
  await new SNSClient({ region: REGION, endpoint, credentials: CREDENTIALS }).send(
    new SubscribeCommand(subscribe),
  );

  const events = await openQueue(sqs, 'inbox-of-the-bus');
  const eventBridge = new EventBridgeClient({ region: REGION, endpoint, credentials: CREDENTIALS });
  const rule = { EventBusName: busName, Name: 'all-of-it', EventPattern: '{"source":["postern"]}' };
  await eventBridge.send(new PutRuleCommand(rule));
  const Targets = [{ Id: 'inbox', Arn: events.arn }];
  await eventBridge.send(new PutTargetsCommand({ EventBusName: busName, Rule: rule.Name, Targets }));
  return {
    look: async () => ({
      mails: (await mails.drain()).map(mailOf),
      events: (await events.drain()).map((text) => JSON.parse(text) as BusEvent),
    }),
  };
}

type Envelope = {
  readonly Subject: string;
  readonly Message: string;
  readonly MessageAttributes: Readonly<Record<string, { readonly Value: string }>>;
};

/** https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html */
function mailOf(text: string): Mail {
  const { Subject, Message, MessageAttributes } = JSON.parse(text) as Envelope;
  return {
    subject: Subject,
    message: JSON.parse(Message) as Record<string, unknown>,
    attributes: Object.fromEntries(Object.entries(MessageAttributes).map(([key, { Value }]) => [key, Value])),
  };
}
