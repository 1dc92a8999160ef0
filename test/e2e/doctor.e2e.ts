import {
  CloudTrailClient,
  CreateTrailCommand,
  PutEventSelectorsCommand,
  StartLoggingCommand,
  StopLoggingCommand,
} from '@aws-sdk/client-cloudtrail';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  CreateEventBusCommand,
  DisableRuleCommand,
  EventBridgeClient,
  PutRuleCommand,
} from '@aws-sdk/client-eventbridge';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Check } from '#app';
import { awsStores } from '#store';
import { keepHeartbeat } from '../../lib/app/watch/heartbeats.ts';
import { run } from '../support/run-cli.ts';
import { ACCOUNT, CREDENTIALS, emptyServer, REGION } from './account.ts';
import { serverEndpoint } from './live.ts';

const ELSEWHERE = 'us-east-1';
const TABLE = 'postern-prod-Table-E2E';
const at = (region: string) => ({ region, endpoint: serverEndpoint(), credentials: CREDENTIALS });

beforeAll(async () => {
  await emptyServer(serverEndpoint());
  vi.stubEnv('AWS_ENDPOINT_URL', serverEndpoint());
});
afterAll(() => {
  vi.unstubAllEnvs();
});

const ARGS = ['doctor', '--region', REGION, '--regions', `${REGION},${ELSEWHERE}`];

async function faults(): Promise<{ readonly code: number; readonly found: readonly string[] }> {
  const { code, out, err } = await run([...ARGS, '--format', 'json']);
  expect(err).toBe('');
  const { checks } = JSON.parse(out) as { checks: readonly Check[] };
  const bad = checks.filter(({ state }) => state !== 'ok');
  return { code, found: bad.map(({ state, what, at: place }) => `${state} ${what} ${place}`) };
}

/** The server does not know three of the reads, which is no permission and no refusal. */
const READS = `unknown reads, by you ${ACCOUNT}`;

it('finds nothing in an account where nothing was deployed', async () => {
  expect(await faults()).toEqual({
    code: 1,
    found: [
      `missing hub, bus ${ACCOUNT}/${REGION}`,
      `missing SNS topic ${ACCOUNT}/${REGION}`,
      `unknown hub, table ${ACCOUNT}/${REGION}`,
      READS,
      `missing CloudTrail ${ACCOUNT}/${REGION}`,
      `missing hub, own Region ${ACCOUNT}/${REGION}`,
      `missing CloudTrail ${ACCOUNT}/${ELSEWHERE}`,
      `missing forwarder ${ACCOUNT}/${ELSEWHERE}`,
    ],
  });
});

it('misses nothing where all was', async () => {
  await makeTrail();
  await makeRules();
  await new SNSClient(at(REGION)).send(new CreateTopicCommand({ Name: 'postern-prod-alerts' }));
  await subscribeQueue();
  await fillTable();
  expect(await faults()).toEqual({ code: 2, found: [READS] });
});

it('sends a test message that arrives', async () => {
  const { code, out } = await run(['notify', '--test', '--region', REGION]);
  expect(out).toMatch(/^sent {4}sns[^]*^sent {4}eventbridge/m);
  expect(code).toBe(0);
  const { Messages: [message] = [] } = await new SQSClient(at(REGION)).send(
    new ReceiveMessageCommand({ QueueUrl: await queueUrl(), WaitTimeSeconds: 5 }),
  );
  expect(message?.Body).toMatch(/Postern can reach you here/);
});

it('notices a trail that was turned off, one that logs reads alone, and a rule that was', async () => {
  const cloudtrail = new CloudTrailClient(at(REGION));
  await cloudtrail.send(new StopLoggingCommand({ Name: 'audit' }));
  const deaf = [REGION, ELSEWHERE].map((region) => `missing CloudTrail ${ACCOUNT}/${region}`);
  expect((await faults()).found).toEqual([READS, ...deaf]);
  await cloudtrail.send(new StartLoggingCommand({ Name: 'audit' }));
  await cloudtrail.send(
    new PutEventSelectorsCommand({
      TrailName: 'audit',
      EventSelectors: [{ ReadWriteType: 'ReadOnly', IncludeManagementEvents: true }],
    }),
  );
  expect((await faults()).found).toEqual([READS, ...deaf]);
  await cloudtrail.send(
    new PutEventSelectorsCommand({
      TrailName: 'audit',
      EventSelectors: [{ ReadWriteType: 'WriteOnly', IncludeManagementEvents: true }],
    }),
  );
  await new EventBridgeClient(at(ELSEWHERE)).send(
    new DisableRuleCommand({ Name: 'postern-prod-forward-ec2' }),
  );
  expect((await faults()).found).toEqual([READS, `missing forwarder ${ACCOUNT}/${ELSEWHERE}`]);
});

async function makeTrail(): Promise<void> {
  const bucket = {
    Bucket: 'logs-of-a-test',
    CreateBucketConfiguration: { LocationConstraint: REGION },
  } as const;
  await new S3Client({ ...at(REGION), forcePathStyle: true }).send(new CreateBucketCommand(bucket));
  const cloudtrail = new CloudTrailClient(at(REGION));
  await cloudtrail.send(
    new CreateTrailCommand({ Name: 'audit', S3BucketName: bucket.Bucket, IsMultiRegionTrail: true }),
  );
  await cloudtrail.send(new StartLoggingCommand({ Name: 'audit' }));
}

async function makeRules(): Promise<void> {
  const hub = new EventBridgeClient(at(REGION));
  const elsewhere = new EventBridgeClient(at(ELSEWHERE));
  const EventPattern = '{"source":["aws.ec2"]}';
  await hub.send(new CreateEventBusCommand({ Name: 'postern-prod' }));
  for (const end of ['ec2', 'services', 'tampering', 'heartbeat']) {
    if (end !== 'heartbeat')
      await hub.send(new PutRuleCommand({ Name: `postern-prod-${end}`, EventPattern }));
    await hub.send(
      new PutRuleCommand({ Name: `postern-prod-hub-${end}`, EventBusName: 'postern-prod', EventPattern }),
    );
    await elsewhere.send(new PutRuleCommand({ Name: `postern-prod-forward-${end}`, EventPattern }));
  }
}

async function queueUrl(): Promise<string> {
  const { QueueUrl } = await new SQSClient(at(REGION)).send(new CreateQueueCommand({ QueueName: 'inbox' }));
  return QueueUrl ?? '';
}

async function subscribeQueue(): Promise<void> {
  await queueUrl();
  await new SNSClient(at(REGION)).send(
    new SubscribeCommand({
      TopicArn: `arn:aws:sns:${REGION}:${ACCOUNT}:postern-prod-alerts`,
      Protocol: 'sqs',
      Endpoint: `arn:aws:sqs:${REGION}:${ACCOUNT}:inbox`,
    }),
  );
}

/** As the functions leave it: both Regions read, and a forwarder heard of. */
async function fillTable(): Promise<void> {
  const dynamo = new DynamoDBClient(at(REGION));
  await dynamo.send(
    new CreateTableCommand({
      TableName: TABLE,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk'].map((name) => ({
        AttributeName: name,
        AttributeType: 'S' as const,
      })),
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    }),
  );
  const { notes, state } = await awsStores({
    dynamo: DynamoDBDocumentClient.from(dynamo),
    s3: new S3Client(at(REGION)),
    bucket: 'none',
    table: TABLE,
    clock: () => new Date(),
  });
  await keepHeartbeat(notes, { account: ACCOUNT, region: ELSEWHERE }, new Date());
  const time = new Date().toISOString();
  const head = {
    version: 1,
    snapshot: 's',
    findings: 'f',
    engine: '0',
    readAt: time,
    committedAt: time,
    neighbours: [],
  };
  for (const region of [REGION, ELSEWHERE]) await state.commit({ account: ACCOUNT, region }, head);
}
