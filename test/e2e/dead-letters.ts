import { ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** The texts among a queue's dead letters. */
export async function deadLetters(sqs: SQSClient, QueueUrl: string): Promise<readonly string[]> {
  const command = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 0 });
  const { Messages = [] } = await sqs.send(command);
  return Messages.map(({ Body = '' }) => Body).toSorted();
}
