import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { PublishCommand } from '@aws-sdk/client-sns';
import { GetParameterCommand } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeAccount, refusal, TOPIC, type FakeAccount } from '../../support/fake-account.ts';
import { run, scratch } from '../../support/run-cli.ts';
import { withSlack } from '../../support/slack-server.ts';

const { write } = scratch();
const NONE = write('none.yml', 'channels: { sns: false, eventbridge: false }\n');
const SLACK_ALONE = write('slack.yml', 'channels: { sns: false, eventbridge: false, slack: true }\n');

let aws: FakeAccount;
beforeEach(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'testing');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'testing');
  aws = fakeAccount();
});
afterEach(() => {
  aws.restore();
  vi.unstubAllEnvs();
});

const notify = (...args: readonly string[]) => run(['notify', '--test', '--region', 'eu-west-1', ...args]);

describe('postern notify --test', () => {
  it('sends to the topic and the bus of the deployment, marked as a test', async () => {
    const { code, out, err } = await notify();
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^sent {4}sns: arn:aws:sns:eu-west-1:111122223333:postern-prod-alerts took it/m);
    expect(out).toMatch(/^sent {4}eventbridge: the bus postern-prod took it/m);
    expect(out).not.toContain('slack');
    const [published] = aws.sns.commandCalls(PublishCommand);
    expect(published?.args[0].input).toMatchObject({
      TopicArn: TOPIC,
      Subject: expect.stringMatching(/^\[Postern\] TEST .*\(111122223333, eu-west-1\)$/) as string,
    });
    const [put] = aws.eventbridge.commandCalls(PutEventsCommand);
    expect(put?.args[0].input.Entries?.[0]).toMatchObject({
      EventBusName: 'postern-prod',
      DetailType: 'Postern Test',
    });
  });

  it('of another stage, or to other places that are named', async () => {
    await notify('--stage', 'dev');
    await notify('--topic-arn', 'arn:aws:sns:eu-west-1:111122223333:mine', '--bus', 'ours');
    const topics = aws.sns.commandCalls(PublishCommand).map(({ args }) => args[0].input.TopicArn);
    expect(topics).toEqual([
      'arn:aws:sns:eu-west-1:111122223333:postern-dev-alerts',
      'arn:aws:sns:eu-west-1:111122223333:mine',
    ]);
    const buses = aws.eventbridge
      .commandCalls(PutEventsCommand)
      .map(({ args }) => args[0].input.Entries?.[0]?.EventBusName);
    expect(buses).toEqual(['postern-dev', 'ours']);
  });

  it('says of each channel by itself what happened, and what to do', async () => {
    aws.sns.on(PublishCommand).rejects(refusal('NotFoundException', 404));
    const { code, out, err } = await notify();
    expect([code, err]).toEqual([1, '']);
    expect(out.replaceAll(/\s+/g, ' ')).toMatch(/failed sns: .*The topic is gone or its ARN is wrong/);
    expect(out).toMatch(/^sent {4}eventbridge/m);
  });

  it('tells machines the same', async () => {
    aws.eventbridge.on(PutEventsCommand).rejects(refusal());
    const { code, out } = await notify('--format', 'json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject([
      { channel: 'sns', state: 'sent' },
      {
        channel: 'eventbridge',
        state: 'failed',
        what: expect.stringMatching(/Allow events:PutEvents/) as string,
      },
    ]);
  });

  it('goes to Slack by the secret of the deployment, and shows nothing of it', async () => {
    await withSlack([{ status: 200, body: 'ok' }], async (url, requests) => {
      aws.ssm.on(GetParameterCommand, { Name: '/postern/prod/slack' }).resolves({
        Parameter: { Value: JSON.stringify({ webhookUrl: `${url}/s3cret` }) },
      });
      const { code, out, err } = await notify('--config', SLACK_ALONE);
      expect([code, err]).toEqual([0, '']);
      expect(out).toMatch(/^sent {4}slack/);
      expect(out).not.toContain('s3cret');
      expect(JSON.stringify(requests[0]?.fields)).toContain('TEST');
    });
  });

  it('turns Slack on for a secret that is named, and says how to store one that is not there', async () => {
    aws.ssm.on(GetParameterCommand).rejects(refusal('ParameterNotFound'));
    aws.secrets.on(GetSecretValueCommand).rejects(refusal('ResourceNotFoundException'));
    const { code, out } = await notify('--slack-secret', '/team/slack');
    expect(code).toBe(1);
    expect(out.replaceAll(/\s+/g, ' ')).toMatch(
      /failed slack: .*ssm:\/team\/slack.*does not exist\. Create it: aws ssm/,
    );
    expect(out).toMatch(/^sent {4}sns/m);
  });

  it('shows the message and asks nobody in a dry run', async () => {
    const { code, out } = await notify('--dry-run');
    expect(code).toBe(0);
    expect(out).toMatch(/^nothing is sent; to sns, eventbridge this would be\n\nSubject: \[Postern\] TEST /);
    expect(out).toMatch(/This is a test\. Nothing is wrong/);
    expect([...aws.sts.calls(), ...aws.sns.calls(), ...aws.eventbridge.calls()]).toEqual([]);
  });
});

describe('postern notify that cannot answer', () => {
  it.each<[string, readonly string[], RegExp]>([
    ['nothing to send', ['notify', '--region', 'eu-west-1'], /postern notify --test/],
    ['no channel', ['notify', '--test', '--config', NONE], /no channel is set up.*channels:/],
    ['no such configuration', ['notify', '--test', '--config', 'nowhere.yml'], /cannot read nowhere\.yml/],
  ])('%s', async (_, args, reason) => {
    const { code, out, err } = await run(args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(reason);
    expect(aws.sns.calls()).toEqual([]);
  });

  it('has credentials that AWS does not take', async () => {
    aws.sts.on(GetCallerIdentityCommand).rejects(refusal('ExpiredToken', 403));
    const { code, err } = await notify();
    expect([code, aws.sns.calls().length]).toEqual([2, 0]);
    expect(err).toMatch(/ExpiredToken: not for you\. Log in again/);
  });
});
