import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, describe, expect, it } from 'vitest';
import { readerCredentials } from '../../../../lib/app/wire/reader-credentials.ts';
import { settingsOf } from '../../../../lib/app/wire/settings.ts';
import { FUNCTION_ENVIRONMENT } from '../../../support/function-environment.ts';

const SETTINGS = settingsOf(FUNCTION_ENVIRONMENT);

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
