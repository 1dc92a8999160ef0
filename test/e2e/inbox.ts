import { SNSClient, SubscribeCommand, type SNSClientConfig } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
  type SQSClientConfig,
} from '@aws-sdk/client-sqs';
import { idOf } from './account.ts';

/** What the topic sent to a machine. */
export type Mail = {
  readonly subject: string;
  /** The alert's machine form. */
  readonly message: Readonly<Record<string, unknown>>;
  readonly attributes: Readonly<Record<string, string>>;
};

/** A queue that somebody subscribed to the topic. */
export type Inbox = {
  /** Everything that came since the last look, oldest first. */
  readonly look: () => Promise<readonly Mail[]>;
};

export async function openInbox(aws: SQSClientConfig & SNSClientConfig, TopicArn: string): Promise<Inbox> {
  const sqs = new SQSClient(aws);
  const QueueUrl = idOf((await sqs.send(new CreateQueueCommand({ QueueName: 'inbox' }))).QueueUrl);
  const arn = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] });
  const Endpoint = idOf((await sqs.send(arn)).Attributes?.QueueArn);
  await new SNSClient(aws).send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint }));
  return {
    look: async () => {
      const mails: Mail[] = [];
      for (;;) {
        const { Messages = [] } = await sqs.send(
          new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
        );
        if (Messages.length === 0) return mails;
        for (const { Body = '', ReceiptHandle } of Messages) {
          mails.push(mailOf(Body));
          await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
        }
      }
    },
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
