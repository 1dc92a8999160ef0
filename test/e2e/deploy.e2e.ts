import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CloudFormationClient,
  CreateStackCommand,
  CreateStackInstancesCommand,
  CreateStackSetCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  GetTemplateCommand,
  ListStackInstancesCommand,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, ListRulesCommand } from '@aws-sdk/client-eventbridge';
import { HeadBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand, ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { beforeAll, expect, it } from 'vitest';
import { ROOT, serverless, serviceFolder } from '../support/serverless.ts';
import { ACCOUNT, CREDENTIALS, emptyServer, idOf, REGION } from './account.ts';
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

/** Any role of any account can be taken on here. */
async function credentialsOf(account: string): Promise<typeof CREDENTIALS> {
  const asked = new AssumeRoleCommand({
    RoleArn: `arn:aws:iam::${account}:role/deployer`,
    RoleSessionName: 'deploy',
  });
  const { Credentials } = await new STSClient(client).send(asked);
  return { accessKeyId: Credentials!.AccessKeyId!, secretAccessKey: Credentials!.SecretAccessKey! };
}

/** The forwarder's rules on a Region's default bus. */
async function rulesIn(region: string): Promise<readonly string[]> {
  const prefix = `${STACK}-forward-`;
  const { Rules } = await new EventBridgeClient({ ...client, region }).send(
    new ListRulesCommand({ NamePrefix: prefix }),
  );
  return Rules!.map(({ Name }) => Name!.slice(prefix.length));
}

/** What the template says of the StackSet. */
type StackSet = {
  readonly StackSetName: string;
  readonly TemplateBody: string;
  readonly PermissionModel: 'SELF_MANAGED';
  readonly Capabilities: 'CAPABILITY_NAMED_IAM'[];
  readonly Parameters: readonly {
    readonly ParameterKey: string;
    readonly ParameterValue: { readonly Ref: string };
  }[];
};

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
  const work = ['email', 'eventbridge', 'refresh', 'rounds', 'securityhub', 'slack', 'sns'];
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
  // Elsewhere: where the hub is, the forwarder has nothing to do, and the roles are there.
  const elsewhere = new CloudFormationClient({
    ...client,
    region: 'us-west-2',
    credentials: await credentialsOf('210987654321'),
  });
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

/** The server leaves a StackSet of a template out, so what the deployed template says of it is done here by the API. */
it('puts a working forwarder into other Regions by its StackSet, with the roles that it made', async () => {
  const { TemplateBody } = await cloudformation.send(new GetTemplateCommand({ StackName: STACK }));
  const { Resources } = JSON.parse(TemplateBody!) as { Resources: Record<string, { Properties: StackSet }> };
  const { Properties: declared } = Resources['Forwarders']!;
  const said: Readonly<Record<string, string>> = {
    'AWS::AccountId': ACCOUNT,
    'AWS::Region': REGION,
    HubBus: STACK,
    WatchEdges: 'false',
  };
  const { StackResources } = await cloudformation.send(
    new DescribeStackResourcesCommand({ StackName: STACK }),
  );
  const roles = ['AdministrationRole', 'ExecutionRole'].map((id) =>
    idOf(StackResources!.find(({ LogicalResourceId }) => LogicalResourceId === id)?.PhysicalResourceId),
  );
  expect(roles).toEqual([`${STACK}-stackset-administration`, `${STACK}-stackset-execution`]);
  const StackSetName = declared.StackSetName;
  await cloudformation.send(
    new CreateStackSetCommand({
      StackSetName,
      TemplateBody: declared.TemplateBody,
      PermissionModel: declared.PermissionModel,
      Capabilities: declared.Capabilities,
      AdministrationRoleARN: `arn:aws:iam::${ACCOUNT}:role/${roles[0]!}`,
      ExecutionRoleName: roles[1]!,
      Parameters: declared.Parameters.map(({ ParameterKey, ParameterValue: { Ref } }) => ({
        ParameterKey,
        ParameterValue: said[Ref]!,
      })),
    }),
  );
  const Regions = ['eu-north-1', REGION];
  await cloudformation.send(new CreateStackInstancesCommand({ StackSetName, Accounts: [ACCOUNT], Regions }));
  const { Summaries } = await cloudformation.send(new ListStackInstancesCommand({ StackSetName }));
  expect(Summaries!.map(({ Region, Status }) => `${Region!} ${Status!}`)).toEqual(
    Regions.map((region) => `${region} CURRENT`),
  );
  const there = await rulesIn('eu-north-1');
  expect(there).toEqual(expect.arrayContaining(['ec2', 'services', 'tampering', 'heartbeat']));
  expect(there).not.toContain('edges');
  expect(await rulesIn(REGION)).toEqual([]);
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
