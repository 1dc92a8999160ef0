import * as cloudtrail from '@aws-sdk/client-cloudtrail';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as ec2 from '@aws-sdk/client-ec2';
import * as elb from '@aws-sdk/client-elastic-load-balancing';
import * as elbv2 from '@aws-sdk/client-elastic-load-balancing-v2';
import * as eventbridge from '@aws-sdk/client-eventbridge';
import * as rds from '@aws-sdk/client-rds';
import * as secrets from '@aws-sdk/client-secrets-manager';
import * as sns from '@aws-sdk/client-sns';
import * as ssm from '@aws-sdk/client-ssm';
import * as sts from '@aws-sdk/client-sts';
import { DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';

export const ACCOUNT = '111122223333';
export const TRAIL = `arn:aws:cloudtrail:eu-west-1:${ACCOUNT}:trail/audit`;
export const TOPIC = `arn:aws:sns:eu-west-1:${ACCOUNT}:postern-prod-alerts`;

const named = (prefix: string, ...ends: readonly string[]): eventbridge.Rule[] =>
  ends.map((end) => ({ Name: `${prefix}-${end}`, State: 'ENABLED' }));

export function refusal(name = 'AccessDeniedException', status = 400): Error {
  return Object.assign(new Error('not for you'), { name, $metadata: { httpStatusCode: status } });
}

/** An account as a deployment leaves it, hub in eu-west-1, forwarder in us-east-1. Tests change an answer by the mocks. */
export function fakeAccount() {
  const mocks = {
    sts: mockClient(sts.STSClient),
    ec2: mockClient(ec2.EC2Client),
    elb: mockClient(elb.ElasticLoadBalancingClient),
    elbv2: mockClient(elbv2.ElasticLoadBalancingV2Client),
    rds: mockClient(rds.RDSClient),
    cloudtrail: mockClient(cloudtrail.CloudTrailClient),
    eventbridge: mockClient(eventbridge.EventBridgeClient),
    sns: mockClient(sns.SNSClient),
    ssm: mockClient(ssm.SSMClient),
    secrets: mockClient(secrets.SecretsManagerClient),
    dynamodb: mockClient(dynamodb.DynamoDBClient),
    documents: mockClient(DynamoDBDocumentClient),
  };
  mocks.sts
    .on(sts.GetCallerIdentityCommand)
    .resolves({ Account: ACCOUNT, Arn: `arn:aws:iam::${ACCOUNT}:user/mara` });
  mocks.ec2.onAnyCommand().callsFake((input: { DryRun?: boolean }) => {
    if (input.DryRun !== true) throw new Error('a list was asked for');
    throw refusal('DryRunOperation', 412);
  });
  mocks.ec2
    .on(ec2.DescribeRegionsCommand)
    .resolves({ Regions: [{ RegionName: 'us-east-1' }, { RegionName: 'eu-west-1' }] });
  mocks.elb.onAnyCommand().resolves({ $metadata: { requestId: 'r' } });
  mocks.elbv2.onAnyCommand().resolves({ $metadata: { requestId: 'r' } });
  mocks.rds.onAnyCommand().resolves({ $metadata: { requestId: 'r' } });
  mocks.cloudtrail
    .on(cloudtrail.DescribeTrailsCommand)
    .resolves({ trailList: [{ TrailARN: TRAIL, HomeRegion: 'eu-west-1', IsMultiRegionTrail: true }] });
  mocks.cloudtrail.on(cloudtrail.GetTrailStatusCommand).resolves({ IsLogging: true });
  mocks.cloudtrail.on(cloudtrail.GetEventSelectorsCommand).resolves({
    EventSelectors: [{ ReadWriteType: 'All', IncludeManagementEvents: true }],
  });
  mocks.eventbridge
    .on(eventbridge.ListRulesCommand)
    .callsFake(({ EventBusName, NextToken }: eventbridge.ListRulesCommandInput) => {
      if (EventBusName !== undefined)
        return { Rules: named('postern-prod-hub', 'ec2', 'services', 'tampering', 'heartbeat') };
      // both Regions answer alike, in two pages
      return NextToken === undefined
        ? {
            Rules: named('postern-prod-forward', 'ec2', 'services', 'tampering', 'heartbeat'),
            NextToken: 'more',
          }
        : { Rules: named('postern-prod', 'ec2', 'services', 'tampering') };
    });
  mocks.eventbridge
    .on(eventbridge.PutEventsCommand)
    .resolves({ FailedEntryCount: 0, Entries: [{ EventId: 'e-1' }] });
  mocks.sns.on(sns.ListSubscriptionsByTopicCommand).resolves({
    Subscriptions: [{ SubscriptionArn: `${TOPIC}:1234` }, { SubscriptionArn: 'PendingConfirmation' }],
  });
  mocks.sns.on(sns.PublishCommand).resolves({ MessageId: 'm-1' });
  mocks.dynamodb.on(dynamodb.ListTablesCommand).resolves({ TableNames: ['postern-prod-Table-ABC', 'zebra'] });
  mocks.documents.on(QueryCommand).resolves({ Items: [] });
  return {
    ...mocks,
    restore: (): void => {
      for (const mock of Object.values(mocks)) mock.restore();
    },
  };
}

export type FakeAccount = ReturnType<typeof fakeAccount>;
