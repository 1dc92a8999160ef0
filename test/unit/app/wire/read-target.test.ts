import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingClient } from '@aws-sdk/client-elastic-load-balancing';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { RDSClient } from '@aws-sdk/client-rds';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, expect, it } from 'vitest';
import { readTarget } from '../../../../lib/app/wire/read-target.ts';
import { Unreadable } from '../../../../lib/app/watch/unreadable.ts';

const sts = mockClient(STSClient);
const ec2 = mockClient(EC2Client);
const elb = mockClient(ElasticLoadBalancingClient);
const elbv2 = mockClient(ElasticLoadBalancingV2Client);
const rds = mockClient(RDSClient);
afterEach(() => {
  for (const mock of [sts, ec2, elb, elbv2, rds]) mock.reset();
});

it('ends before its pass is killed, however many calls give no answer', async () => {
  const never = () => new Promise(() => undefined);
  sts.on(GetCallerIdentityCommand).resolves({ Account: '111122223333' });
  ec2.onAnyCommand().callsFake(never);
  elb.onAnyCommand().callsFake(never);
  elbv2.onAnyCommand().callsFake(never);
  rds.onAnyCommand().callsFake(never);
  const credentials = {
    region: 'eu-west-1',
    for: () =>
      Promise.resolve({ credentials: () => Promise.resolve({ accessKeyId: 'A', secretAccessKey: 'b' }) }),
  };
  const reading = readTarget({ account: '111122223333', region: 'eu-west-1' }, credentials, 50);
  await expect(reading).rejects.toThrow(Unreadable);
  await expect(reading).rejects.toThrow(/the reading was stopped/);
});
