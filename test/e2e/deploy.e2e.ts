import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { HeadBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand, ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { beforeAll, expect, it } from 'vitest';
import { ROOT, serverless, serviceFolder } from '../support/serverless.ts';
import { ACCOUNT, CREDENTIALS, emptyServer, REGION } from './account.ts';
import { serverEndpoint } from './live.ts';

const STAGE = 'e2e';
const STACK = `postern-${STAGE}`;
const client = {
  region: REGION,
  endpoint: serverEndpoint(),
  credentials: CREDENTIALS,
  forcePathStyle: true,
} as const;
const cloudformation = new CloudFormationClient(client);
const dynamo = new DynamoDBClient(client);
const s3 = new S3Client(client);
const sqs = new SQSClient(client);
const service = serviceFolder();

/** As a person runs it, but for the server. */
function run(...args: readonly string[]): void {
  serverless(service, [...args, '--region', REGION, '--stage', STAGE], {
    AWS_ENDPOINT_URL: serverEndpoint(),
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
  });
}

async function stack(name = STACK, at = cloudformation): Promise<Stack> {
  const { Stacks } = await at.send(new DescribeStacksCommand({ StackName: name }));
  return Stacks![0]!;
}

async function outputs(): Promise<Readonly<Record<string, string>>> {
  const { Outputs } = await stack();
  return Object.fromEntries((Outputs ?? []).map((x) => [x.OutputKey!, x.OutputValue!]));
}

async function queueNames(): Promise<readonly string[]> {
  const { QueueUrls } = await sqs.send(new ListQueuesCommand({ QueueNamePrefix: STACK }));
  return (QueueUrls ?? [])
    .map((url) =>
      url
        .split('/')
        .at(-1)!
        .slice(STACK.length + 1),
    )
    .toSorted();
}

beforeAll(async () => {
  await emptyServer(serverEndpoint());
  run('deploy');
});

it('is deployed by one command, and says what the other stacks ask for', async () => {
  expect((await stack()).StackStatus).toMatch(/^(CREATE|UPDATE)_COMPLETE$/);
  const said = await outputs();
  expect(said).toMatchObject({ HubAccount: ACCOUNT, HubRegion: REGION, HubBusName: STACK, HubStage: STAGE });
  expect(said['ExternalId']).toMatch(/^[0-9a-f-]{36}$/);
  expect(said['TopicArn']).toContain(`${STACK}-alerts`);
});

it('has its queues, its table and its bucket, as they were asked for', async () => {
  const work = ['eventbridge', 'refresh', 'slack', 'sns'];
  const dead = [...work, 'notice'].map((name) => `${name}-dead`);
  expect(await queueNames()).toEqual([...work, ...dead].toSorted());
  const { QueueUrls } = await sqs.send(new ListQueuesCommand({ QueueNamePrefix: `${STACK}-slack` }));
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: QueueUrls!.find((url) => url.endsWith('-slack'))!,
      AttributeNames: ['All'],
    }),
  );
  expect(Attributes!.RedrivePolicy).toContain(`${STACK}-slack-dead`);
  expect(Attributes!.MessageRetentionPeriod).toBe('1209600');

  const { TableName, BucketName } = await outputs();
  const { Table } = await dynamo.send(new DescribeTableCommand({ TableName: TableName! }));
  expect(Table).toMatchObject({
    DeletionProtectionEnabled: true,
    KeySchema: [{ AttributeName: 'pk' }, { AttributeName: 'sk' }],
  });
  await s3.send(new HeadBucketCommand({ Bucket: BucketName! }));
});

it('takes a changed setting by the same command', async () => {
  const before = await outputs();
  run('deploy', '--param=logLevel=DEBUG');
  const { Parameters } = await stack();
  expect(Parameters!.find((x) => x.ParameterKey === 'LogLevel')!.ParameterValue).toBe('DEBUG');
  expect((await outputs())['TableName']).toBe(before['TableName']);
});

it.each([
  ['forwarder', ['HubAccount', 'HubRegion', 'HubBusName']],
  ['reader-role', ['HubAccount', 'HubRegion', 'HubStage', 'ExternalId']],
  ['self-managed-roles', ['HubBusName']],
])('the template %s takes what the hub says', async (name, parameters) => {
  const said = await outputs();
  // Elsewhere: where the hub is, the forwarder has nothing to do.
  const elsewhere = new CloudFormationClient({ ...client, region: 'us-west-2' });
  await elsewhere.send(
    new CreateStackCommand({
      StackName: `${STACK}-${name}`,
      TemplateBody: readFileSync(join(ROOT, `infra/stacksets/${name}.yml`), 'utf8'),
      Capabilities: ['CAPABILITY_NAMED_IAM'],
      Parameters: parameters.map((key) => ({ ParameterKey: key, ParameterValue: said[key]! })),
    }),
  );
  expect((await stack(`${STACK}-${name}`, elsewhere)).StackStatus).toBe('CREATE_COMPLETE');
});

it('leaves table and bucket when it is removed', async () => {
  const { TableName, BucketName } = await outputs();
  run('remove');
  await expect(stack()).rejects.toThrow(/does not exist/);
  expect(await queueNames()).toEqual([]);
  const { Table } = await dynamo.send(new DescribeTableCommand({ TableName: TableName! }));
  expect(Table!.TableStatus).toBe('ACTIVE');
  await s3.send(new HeadBucketCommand({ Bucket: BucketName! }));
});
