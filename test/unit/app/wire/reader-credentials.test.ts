import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, describe, expect, it } from 'vitest';
import { readerCredentials } from '../../../../lib/app/wire/reader-credentials.ts';
import { settingsOf } from '../../../../lib/app/wire/settings.ts';

const SETTINGS = settingsOf({
  AWS_REGION: 'eu-west-1',
  TABLE_NAME: 'table',
  BUCKET_NAME: 'bucket',
  REFRESH_QUEUE_URL: 'https://sqs/refresh',
  SNS_QUEUE_URL: 'https://sqs/sns',
  SLACK_QUEUE_URL: 'https://sqs/slack',
  EVENTBRIDGE_QUEUE_URL: 'https://sqs/eventbridge',
  TOPIC_ARN: 'arn:aws:sns:eu-west-1:111122223333:alerts',
  BUS_NAME: 'postern-prod',
  READER_ROLE_NAME: 'postern-reader',
});

describe('credentials to read an account with', () => {
  const sts = mockClient(STSClient);
  afterEach(() => {
    sts.reset();
  });

  it('are to be had once STS answers again, in the same process, and it is asked no more then', async () => {
    sts
      .on(GetCallerIdentityCommand)
      .rejectsOnce(new Error('not now'))
      .resolves({ Account: '111122223333', Arn: 'arn:aws:sts::111122223333:assumed-role/refresh/x' });
    const credentials = readerCredentials(SETTINGS);
    await expect(credentials.for('111122223333')).rejects.toThrow('not now');
    expect(await credentials.for('111122223333')).toEqual({});
    expect(await credentials.for('444455556666')).toHaveProperty('credentials');
    expect(sts.calls()).toHaveLength(2);
  });
});
