import { readFileSync } from 'node:fs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { awsStores, type Stores } from '#store';
import { parseConfig } from '../config/parse-config.ts';
import type { Config } from '../config/config.ts';
import type { DeliverPorts } from '../watch/deliver.ts';
import type { DeliverMessage, Queue, RefreshMessage } from '../watch/messages.ts';
import type { NoticeEventPorts } from '../watch/notice-event.ts';
import type { RefreshPorts } from '../watch/refresh.ts';
import type { SchedulePorts } from '../watch/schedule.ts';
import type { SweepPorts } from '../watch/sweep.ts';
import { VERSION } from '../version.ts';
import { channelsOf } from './channels.ts';
import { readTarget } from './read-target.ts';
import { readerCredentials } from './reader-credentials.ts';
import { settingsOf, type Environment, type Settings } from './settings.ts';
import { sqsQueue } from './sqs-queue.ts';
import { watchedTargets } from './watched-targets.ts';

/** Everything that a function's work needs, on AWS. Made once for each process. */
export type Service = {
  readonly settings: Settings;
  readonly config: Config;
  readonly notice: NoticeEventPorts;
  readonly schedule: SchedulePorts;
  readonly refresh: RefreshPorts;
  readonly deliver: DeliverPorts;
  readonly sweep: SweepPorts;
  readonly refreshQueue: Queue<RefreshMessage>;
  readonly channelQueue: (channel: string) => Queue<DeliverMessage> | undefined;
};

/**
 * @param configFile the `postern.yml` that was packaged with the function; one that is not there is an empty one
 * @throws Error that names what is missing in the environment, QuestionError for the place in the configuration
 */
export async function serviceOn(environment: Environment, configFile: string): Promise<Service> {
  const settings = settingsOf(environment);
  const config = parseConfig(textOf(configFile), 'postern.yml');
  const clock = (): Date => new Date();
  const { region } = settings;
  const sqs = new SQSClient({ region });
  const stores: Stores = await awsStores({
    s3: new S3Client({ region, ...pathStyle(environment) }),
    dynamo: DynamoDBDocumentClient.from(new DynamoDBClient({ region })),
    bucket: settings.bucket,
    table: settings.table,
    clock,
  });
  const credentials = readerCredentials(settings);
  const refreshQueue = sqsQueue<RefreshMessage>(sqs, settings.refreshQueueUrl);
  const channelQueue = (channel: string): Queue<DeliverMessage> | undefined => {
    const url = settings.channelQueueUrls[channel];
    return url === undefined ? undefined : sqsQueue<DeliverMessage>(sqs, url);
  };
  const base = { ...stores, config, clock, refreshQueue, channelQueue };
  return {
    settings,
    config,
    refreshQueue,
    channelQueue,
    notice: { ...base, own: { busName: settings.busName, topicArn: settings.topicArn } },
    schedule: {
      ...base,
      targets: () => watchedTargets(config, credentials),
      staleAfterMs: settings.staleAfterMs,
    },
    refresh: { ...base, stores, engine: VERSION, read: (target) => readTarget(target, credentials) },
    deliver: { ...base, channel: channelsOf(settings, clock) },
    sweep: base,
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
