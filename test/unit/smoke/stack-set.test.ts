import { CloudFormationClient, ListStackInstancesCommand } from '@aws-sdk/client-cloudformation';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, it } from 'vitest';
import { stackInstances, standEverywhere } from '../../smoke/stack-set.ts';

it('lists the instances over all pages', async () => {
  const cloudformation = mockClient(CloudFormationClient);
  cloudformation
    .on(ListStackInstancesCommand, { StackSetName: 'postern-prod-forwarder' })
    .resolves({ Summaries: [{ Region: 'eu-west-1', Status: 'CURRENT' }], NextToken: 'more' })
    .on(ListStackInstancesCommand, { StackSetName: 'postern-prod-forwarder', NextToken: 'more' })
    .resolves({ Summaries: [{ Region: 'us-east-1', Status: 'CURRENT' }] });
  const client = new CloudFormationClient({ region: 'eu-west-1' });
  expect(standEverywhere(await stackInstances(client, 'postern-prod-forwarder'))).toBe(
    '2 Regions: eu-west-1, us-east-1',
  );
});

it('names the Regions that have no forwarder, and why', () => {
  const instances = [
    { Region: 'eu-west-1', Status: 'CURRENT' as const },
    { Region: 'sa-east-1', Status: 'OUTDATED' as const, StatusReason: 'explicit deny' },
    { Region: 'us-west-1', Status: 'INOPERABLE' as const },
  ];
  expect(() => standEverywhere(instances)).toThrow(
    'sa-east-1 is OUTDATED: explicit deny\nus-west-1 is INOPERABLE: no reason is given',
  );
});

it('does not take an empty StackSet for a proof', () => {
  expect(() => standEverywhere([])).toThrow('no instance');
});
