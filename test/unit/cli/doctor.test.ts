import { DescribeTrailsCommand, GetTrailStatusCommand } from '@aws-sdk/client-cloudtrail';
import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import {
  DescribeRegionsCommand,
  DescribeVpcsCommand,
  GetManagedPrefixListEntriesCommand,
} from '@aws-sdk/client-ec2';
import { DescribeTargetHealthCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { ListRulesCommand } from '@aws-sdk/client-eventbridge';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { ListSubscriptionsByTopicCommand } from '@aws-sdk/client-sns';
import { GetParameterCommand } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Check } from '#app';
import { ACCOUNT, fakeAccount, refusal, TRAIL, type FakeAccount } from '../../support/fake-account.ts';
import { run, scratch } from '../../support/run-cli.ts';

const { write } = scratch();
const SECRET = 'https://hooks.slack.com/services/T0/B0/abcdefsecret';
const SLACK_ON = write('slack.yml', 'channels: { slack: true }\n');
const WITH_ANOTHER = write('accounts.yml', `accounts: [{ id: "${ACCOUNT}" }, { id: "444455556666" }]\n`);

let aws: FakeAccount;
beforeEach(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'testing');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'testing');
  vi.stubEnv('AWS_REGION', '');
  vi.stubEnv('AWS_DEFAULT_REGION', undefined);
  aws = fakeAccount();
  aws.documents.on(QueryCommand).callsFake(tableOf(new Date()));
});
afterEach(() => {
  aws.restore();
  vi.unstubAllEnvs();
});

/** What the hub's table holds: heads of both Regions, and the sign of life of one. */
function tableOf(now: Date) {
  const time = now.toISOString();
  return ({
    ExpressionAttributeValues: values = {},
  }: {
    ExpressionAttributeValues?: Record<string, unknown>;
  }) => {
    const isNotes = Object.hasOwn(values, ':first');
    const target = (region: string) => ({ account: ACCOUNT, region });
    return {
      Items: isNotes
        ? [{ name: `${ACCOUNT}/us-east-1`, value: JSON.stringify(time), version: 1 }]
        : ['eu-west-1', 'us-east-1'].map((region) => ({
            ...target(region),
            version: 1,
            snapshot: 's',
            findings: 'f',
            engine: '0.1.0',
            readAt: time,
            committedAt: time,
          })),
    };
  };
}

const doctor = (...args: readonly string[]) => run(['doctor', '--region', 'eu-west-1', ...args]);

async function checksOf(...args: readonly string[]): Promise<{ code: number; faults: readonly Check[] }> {
  const { code, out } = await doctor('--format', 'json', ...args);
  const { checks } = JSON.parse(out) as { checks: readonly Check[] };
  return { code, faults: checks.filter(({ state }) => state !== 'ok') };
}

describe('postern doctor', () => {
  it('says that all is there', async () => {
    const { code, out, err } = await doctor();
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^stage prod, hub 111122223333 eu-west-1, asked by 111122223333/);
    expect(out).toMatch(/^0 missing, 0 unknown, \d+ ok$/m);
    expect(out).toMatch(/SNS topic .*1 confirmed, 1 waiting$/m);
    expect(out).toMatch(/^ok {8}CloudTrail {2}111122223333 eu-west-1, us-east-1$/m);
  });

  it('only reads, and asks for no list that a dry run can do without', async () => {
    await doctor();
    const sent = Object.values(aws).flatMap((mock) =>
      typeof mock === 'function' ? [] : mock.calls().map((call) => call.args[0].constructor.name),
    );
    expect(sent.length).toBeGreaterThan(30);
    expect(sent.filter((name) => !/^(?:Describe|Get|List|Search|Query)/.test(name))).toEqual([]);
  });

  it('asks for a trail of all Regions once, at home', async () => {
    await doctor();
    expect(aws.cloudtrail.commandCalls(DescribeTrailsCommand)).toHaveLength(2);
    expect(aws.cloudtrail.commandCalls(GetTrailStatusCommand).map(({ args }) => args[0].input)).toEqual([
      { Name: TRAIL },
    ]);
  });

  it('looks at the Regions that are named, and no others', async () => {
    await doctor('--regions', 'eu-west-1,ap-south-1');
    expect(aws.ec2.commandCalls(DescribeRegionsCommand)).toEqual([]);
    expect(aws.cloudtrail.commandCalls(DescribeTrailsCommand)).toHaveLength(2);
  });

  it.each<[string, (aws: FakeAccount) => void, string, RegExp]>([
    [
      'trails',
      (x) => x.cloudtrail.on(DescribeTrailsCommand).rejects(refusal()),
      'CloudTrail',
      /cloudtrail:DescribeTrails/,
    ],
    [
      'a trail',
      (x) => x.cloudtrail.on(GetTrailStatusCommand).rejects(refusal()),
      'CloudTrail',
      /cloudtrail:GetTrailStatus/,
    ],
    [
      'the topic',
      (x) => x.sns.on(ListSubscriptionsByTopicCommand).rejects(refusal('AuthorizationError', 403)),
      'SNS topic',
      /sns:ListSubscriptionsByTopic/,
    ],
    [
      'the tables',
      (x) => x.dynamodb.on(ListTablesCommand).rejects(refusal()),
      'hub, table',
      /dynamodb:ListTables/,
    ],
    ['the table', (x) => x.documents.on(QueryCommand).rejects(refusal()), 'hub, table', /dynamodb:Query/],
    [
      'the Regions',
      (x) => x.ec2.on(DescribeRegionsCommand).rejects(refusal('UnauthorizedOperation', 403)),
      'Regions',
      /ec2:DescribeRegions/,
    ],
  ])(
    'where it may not ask for %s: unknown, never ok, and says what to grant',
    async (_, deny, what, action) => {
      deny(aws);
      const { code, faults } = await checksOf();
      expect(code).toBe(2);
      expect(new Set(faults.map((fault) => fault.what))).toEqual(new Set([what]));
      for (const { state, why, remedy } of faults) {
        expect(state).toBe('unknown');
        expect(why).toMatch(action);
        expect(remedy).toMatch(action);
      }
    },
  );

  it('where it may not ask for rules, knows neither hub nor forwarder', async () => {
    aws.eventbridge.on(ListRulesCommand).rejects(refusal());
    const { code, faults } = await checksOf();
    expect([code, ...faults.map(({ state, what }) => `${state} ${what}`)]).toEqual([
      2,
      'unknown hub, bus',
      'unknown hub, own Region',
      'unknown forwarder',
    ]);
  });

  it('tells a bus, a topic and a table that are not there from those that it may not see', async () => {
    const absent = refusal('ResourceNotFoundException');
    aws.eventbridge.on(ListRulesCommand).callsFake(({ EventBusName }: { EventBusName?: string }) => {
      if (EventBusName !== undefined) throw absent;
      return { Rules: [] };
    });
    aws.sns.on(ListSubscriptionsByTopicCommand).rejects(refusal('NotFoundException', 404));
    aws.dynamodb.on(ListTablesCommand).resolves({ TableNames: ['zebra'] });
    const { code, faults } = await checksOf();
    expect([code, ...faults.map(({ state, what }) => `${state} ${what}`)]).toEqual([
      1,
      'missing hub, bus',
      'missing SNS topic',
      'unknown hub, table',
      'missing hub, own Region',
      'missing forwarder',
    ]);
  });

  it('names the reads that are denied', async () => {
    aws.ec2.on(DescribeVpcsCommand).rejects(refusal('UnauthorizedOperation', 403));
    const { code, faults } = await checksOf();
    expect([code, faults[0]?.what, faults[0]?.why]).toEqual([
      1,
      'reads, by you',
      expect.stringMatching(/^1 of \d+ are denied.*: ec2:DescribeVpcs$/),
    ]);
  });

  it('does not take credentials that ran out for a read that is denied', async () => {
    aws.ec2.on(DescribeVpcsCommand).rejects(refusal('InvalidClientTokenId', 403));
    const { code, faults } = await checksOf();
    expect([code, ...faults.map(({ state, what }) => `${state} ${what}`)]).toEqual([
      2,
      'unknown reads, by you',
    ]);
  });

  it('takes an id that nothing has for a read that is let in, and a refusal for one that is not', async () => {
    aws.elbv2.on(DescribeTargetHealthCommand).rejects(refusal('TargetGroupNotFound'));
    aws.ec2.on(GetManagedPrefixListEntriesCommand).rejects(refusal('InvalidPrefixListID.NotFound'));
    expect((await checksOf()).code).toBe(0);
    aws.elbv2.on(DescribeTargetHealthCommand).rejects(refusal('AccessDenied', 403));
    const { faults } = await checksOf();
    expect(faults[0]?.why).toMatch(/: elasticloadbalancing:DescribeTargetHealth$/);
  });

  describe('with Slack turned on', () => {
    const slack = () => checksOf('--config', SLACK_ON);

    it('sees that the secret is fine, and shows no part of it', async () => {
      aws.ssm.on(GetParameterCommand).resolves({ Parameter: { Value: SECRET } });
      const { code, out, err } = await doctor('--config', SLACK_ON);
      expect(code).toBe(0);
      expect(out).toMatch(/ok {8}Slack secret/);
      expect(out + err).not.toMatch(/abcdefsecret|hooks\.slack/);
    });

    it('finds it in Secrets Manager as well', async () => {
      aws.ssm.on(GetParameterCommand).rejects(refusal('ParameterNotFound'));
      aws.secrets.on(GetSecretValueCommand).resolves({ SecretString: SECRET });
      expect(await slack()).toEqual({ code: 0, faults: [] });
    });

    it('says that there is none, or in what form it has to be, and shows no part of it', async () => {
      aws.ssm.on(GetParameterCommand).rejects(refusal('ParameterNotFound'));
      aws.secrets.on(GetSecretValueCommand).rejects(refusal('ResourceNotFoundException'));
      expect(await slack()).toMatchObject({ code: 1, faults: [{ state: 'missing', what: 'Slack secret' }] });
      aws.ssm.on(GetParameterCommand).resolves({ Parameter: { Value: 'abcdefsecret of no form' } });
      const malformed = await slack();
      expect(malformed).toMatchObject({
        code: 1,
        faults: [{ why: expect.stringMatching(/known forms/) as string }],
      });
      expect(JSON.stringify(malformed)).not.toContain('abcdefsecret');
    });

    it('does not know whether it is there where it may not look', async () => {
      aws.ssm.on(GetParameterCommand).rejects(refusal());
      expect(await slack()).toMatchObject({
        code: 2,
        faults: [
          {
            state: 'unknown',
            what: 'Slack secret',
            remedy: expect.stringMatching(/ssm:GetParameter/) as string,
          },
        ],
      });
    });
  });

  it('of another account whose role lets nobody in, says so and how to ask there', async () => {
    let asked = 0;
    aws.sts.on(GetCallerIdentityCommand).callsFake(() => {
      asked += 1;
      // first whose credentials these are; then the role's
      if (asked > 1) throw refusal('AccessDenied', 403);
      return { Account: ACCOUNT, Arn: `arn:aws:iam::${ACCOUNT}:user/mara` };
    });
    const { code, faults } = await checksOf('--config', WITH_ANOTHER);
    expect(code).toBe(1);
    expect(faults.map(({ state, what, at }) => [state, what, at])).toEqual([
      ['unknown', 'way in', '444455556666'],
      ['missing', 'read by the hub', '444455556666'],
    ]);
    expect(faults[0]?.run).toEqual([
      `postern doctor --stage prod --hub ${ACCOUNT}/eu-west-1 --profile PROFILE`,
    ]);
  });

  it('in an account that is not the hub looks for forwarders alone', async () => {
    const { code, out } = await run(['doctor', '--hub', '999988887777/eu-central-1']);
    expect(code).toBe(0);
    expect(out).toMatch(/^stage prod, hub 999988887777 eu-central-1, asked by 111122223333/);
    expect(out).toMatch(/^ok {8}forwarder {2}111122223333 eu-west-1, us-east-1$/m);
    expect(out).not.toMatch(/SNS topic|hub,|sign of life/);
  });
});

describe('postern doctor that cannot answer', () => {
  it.each<[string, readonly string[], RegExp]>([
    ['no Region', ['doctor'], /in which Region.*--region/],
    ['Regions that are none', ['doctor', '--regions', 'Ireland'], /eu-west-1,us-east-1/],
    ['a hub that is none', ['doctor', '--hub', 'eu-west-1'], /111122223333\/eu-west-1/],
    ['a stage that is none', ['doctor', '--stage', 'a b'], /letters, digits and hyphens/],
    ['no such configuration', ['doctor', '--config', 'nowhere.yml'], /cannot read nowhere\.yml/],
  ])('%s', async (_, args, reason) => {
    const { code, out, err } = await run(args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(reason);
  });

  it('has credentials that AWS does not take', async () => {
    aws.sts.on(GetCallerIdentityCommand).rejects(refusal('ExpiredToken', 403));
    const { code, out, err } = await doctor();
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/ExpiredToken: not for you\. Log in again/);
  });
});
