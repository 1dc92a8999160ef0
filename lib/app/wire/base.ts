import { readFileSync } from 'node:fs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { awsStores, type Stores } from '#store';
import type { Config } from '../config/config.ts';
import { parseConfig } from '../config/parse-config.ts';
import type { DeliverMessage, Queue, RefreshMessage } from '../watch/messages.ts';
import { settingsOf, type Environment, type Settings } from './settings.ts';
import { refreshQueues } from './refresh-queues.ts';
import { sqsQueue } from './sqs-queue.ts';

/** What every function works on: what is remembered, and who is told to go on. */
export type Base = Stores & {
  readonly settings: Settings;
  readonly config: Config;
  readonly deployment?: { readonly stage: string; readonly region: string };
  readonly clock: () => Date;
  readonly refreshQueue: Queue<RefreshMessage>;
  readonly channelQueue: (channel: string) => Queue<DeliverMessage> | undefined;
};

/**
 * @param configFile the `postern.yml` that was packaged with the function; one that is not there is an empty one
 * @throws Error that names what is missing in the environment, QuestionError for the place in the configuration
 */
export async function baseOn(environment: Environment, configFile: string): Promise<Base> {
  const settings = settingsOf(environment);
  const config = parseConfig(textOf(configFile), 'postern.yml');
  const clock = (): Date => new Date();
  const { region, stage } = settings;
  const sqs = new SQSClient({ region });
  const stores = await awsStores({
    s3: new S3Client({ region, ...pathStyle(environment) }),
    dynamo: DynamoDBDocumentClient.from(new DynamoDBClient({ region })),
    bucket: settings.bucket,
    table: settings.table,
    clock,
  });
  return {
    ...stores,
    settings,
    config,
    ...(stage !== undefined && { deployment: { stage, region } }),
    clock,
    refreshQueue: refreshQueues(
      sqsQueue<RefreshMessage>(sqs, settings.refreshQueueUrl),
      sqsQueue<RefreshMessage>(sqs, settings.roundsQueueUrl),
    ),
    channelQueue: (channel) => {
      const url = settings.channelQueueUrls[channel];
      return url === undefined ? undefined : sqsQueue<DeliverMessage>(sqs, url);
    },
  };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}

/** An API server on one address has no host for each bucket. */
function pathStyle(environment: Environment): { readonly forcePathStyle?: boolean } {
  return environment['AWS_ENDPOINT_URL'] === undefined ? {} : { forcePathStyle: true };
}
