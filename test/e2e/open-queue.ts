import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { idOf } from './account.ts';

/** A queue of somebody else's, to which the service's news is sent. */
export type OpenQueue = {
  readonly arn: string;
  /** Takes everything out, oldest first. */
  readonly drain: () => Promise<readonly string[]>;
};

export async function openQueue(sqs: SQSClient, QueueName: string): Promise<OpenQueue> {
  const QueueUrl = idOf((await sqs.send(new CreateQueueCommand({ QueueName }))).QueueUrl);
  const attributes = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] });
  return {
    arn: idOf((await sqs.send(attributes)).Attributes?.QueueArn),
    drain: async () => {
      const texts: string[] = [];
      for (;;) {
        const command = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 });
        const { Messages = [] } = await sqs.send(command);
        if (Messages.length === 0) return texts;
        for (const { Body = '', ReceiptHandle } of Messages) {
          texts.push(Body);
          await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
        }
      }
    },
  };
}
