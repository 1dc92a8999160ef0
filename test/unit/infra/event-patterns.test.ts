import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import * as ec2 from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';
import { noisePrefixesOf } from '../../../lib/sources/aws/event/catalogue/noise.ts';
import { CATALOGUE } from '../../../lib/sources/aws/event/catalogue/tier.ts';
import { matchesPattern } from '../../support/event-pattern.ts';

const root = new URL('../../../', import.meta.url);
const patterns = JSON.parse(readFileSync(new URL('infra/events/patterns.json', root), 'utf8')) as Readonly<
  Record<string, object>
>;

/** As EventBridge hands a call over; `more` goes into the record. */
function call(eventSource: string, eventName: string, more: object = {}) {
  const source = `aws.${eventSource.replace('.amazonaws.com', '')}`;
  return {
    source,
    'detail-type': 'AWS API Call via CloudTrail',
    detail: { eventSource, eventName, readOnly: false, requestParameters: null, ...more },
  };
}

/** The rules that an event sets off. */
function rulesFor(event: object): string[] {
  return Object.entries(patterns)
    .filter(([, pattern]) => matchesPattern(pattern, event))
    .map(([name]) => name);
}

const calls = CATALOGUE.flatMap(({ source, tier, names }) => names.map((name) => ({ source, tier, name })));

describe('the patterns of the event rules', () => {
  it('are what the catalogue says', async () => {
    const run = promisify(execFile);
    const script = ['--import', 'tsx', 'infra/build/event-patterns.mjs', '--check'];
    await expect(run(process.execPath, script, { cwd: root })).resolves.toMatchObject({ stderr: '' });
  });

  it.each(Object.keys(patterns))('%s is within the 2,048 characters that EventBridge takes', (name) => {
    expect(JSON.stringify(patterns[name]).length).toBeLessThanOrEqual(2048);
  });

  it.each([
    { tier: 1, count: 189, rules: ['ec2'] },
    { tier: 2, count: 109, rules: ['loadBalancers', 'databases', 'services'] },
    { tier: 3, count: 77, rules: ['launchers', 'edges'] },
    { tier: 4, count: 33, rules: ['tampering'] },
  ])('take each of the $count calls of tier $tier by one rule of its own', ({ tier, count, rules }) => {
    const ofTier = calls.filter((each) => each.tier === tier);
    expect(ofTier).toHaveLength(count);
    for (const { source, name } of ofTier) {
      const found = rulesFor(call(source, name));
      expect({ name, found }).toEqual({ name, found: [expect.any(String)] });
      expect(rules).toContain(found[0]);
    }
  });

  it.each([
    ...calls.filter(({ tier }) => tier < 3).slice(0, 1),
    ...calls.filter((_, index) => index % 40 === 7),
  ])('take no $name that AWS refused', ({ source, name }) => {
    expect(rulesFor(call(source, name, { errorCode: 'Client.UnauthorizedOperation' }))).toEqual([]);
  });

  it.each(['Client.DryRunOperation', ''])('take none with the error code %j', (errorCode) => {
    expect(rulesFor(call('ec2.amazonaws.com', 'RunInstances', { errorCode }))).toEqual([]);
  });

  it.each([
    ['ec2.amazonaws.com', 'DescribeSecurityGroups'],
    ['ec2.amazonaws.com', 'GetManagedPrefixListEntries'],
    ['ec2.amazonaws.com', 'SearchTransitGatewayRoutes'],
    ['elasticloadbalancing.amazonaws.com', 'DescribeLoadBalancers'],
    ['rds.amazonaws.com', 'DescribeDBInstances'],
    ['lambda.amazonaws.com', 'GetFunction20150331v2'],
    ['events.amazonaws.com', 'ListRules'],
  ])('take no call of %s that only reads: %s', (source, name) => {
    expect(rulesFor(call(source, name, { readOnly: true }))).toEqual([]);
  });

  it.each([
    ['ec2.amazonaws.com', 'CreateTags'],
    ['ec2.amazonaws.com', 'DeleteSnapshot'],
    ['ec2.amazonaws.com', 'CreateSnapshots'],
    ['ec2.amazonaws.com', 'RegisterImage'],
    ['ec2.amazonaws.com', 'AttachVolume'],
    ['ec2.amazonaws.com', 'ImportKeyPair'],
    ['ec2.amazonaws.com', 'CreateLaunchTemplateVersion'],
    ['ec2.amazonaws.com', 'AllocateAddress'],
    ['ec2.amazonaws.com', 'UpdateSecurityGroupRuleDescriptionsIngress'],
    ['ec2.amazonaws.com', 'DeleteSpotDatafeedSubscription'],
    ['ec2.amazonaws.com', 'GetConsoleScreenshot'],
    ['elasticloadbalancing.amazonaws.com', 'AddTags'],
    ['rds.amazonaws.com', 'CreateDBSnapshot'],
    ['rds.amazonaws.com', 'CopyDBClusterSnapshot'],
    ['lambda.amazonaws.com', 'PublishVersion20150331'],
    ['ecs.amazonaws.com', 'RegisterTaskDefinition'],
    ['s3.amazonaws.com', 'PutBucketTagging'],
  ])('take no noise of %s: %s', (source, name) => {
    expect(rulesFor(call(source, name))).toEqual([]);
  });

  it.each([
    ['ec2.amazonaws.com', 'OpenEverythingToTheMoon', 'ec2'],
    ['elasticloadbalancing.amazonaws.com', 'ModifyTrustStore', 'loadBalancers'],
    ['rds.amazonaws.com', 'PublishDBInstance', 'databases'],
    ['cloudfront.amazonaws.com', 'CreateVpcOrigin2020_05_31', 'edges'],
  ])('take what %s may call tomorrow: %s', (source, name, rule) => {
    expect(rulesFor(call(source, name))).toEqual([rule]);
  });

  it('take nobody’s own event for a record, and no other kind of event', () => {
    const real = call('ec2.amazonaws.com', 'CreateRoute');
    expect(rulesFor(real)).toEqual(['ec2']);
    expect(rulesFor({ ...real, source: 'my.app' })).toEqual([]);
    expect(rulesFor({ ...call('sns.amazonaws.com', 'DeleteTopic'), source: 'my.app' })).toEqual([]);
    expect(rulesFor({ ...real, 'detail-type': 'EC2 Instance State-change Notification' })).toEqual([]);
  });
});

describe('the noise of EC2', () => {
  const written = Object.keys(ec2)
    .filter((name) => /^[A-Z].*Command$/.test(name) && !/^(?:Describe|Get|List|Search|Export)/.test(name))
    .map((name) => name.slice(0, -'Command'.length));
  const left = written.filter((name) =>
    noisePrefixesOf('ec2.amazonaws.com').some((each) => name.startsWith(each)),
  );

  it('is a small part of the calls that the SDK knows', () => {
    expect(written.length).toBeGreaterThan(500);
    expect(left.length).toBeGreaterThan(60);
  });

  it('names nothing that packets pass', () => {
    const passed =
      /SecurityGroup|Route|Gateway|Acl|Address|Subnet|Vpc|Peering|Prefix|NetworkInterface|Endpoint|Vpn|Byoip|VerifiedAccess|RunInst|StartInst|StopInst|TerminateInst|Fleet|Ipam|ModifyInstanceAttribute/;
    expect(left.filter((name) => passed.test(name)).sort()).toEqual([
      // an address that nothing has
      'AllocateAddress',
      // capacity without instances
      'CancelCapacityReservationFleets',
      'CreateCapacityReservationFleet',
      'ModifyCapacityReservationFleet',
      // text
      'UpdateSecurityGroupRuleDescriptionsEgress',
      'UpdateSecurityGroupRuleDescriptionsIngress',
    ]);
  });

  it('has no beginning that no call has', () => {
    const known = Object.keys(ec2).map((name) => name.slice(0, -'Command'.length));
    const idle = noisePrefixesOf('ec2.amazonaws.com').filter(
      (each) => !known.some((name) => name.startsWith(each)),
    );
    expect(idle).toEqual([]);
  });
});
