import { mockClient } from 'aws-sdk-client-mock';
import {
  NotFoundException,
  AuthorizationErrorException,
  InternalErrorException,
  PublishCommand,
  SNSClient,
  ThrottledException,
} from '@aws-sdk/client-sns';
import { describe, expect, it } from 'vitest';
import type { Alert } from '#findings';
import { ChannelFailure, CHANNEL_CLIENT, snsChannel } from '#notify';
import { snsMessageOf } from '../../../lib/notify/channels/sns/sns.ts';
import { BASTION_OPENED, flood } from '../../support/alert.ts';

const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:postern';

function failing(error: Error): Promise<ChannelFailure> {
  const client = new SNSClient({ region: 'eu-west-1', ...CHANNEL_CLIENT });
  mockClient(client).on(PublishCommand).rejects(error);
  return snsChannel({ client, topicArn: TOPIC })
    .send(BASTION_OPENED)
    .then(
      () => expect.unreachable('the topic said no'),
      (reason: unknown) => reason as ChannelFailure,
    );
}

const answer = (httpStatusCode: number) => ({ message: 'no', $metadata: { httpStatusCode } });

describe('SNS', () => {
  it('is sent text for people, JSON for machines and what filters match on', async () => {
    const client = new SNSClient({ region: 'eu-west-1' });
    const mock = mockClient(client);
    mock.on(PublishCommand).resolves({ MessageId: 'm-1' });
    expect(await snsChannel({ client, topicArn: TOPIC }).send(BASTION_OPENED)).toEqual({});
    const { input } = mock.commandCalls(PublishCommand)[0]!.args[0];
    expect(input).toMatchObject({ TopicArn: TOPIC, MessageStructure: 'json' });
    const parts = JSON.parse(input.Message!) as Record<string, string>;
    expect(Object.keys(parts)).toEqual(['default', 'email', 'sms', 'sqs', 'lambda', 'https']);
    for (const machine of ['sqs', 'lambda', 'https'])
      expect(JSON.parse(parts[machine]!)).toEqual(BASTION_OPENED);
    expect(parts['email']).toBe(parts['default']);
    expect(
      Object.fromEntries(
        Object.entries(input.MessageAttributes!).map(([key, { StringValue }]) => [key, StringValue]),
      ),
    ).toEqual({
      severity: 'critical',
      account: '111122223333',
      region: 'eu-west-1',
      type: 'admin-port-exposed',
      change_kind: 'opened',
      fingerprint: '7c1e94ab',
    });
  });

  it('has no empty attribute, and the kind where there is no finding', () => {
    const alert: Alert = {
      ...BASTION_OPENED,
      kind: 'tampering',
      findings: [],
      place: { account: '', region: '', time: '' },
    };
    expect(snsMessageOf(alert).MessageAttributes).toEqual({
      severity: { DataType: 'String', StringValue: 'critical' },
      type: { DataType: 'String', StringValue: 'tampering' },
      change_kind: { DataType: 'String', StringValue: 'tampering' },
    });
  });

  it.each<[Error, boolean, RegExp]>([
    [new ThrottledException(answer(429)), true, /tried again/],
    [new InternalErrorException(answer(500)), true, /tried again/],
    [new NotFoundException(answer(404)), false, /ARN is wrong/],
    [new AuthorizationErrorException(answer(403)), false, /Allow sns:Publish/],
    [Object.assign(new Error('socket hang up'), { name: 'TimeoutError' }), true, /socket hang up/],
    [Object.assign(new Error('old'), { name: 'ExpiredToken', ...answer(403) }), true, /tried again/],
  ])('%s: may recover %s', async (error, mayRecover, says) => {
    const failure = await failing(error);
    expect(failure).toBeInstanceOf(ChannelFailure);
    expect(failure).toMatchObject({ mayRecover, retryAfterMs: undefined });
    expect(failure.message).toMatch(says);
    expect(failure.message).toContain(TOPIC);
  });

  it('gets what fits, and the undo goes last', () => {
    const long = 'a rule '.repeat(12_000);
    const alert = {
      ...flood(2_000),
      rules: BASTION_OPENED.rules.map((rule) => ({ ...rule, description: long })),
      also: [long],
    };
    const { Message } = snsMessageOf(alert);
    expect(Buffer.byteLength(Message)).toBeLessThan(262_144);
    const sent = JSON.parse((JSON.parse(Message) as { sqs: string }).sqs) as Alert;
    expect(sent.findings).toEqual(alert.findings.slice(0, 10));
    expect(sent.moreFindings).toBe(1_990);
    expect(sent).toMatchObject({ rules: [], moreRules: 1, undo: alert.undo });
    expect(sent.details).toContain('left out for length: rules, what else is reachable');
  });
});
