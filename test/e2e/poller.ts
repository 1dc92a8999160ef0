import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  type Message,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { idOf, REGION } from './account.ts';
import type { HeldBack } from './held-back.ts';

export type Mapping = {
  readonly queueUrl: string;
  readonly batchSize: number;
  readonly invoke: (event: SQSEvent) => Promise<unknown>;
};

/** What one round did with its messages. */
export type Round = { readonly taken: number; readonly failed: number };

/**
 * Stands for one event-source mapping: receives, calls the function, deletes what it did not report as failed. What failed comes again
 * after the queue's visibility timeout. Time is the test's: only `pass` moves it.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export class Poller {
  readonly #sqs: SQSClient;
  readonly #mapping: Mapping;
  readonly #heldBack: HeldBack;
  #now = 0;
  #held: { readonly message: Message; readonly dueAt: number }[] = [];
  #failed: { readonly handle: string; readonly againAt: number }[] = [];

  constructor(sqs: SQSClient, mapping: Mapping, heldBack: HeldBack) {
    this.#sqs = sqs;
    this.#mapping = mapping;
    this.#heldBack = heldBack;
  }

  /** Lets time go by: what failed long enough ago is given again, what was held back may be due. */
  async pass(seconds: number): Promise<void> {
    this.#now += seconds;
    const due = this.#failed.filter(({ againAt }) => againAt <= this.#now);
    this.#failed = this.#failed.filter(({ againAt }) => againAt > this.#now);
    for (const { handle } of due) await this.#giveAgain(handle);
  }

  /** In how many seconds each message that is held back is due. */
  get held(): readonly number[] {
    return this.#held.map(({ dueAt }) => dueAt - this.#now);
  }

  /** Takes what is due now, at most one batch. */
  async round(): Promise<Round> {
    await this.#receive();
    const due = this.#held.filter(({ dueAt }) => dueAt <= this.#now).slice(0, this.#mapping.batchSize);
    this.#held = this.#held.filter((held) => !due.includes(held));
    if (due.length === 0) return { taken: 0, failed: 0 };
    const messages = due.map(({ message }) => message);
    const failures = await this.#call(messages);
    for (const message of messages) {
      const handle = idOf(message.ReceiptHandle);
      if (failures === 'all' || failures.has(message.MessageId ?? ''))
        this.#failed.push({ handle, againAt: this.#now + (await this.#visibility()) });
      else
        await this.#sqs.send(
          new DeleteMessageCommand({ QueueUrl: this.#mapping.queueUrl, ReceiptHandle: handle }),
        );
    }
    return { taken: due.length, failed: failures === 'all' ? due.length : failures.size };
  }

  async #receive(): Promise<void> {
    const { queueUrl } = this.#mapping;
    for (;;) {
      const { Messages = [] } = await this.#sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: queueUrl,
          MaxNumberOfMessages: 10,
          MessageSystemAttributeNames: ['All'],
        }),
      );
      if (Messages.length === 0) return;
      for (const message of Messages) {
        // one that comes again after a failure is not held back anew: its delay was taken the first time
        const seconds = this.#heldBack.secondsOf(queueUrl, message.Body ?? '');
        this.#held.push({ message, dueAt: this.#now + seconds });
      }
    }
  }

  /** A function that throws, or dies, has failed on all of them. */
  async #call(messages: readonly Message[]): Promise<ReadonlySet<string> | 'all'> {
    const records = messages.map((message) => recordOf(message, this.#mapping.queueUrl));
    try {
      const { batchItemFailures } = (await this.#mapping.invoke({ Records: records })) as SQSBatchResponse;
      return new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    } catch {
      return 'all';
    }
  }

  async #visibility(): Promise<number> {
    const command = new GetQueueAttributesCommand({
      QueueUrl: this.#mapping.queueUrl,
      AttributeNames: ['VisibilityTimeout'],
    });
    return Number((await this.#sqs.send(command)).Attributes?.VisibilityTimeout);
  }

  async #giveAgain(ReceiptHandle: string): Promise<void> {
    const { queueUrl: QueueUrl } = this.#mapping;
    await this.#sqs.send(
      new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }),
    );
  }
}

/** https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
function recordOf(message: Message, queueUrl: string): SQSEvent['Records'][number] {
  const [, account = '', queue = ''] = new URL(queueUrl).pathname.split('/');
  const { Attributes = {} } = message;
  return {
    messageId: idOf(message.MessageId),
    receiptHandle: idOf(message.ReceiptHandle),
    body: message.Body ?? '',
    attributes: {
      ApproximateReceiveCount: Attributes.ApproximateReceiveCount ?? '',
      SentTimestamp: Attributes.SentTimestamp ?? '',
      SenderId: Attributes.SenderId ?? '',
      ApproximateFirstReceiveTimestamp: Attributes.ApproximateFirstReceiveTimestamp ?? '',
    },
    messageAttributes: {},
    md5OfBody: message.MD5OfBody ?? '',
    eventSource: 'aws:sqs',
    eventSourceARN: `arn:aws:sqs:${REGION}:${account}:${queue}`,
    awsRegion: REGION,
  };
}
