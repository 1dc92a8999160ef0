import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { callOf, LIVE_CALLS } from '#sources/aws';
import { grantsByRole, type Grant } from './grants.ts';
import { decided, named, ofType, type Part, type PartMap } from './intrinsics.ts';
import { ROOT } from '../support/serverless.ts';
import { packaged } from './packaged.ts';
import { sdkActions } from './sdk-actions.ts';

const { template } = packaged();
const EVERYTHING = {
  AlertEmail: 'a@example.com',
  DigestFrom: 'postern@example.com',
  OrganizationId: 'o-abcdefghij',
  ExternalId: 'an-id',
  WatchEdges: 'true',
  KmsKeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/1234',
};
const plain = decided(template);
const full = decided(template, EVERYTHING);

const READS = [...new Set(LIVE_CALLS.map((key) => callOf(key).action))];
/** The actions that AWS can narrow to no resource: https://docs.aws.amazon.com/service-authorization/latest/reference/ */
const WITHOUT_RESOURCE: ReadonlySet<string> = new Set([
  ...READS,
  'ec2:DescribeRegions',
  'organizations:ListAccounts',
  'cloudformation:GetTemplateSummary',
  'cloudformation:ValidateTemplate',
]);

const TABLE = ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'].map((name) => `dynamodb:${name}`);
const TAKE = ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'].map((name) => `sqs:${name}`);
const CHANNELS = ['SnsQueue', 'SlackQueue', 'EventbridgeQueue', 'SecurityhubQueue'];
const READER = 'arn:${AWS::Partition}:iam::*:role/${ReaderRoleName}';
const UNITS = 'arn:${AWS::Partition}:organizations::*';
const HERE = '${AWS::Region}:${AWS::AccountId}';
const ANYWHERE = '*:${AWS::AccountId}';
const OWN_ROLES = 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/';

/** Everything that a role may do, with a key of the customer's and an organisation. What is not here fails the test. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  ScheduleRole: [
    ...on(['ScheduleLogGroup'], ['logs:CreateLogStream', 'logs:PutLogEvents']),
    ...on(['Table'], TABLE),
    ...on(['RoundsQueue'], ['sqs:SendMessage']),
    ...on(['*'], ['ec2:DescribeRegions', 'organizations:ListAccounts']),
    ...on(
      [`${UNITS}:account/\${OrganizationId}/*`, `${UNITS}:ou/\${OrganizationId}/*`],
      ['organizations:ListParents'],
    ),
    ...on([READER], ['sts:AssumeRole']),
    ...on(['KmsKeyArn'], ['kms:Decrypt', 'kms:GenerateDataKey']),
  ],
  NoticeRole: [
    ...on(['NoticeLogGroup'], ['logs:CreateLogStream', 'logs:PutLogEvents']),
    ...on(['Table'], [...TABLE, 'dynamodb:ConditionCheckItem']),
    ...on(['${Bucket.Arn}/*'], ['s3:GetObject', 's3:PutObject']),
    ...on(['Bucket'], ['s3:ListBucket']),
    ...on(['RefreshQueue', ...CHANNELS, 'NoticeDeadLetters'], ['sqs:SendMessage']),
    ...on(['KmsKeyArn'], ['kms:Decrypt', 'kms:GenerateDataKey']),
  ],
  RefreshRole: [
    ...on(['RefreshLogGroup'], ['logs:CreateLogStream', 'logs:PutLogEvents']),
    ...on(['Table'], [...TABLE, 'dynamodb:ConditionCheckItem']),
    ...on(['${Bucket.Arn}/*'], ['s3:GetObject', 's3:PutObject']),
    ...on(['Bucket'], ['s3:ListBucket']),
    ...on(['RefreshQueue', 'RoundsQueue'], TAKE),
    ...on(['RefreshQueue', 'RoundsQueue', ...CHANNELS], ['sqs:SendMessage']),
    ...on([READER], ['sts:AssumeRole']),
    ...on(['*'], READS),
    ...on(['KmsKeyArn'], ['kms:Decrypt', 'kms:GenerateDataKey']),
  ],
  DeliverRole: [
    ...on(['DeliverLogGroup'], ['logs:CreateLogStream', 'logs:PutLogEvents']),
    ...on(['Table'], [...TABLE, 'dynamodb:ConditionCheckItem']),
    ...on(['${Bucket.Arn}/*'], ['s3:GetObject', 's3:PutObject']),
    ...on(['Bucket'], ['s3:ListBucket']),
    ...on(CHANNELS, [...TAKE, 'sqs:SendMessage']),
    ...on(['EmailQueue'], ['sqs:SendMessage']),
    ...on(['AlertsTopic'], ['sns:Publish']),
    ...on(['HubBus'], ['events:PutEvents']),
    ...on(
      [`arn:\${AWS::Partition}:securityhub:${HERE}:product/\${AWS::AccountId}/default`],
      ['securityhub:BatchImportFindings'],
    ),
    ...on([`arn:\${AWS::Partition}:ssm:${HERE}:parameter\${SlackSecretName}`], ['ssm:GetParameter']),
    ...on(
      [`arn:\${AWS::Partition}:secretsmanager:${HERE}:secret:\${SlackSecretName}-??????`],
      ['secretsmanager:GetSecretValue'],
    ),
    ...on(['KmsKeyArn'], ['kms:Decrypt', 'kms:GenerateDataKey']),
  ],
  DigestRole: [
    ...on(['DigestLogGroup'], ['logs:CreateLogStream', 'logs:PutLogEvents']),
    ...on(['Table'], [...TABLE, 'dynamodb:ConditionCheckItem']),
    ...on(['${Bucket.Arn}/*'], ['s3:GetObject', 's3:PutObject']),
    ...on(['Bucket'], ['s3:ListBucket']),
    ...on(['EmailQueue'], [...TAKE, 'sqs:SendMessage']),
    ...on(['EmailDeadLetters'], ['sqs:SendMessage']),
    ...on(
      ['identity/${DigestFrom}', 'identity/${Domain}', 'configuration-set/*'].map(
        (name) => `arn:\${AWS::Partition}:ses:${HERE}:${name}`,
      ),
      ['ses:SendEmail'],
    ),
    ...on(['AlertsTopic'], ['sns:Publish']),
    ...on(['KmsKeyArn'], ['kms:Decrypt', 'kms:GenerateDataKey']),
  ],
  ClockRole: on(
    ['ScheduleLambdaFunction', 'DeliverLambdaFunction', 'DigestLambdaFunction'],
    ['lambda:InvokeFunction'],
  ),
  AdministrationRole: on(
    ['arn:${AWS::Partition}:iam::${AWS::AccountId}:role/${HubBusName}-stackset-execution'],
    ['sts:AssumeRole'],
  ),
  // What it takes to make, change and delete the resources of infra/stacksets/forwarder.yml.
  ExecutionRole: [
    ...on(
      [`arn:\${AWS::Partition}:cloudformation:${ANYWHERE}:stack/StackSet-\${HubBusName}-forwarder-*`],
      [
        ...['CreateStack', 'UpdateStack', 'DeleteStack', 'GetTemplate', 'ListStackResources'],
        ...['DescribeStacks', 'DescribeStackEvents', 'DescribeStackResource', 'DescribeStackResources'],
      ].map((name) => `cloudformation:${name}`),
    ),
    ...on(['*'], ['cloudformation:GetTemplateSummary', 'cloudformation:ValidateTemplate']),
    ...on(
      [`arn:\${AWS::Partition}:events:${ANYWHERE}:rule/\${HubBusName}-forward-*`],
      [
        ...['PutRule', 'DeleteRule', 'EnableRule', 'DisableRule', 'DescribeRule'],
        ...['PutTargets', 'RemoveTargets', 'ListTargetsByRule', 'TagResource'],
      ].map((name) => `events:${name}`),
    ),
    ...on(
      [`arn:\${AWS::Partition}:sqs:${ANYWHERE}:\${HubBusName}-forward-dead`],
      [
        ...['CreateQueue', 'DeleteQueue', 'GetQueueAttributes', 'GetQueueUrl'],
        ...['SetQueueAttributes', 'ListQueueTags', 'TagQueue'],
      ].map((name) => `sqs:${name}`),
    ),
    ...on(
      [`arn:\${AWS::Partition}:scheduler:${ANYWHERE}:schedule/default/\${HubBusName}-heartbeat`],
      ['CreateSchedule', 'UpdateSchedule', 'DeleteSchedule', 'GetSchedule'].map(
        (name) => `scheduler:${name}`,
      ),
    ),
    ...on(
      ['forward', 'heartbeat'].map((name) => `${OWN_ROLES}\${HubBusName}-${name}-*`),
      [
        ...['CreateRole', 'DeleteRole', 'GetRole', 'PassRole', 'TagRole', 'UpdateAssumeRolePolicy'],
        ...['PutRolePolicy', 'DeleteRolePolicy', 'GetRolePolicy'],
        ...['ListRolePolicies', 'ListAttachedRolePolicies'],
      ].map((name) => `iam:${name}`),
    ),
  ],
};
/** Whom a role serves, where that is not a function. */
const SERVED: Readonly<Record<string, PartMap>> = {
  ClockRole: { Service: 'scheduler.amazonaws.com' },
  AdministrationRole: { Service: 'cloudformation.amazonaws.com' },
  ExecutionRole: { AWS: { 'Fn::GetAtt': ['AdministrationRole', 'Arn'] } },
};

function on(resources: readonly string[], actions: readonly string[]): readonly string[] {
  return resources.flatMap((resource) => actions.map((action) => `${action} on ${resource}`));
}

it('knows every role of the stack', () => {
  expect([...grantsByRole(full).keys()].toSorted()).toEqual(Object.keys(ALLOWED).toSorted());
});

describe.each(Object.keys(ALLOWED))('%s', (role) => {
  const grants = grantsByRole(full).get(role) ?? [];
  const least = grantsByRole(plain).get(role) ?? [];

  it('may do what the list says, and the list says nothing that it may not', () => {
    expect(texts(grants)).toEqual([...(ALLOWED[role] ?? [])].toSorted());
  });

  it('may do no more without an organisation and a key', () => {
    const more = texts(least).filter((text) => !(ALLOWED[role] ?? []).includes(text));
    // The topic is encrypted with the stack's own key then.
    expect(more).toEqual(
      role === 'DeliverRole' || role === 'DigestRole'
        ? on(['AlertsKey'], ['kms:Decrypt', 'kms:GenerateDataKey'])
        : [],
    );
    expect(texts(least).filter((text) => text.startsWith('organizations:'))).toEqual([]);
  });

  it.each(grants)('$action on $resource is as narrow as AWS allows', ({ action, resource }) => {
    expect(action).not.toContain('*');
    if (resource === '*') expect(WITHOUT_RESOURCE).toContain(action);
    const [service, verb] = action.split(':') as [string, string];
    // The forwarders' own roles are not what Postern watches, and nobody else may make them.
    if (role === 'ExecutionRole' && service === 'iam')
      expect(resource.slice(OWN_ROLES.length)).toMatch(/^\$\{HubBusName\}-(forward|heartbeat)-\*$/);
    else if (WATCHED.has(service)) expect(verb).toMatch(/^(Describe|Get|List|Search)/);
    if (action === 'sns:Publish') expect(resource).toBe('AlertsTopic');
  });

  it('is assumed by its own service alone', () => {
    const properties = ofType(full, 'AWS::IAM::Role').get(role)!;
    const { Statement } = properties['AssumeRolePolicyDocument'] as { Statement: readonly PartMap[] };
    expect(Statement.map(({ Principal }) => Principal)).toEqual([
      SERVED[role] ?? { Service: 'lambda.amazonaws.com' },
    ]);
  });
});

/** Services whose resources are what Postern watches: nothing may be written there. */
const WATCHED: ReadonlySet<string> = new Set([
  ...READS.map((action) => action.split(':')[0]!),
  'organizations',
  'cloudtrail',
  'iam',
]);

it('gives each function a role of its own', () => {
  const roles = [...ofType(full, 'AWS::Lambda::Function').values()].map(({ Role }) => named(Role));
  const expected = Object.keys(ALLOWED).filter((role) => !(role in SERVED));
  expect(roles.toSorted()).toEqual(expected.map((role) => `\${${role}.Arn}`).toSorted());
});

it.each(['ScheduleRole', 'RefreshRole'])(
  '%s steps into the reader roles with the external id only',
  (role) => {
    const conditions = (of: typeof full): readonly (Part | undefined)[] =>
      (grantsByRole(of).get(role) ?? [])
        .filter(({ action }) => action === 'sts:AssumeRole')
        .map(({ condition }) => condition);
    const own = { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] };
    expect(conditions(plain)).toEqual([{ StringEquals: { 'sts:ExternalId': own } }]);
    expect(conditions(full)).toEqual([
      {
        StringEquals: {
          'sts:ExternalId': { Ref: 'ExternalId' },
          'aws:ResourceOrgID': { Ref: 'OrganizationId' },
        },
      },
    ]);
    const { Variables } = ofType(plain, 'AWS::Lambda::Function').get('RefreshLambdaFunction')![
      'Environment'
    ] as { Variables: PartMap };
    expect(Variables['EXTERNAL_ID']).toEqual(own);
  },
);

describe('what the code calls', () => {
  it.each([
    ["import { GetCommand, type GetCommandOutput } from '@aws-sdk/lib-dynamodb';", ['dynamodb:GetItem']],
    ["import {\n  PutObjectCommand,\n  type S3Client,\n} from '@aws-sdk/client-s3';", ['s3:PutObject']],
    ["import { paginateListAccounts } from '@aws-sdk/client-organizations';", ['organizations:ListAccounts']],
    ["import { PutEventsCommand } from '@aws-sdk/client-eventbridge';", ['events:PutEvents']],
    ["import { GetCommand } from './get-command.ts';", []],
  ])('is read off %j', (source, actions) => {
    expect(sdkActions(source)).toEqual(actions);
  });

  /** What only people call, with their own credentials, or what needs no permission. */
  const BY_HAND: ReadonlySet<string> = new Set([
    'sts:GetCallerIdentity',
    // postern doctor, in the hub
    'dynamodb:ListTables',
    'sns:ListSubscriptionsByTopic',
    // postern digest --stage, and doctor of it
    's3:ListAllMyBuckets',
    'ses:GetAccount',
    'ses:GetEmailIdentity',
    // postern audit --import
    'securityhub:GetFindings',
  ]);

  it('is permitted to some function, or to the reader role', () => {
    const reader = readFileSync(join(ROOT, 'infra/stacksets/reader-role.yml'), 'utf8');
    const granted = new Set([...grantsByRole(full).values()].flat().map(({ action }) => action));
    const called = sourceFiles().map((file) => ({ file, actions: sdkActions(readFileSync(file, 'utf8')) }));
    expect(called.flatMap(({ actions }) => actions)).toEqual(
      expect.arrayContaining(['ec2:DescribeInstances']),
    );
    const refused = called.flatMap(({ file, actions }) =>
      actions
        .filter((action) => !granted.has(action) && !reader.includes(`- ${action}\n`) && !BY_HAND.has(action))
        .map((action) => `${relative(ROOT, file)} needs ${action}`),
    );
    expect(refused).toEqual([]);
  });
});

function texts(grants: readonly Grant[]): readonly string[] {
  return [...new Set(grants.map(({ action, resource }) => `${action} on ${resource}`))].toSorted();
}

function sourceFiles(): readonly string[] {
  return ['lib', 'functions'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(ROOT, folder, name)),
  );
}
