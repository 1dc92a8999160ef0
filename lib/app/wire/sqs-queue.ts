import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Queue } from '../watch/messages.ts';

/** The longest that SQS holds a message back. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
const MOST_SECONDS = 900;

export function sqsQueue<Message>(client: SQSClient, url: string): Queue<Message> {
  return {
    send: async (message, delaySeconds = 0) => {
      await client.send(
        new SendMessageCommand({
          QueueUrl: url,
          MessageBody: JSON.stringify(message),
          DelaySeconds: Math.min(MOST_SECONDS, Math.max(0, Math.ceil(delaySeconds))),
        }),
      );
    },
  };
}
