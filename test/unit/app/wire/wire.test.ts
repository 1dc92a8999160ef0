import { DescribeRegionsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { ListAccountsCommand, ListParentsCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, describe, expect, it } from 'vitest';
import { parseConfig } from '../../../../lib/app/config/parse-config.ts';
import { settingsOf } from '../../../../lib/app/wire/settings.ts';
import { sqsQueue } from '../../../../lib/app/wire/sqs-queue.ts';
import { watchedTargets } from '../../../../lib/app/wire/watched-targets.ts';
import { FUNCTION_ENVIRONMENT } from '../../../support/function-environment.ts';

describe('settings', () => {
  it('come from the environment; what a template leaves empty is absent', () => {
    expect(
      settingsOf({ ...FUNCTION_ENVIRONMENT, EXTERNAL_ID: '', SLACK_SECRET_NAME: '/postern/slack' }),
    ).toMatchObject({
      table: 'table',
      channelQueueUrls: { slack: 'https://sqs/slack' },
      externalId: undefined,
      slackSecret: '/postern/slack',
      staleAfterMs: 3 * 3_600_000,
    });
  });

  it('that are missing are all named, with what they are for', () => {
    const { TABLE_NAME: _, BUS_NAME: __, ...rest } = FUNCTION_ENVIRONMENT;
    expect(() => settingsOf(rest)).toThrow(
      /TABLE_NAME: it is not set: it is the DynamoDB table.*BUS_NAME: it is not set/,
    );
  });
});

describe('a queue', () => {
  const sqs = mockClient(SQSClient);
  afterEach(() => {
    sqs.reset();
  });

  it.each([
    [undefined, 0],
    [29.2, 30],
    [-5, 0],
    [86_400, 900],
  ])('that is to wait %s seconds waits %i, as SQS can', async (asked, waits) => {
    sqs.on(SendMessageCommand).resolves({});
    await sqsQueue<{ a: number }>(new SQSClient({}), 'https://sqs/refresh').send({ a: 1 }, asked);
    expect(sqs.commandCalls(SendMessageCommand).map(({ args }) => args[0].input)).toEqual([
      { QueueUrl: 'https://sqs/refresh', MessageBody: '{"a":1}', DelaySeconds: waits },
    ]);
  });
});

describe('what is watched', () => {
  const sts = mockClient(STSClient);
  const ec2 = mockClient(EC2Client);
  const organizations = mockClient(OrganizationsClient);
  afterEach(() => {
    for (const mock of [sts, ec2, organizations]) mock.reset();
  });
  const credentials = { region: 'eu-west-1', for: () => Promise.resolve({}) };
  const watched = (text: string) => watchedTargets(parseConfig(text, 'postern.yml'), credentials);

  it('is by default the own account in all Regions that it has enabled', async () => {
    sts.on(GetCallerIdentityCommand).resolves({
      Account: '111122223333',
      Arn: 'arn:aws:sts::111122223333:assumed-role/postern-prod-schedule/x',
    });
    ec2
      .on(DescribeRegionsCommand)
      .resolves({ Regions: [{ RegionName: 'us-east-1' }, { RegionName: 'eu-west-1' }] });
    expect(await watched('')).toEqual([
      { account: '111122223333', units: [], regions: ['eu-west-1', 'us-east-1'] },
    ]);
  });

  it('is at least one Region where an account does not tell, so that the pass finds out', async () => {
    ec2.on(DescribeRegionsCommand).rejects(new Error('not allowed'));
    expect(await watched("accounts: [{ id: '444455556666', name: far }]")).toEqual([
      { account: '444455556666', name: 'far', units: [], regions: ['eu-west-1'], hasMoreRegions: true },
    ]);
  });

  it('is an organisation’s active accounts, each with the units above it', async () => {
    organizations
      .on(ListAccountsCommand)
      .resolvesOnce({ Accounts: [{ Id: '111122223333', Name: 'hub', Status: 'ACTIVE' }], NextToken: 'more' })
      .resolves({
        Accounts: [
          { Id: '444455556666', Name: 'shop', Status: 'ACTIVE' },
          { Id: '777788889999', Name: 'gone', Status: 'SUSPENDED' },
        ],
      });
    const parents = { '111122223333': 'r-ab12', '444455556666': 'ou-ab12-shops', 'ou-ab12-shops': 'r-ab12' };
    for (const [ChildId, Id] of Object.entries(parents))
      organizations.on(ListParentsCommand, { ChildId }).resolves({ Parents: [{ Id }] });
    expect(await watched('{ accounts: organization, regions: [eu-west-1] }')).toEqual([
      { account: '111122223333', name: 'hub', units: ['r-ab12'], regions: ['eu-west-1'] },
      { account: '444455556666', name: 'shop', units: ['r-ab12', 'ou-ab12-shops'], regions: ['eu-west-1'] },
    ]);
    expect(ec2.calls()).toHaveLength(0);
  });
});
