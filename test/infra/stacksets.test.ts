import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments, visit, type CollectionTag, type ScalarTag } from 'yaml';
import { callOf, LIVE_CALLS } from '#sources/aws';
import patterns from '../../infra/events/patterns.json' with { type: 'json' };
import { grantsByRole } from './grants.ts';
import { decided, named, ofType, type Part, type PartMap, type Template } from './intrinsics.ts';
import { ROOT } from '../support/serverless.ts';

const FOLDER = join(ROOT, 'infra/stacksets');
const files = readdirSync(FOLDER);
const HUB = { HubAccount: '111122223333', HubRegion: 'eu-west-1' };

describe.each(files)('%s', (file) => {
  const text = readFileSync(join(FOLDER, file), 'utf8');

  it('has no alias, which CloudFormation does not take, and fits a request', () => {
    let aliases = 0;
    for (const document of parseAllDocuments(text, { logLevel: 'error' }))
      visit(document, { Alias: () => void (aliases += 1) });
    expect(aliases).toBe(0);
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
    expect(Buffer.byteLength(text)).toBeLessThan(51_200);
  });
});

describe('forwarder', () => {
  const template = read('forwarder.yml');
  const elsewhere = {
    ...HUB,
    'AWS::AccountId': '444455556666',
    'AWS::Region': 'eu-west-1',
    WatchEdges: 'true',
  };
  const forwarder = decided(template, elsewhere);
  const rules = ofType(forwarder, 'AWS::Events::Rule');

  it.each(Object.entries(patterns))(
    'forwards %s by the pattern of the hub (else: node infra/build/forwarder.mjs)',
    (key, pattern) => {
      const rule = rules.get(`${key[0]!.toUpperCase()}${key.slice(1)}Rule`);
      expect(rule?.['EventPattern']).toEqual(pattern);
    },
  );

  it('sends every event on as it is, and keeps what it could not send', () => {
    expect(rules.size).toBe(Object.keys(patterns).length + 1);
    for (const { Targets, EventBusName } of rules.values()) {
      expect(EventBusName).toBeUndefined();
      expect(Targets).toEqual([
        {
          Id: 'hub',
          Arn: {
            'Fn::Sub': 'arn:${AWS::Partition}:events:${HubRegion}:${HubAccount}:event-bus/${HubBusName}',
          },
          RoleArn: { 'Fn::GetAtt': ['ForwardRole', 'Arn'] },
          DeadLetterConfig: { Arn: { 'Fn::GetAtt': ['DeadLetters', 'Arn'] } },
        },
      ]);
    }
    expect(ofType(forwarder, 'AWS::SQS::Queue').get('DeadLetters')).toMatchObject({
      MessageRetentionPeriod: 1_209_600,
      SqsManagedSseEnabled: true,
    });
  });

  it('says once a day that it works, by a rule as the events go', () => {
    const { Target, ScheduleExpression } = ofType(forwarder, 'AWS::Scheduler::Schedule').get('Heartbeat')!;
    const { EventBridgeParameters, Input } = Target as PartMap;
    const { Source, DetailType } = EventBridgeParameters as PartMap;
    expect(ScheduleExpression).toBe('rate(1 day)');
    expect(rules.get('HeartbeatRule')!['EventPattern']).toEqual({
      source: [Source],
      'detail-type': [DetailType],
    });
    expect(JSON.parse(named(Input))).toEqual({ account: '${AWS::AccountId}', region: '${AWS::Region}' });
  });

  it('may put events on the two buses and nothing else', () => {
    const grants = [...grantsByRole(forwarder).values()].flat();
    expect(grants.map(({ action }) => action)).toEqual(['events:PutEvents', 'events:PutEvents']);
    expect(grants.map(({ resource }) => resource.split('/').at(-1))).toEqual(['${HubBusName}', 'default']);
  });

  it('is empty where the hub listens by itself, and nowhere else', () => {
    const at = (account: string, region: string): number =>
      Object.keys(
        decided(template, { ...elsewhere, 'AWS::AccountId': account, 'AWS::Region': region }).Resources,
      ).length;
    expect(at('111122223333', 'eu-west-1')).toBe(1);
    expect(at('111122223333', 'us-east-1')).toBe(at('444455556666', 'us-east-1'));
    expect(at('444455556666', 'eu-west-1')).toBe(at('444455556666', 'us-east-1'));
  });

  it('forwards tier 3 only where somebody asked for it', () => {
    const { Resources } = decided(template, { ...elsewhere, WatchEdges: 'false' });
    expect(Object.keys(forwarder.Resources).filter((id) => !(id in Resources))).toEqual([
      'LaunchersRule',
      'EdgesRule',
    ]);
  });
});

describe('reader role', () => {
  const template = read('reader-role.yml');
  const role = ofType(template, 'AWS::IAM::Role').get('ReaderRole')!;

  it('may take the reads that Postern makes, those of doctor, and nothing else', () => {
    const grants = grantsByRole(template).get('ReaderRole')!;
    expect(grants.map(({ action }) => action).toSorted()).toEqual(
      [
        ...new Set(LIVE_CALLS.map((key) => callOf(key).action)),
        'ec2:DescribeRegions',
        'cloudtrail:DescribeTrails',
        'cloudtrail:GetEventSelectors',
        'cloudtrail:GetTrailStatus',
        'events:DescribeRule',
        'events:ListRules',
      ].toSorted(),
    );
  });

  it('is lent to schedule and refresh of the hub alone, and to them by the external id', () => {
    const { Statement } = role['AssumeRolePolicyDocument'] as { Statement: readonly PartMap[] };
    const hub = 'arn:${AWS::Partition}:iam::${HubAccount}';
    expect(Statement).toEqual([
      {
        Effect: 'Allow',
        Principal: { AWS: { 'Fn::Sub': `${hub}:root` } },
        Action: 'sts:AssumeRole',
        Condition: {
          StringEquals: { 'sts:ExternalId': { Ref: 'ExternalId' } },
          ArnEquals: {
            'aws:PrincipalArn': ['schedule', 'refresh'].map((name) => ({
              'Fn::Sub': `${hub}:role/postern-\${HubStage}-${name}-\${HubRegion}`,
            })),
          },
        },
      },
    ]);
  });

  it.each(['schedule', 'refresh'])('names %s as its role is named', (name) => {
    const text = readFileSync(join(ROOT, `infra/roles/${name}.yml`), 'utf8');
    expect(text).toContain(`RoleName: !Sub 'postern-\${sls:stage}-${name}-\${AWS::Region}'`);
  });
});

describe('roles of a self-managed StackSet', () => {
  it('reach no further than what the forwarder makes', () => {
    const forwarder = Object.values(read('forwarder.yml').Resources).map(({ Properties }) =>
      named(Properties?.['RoleName'] ?? Properties?.['QueueName'] ?? Properties?.['Name'] ?? ''),
    );
    const grants = [...grantsByRole(read('self-managed-roles.yml')).values()].flat();
    const wide = grants.filter(({ resource }) => resource === '*').map(({ action }) => action);
    expect(wide).toEqual(['cloudformation:GetTemplateSummary', 'cloudformation:ValidateTemplate']);
    // `role/x-*` covers `x-eu-west-1`.
    const covers = grants
      .filter(({ action }) => !/^(cloudformation|sts):/.test(action))
      .map(({ resource }) => resource.split(/[/:]/).at(-1)!.replace('*', ''));
    for (const name of forwarder.filter((text) => text !== ''))
      expect(
        covers.some((start) => name.startsWith(start)),
        name,
      ).toBe(true);
    for (const start of covers) expect(start).toMatch(/^\$\{HubBusName\}-(forward|heartbeat)/);
  });
});

function read(file: string): Template {
  return parse(readFileSync(join(FOLDER, file), 'utf8'), { customTags: shortForms() }) as Template;
}

/** CloudFormation's short forms as the long ones: `!Ref x` as `{ Ref: x }`. */
function shortForms(): (ScalarTag | CollectionTag)[] {
  const long = (name: string, value: Part): PartMap =>
    name === 'Ref' || name === 'Condition'
      ? { [name]: value }
      : name === 'GetAtt'
        ? { 'Fn::GetAtt': (value as string).split('.') }
        : { [`Fn::${name}`]: value };
  const scalars = ['Ref', 'Sub', 'GetAtt', 'Condition'].map((name): ScalarTag => ({
    tag: `!${name}`,
    resolve: (value) => long(name, value),
  }));
  const lists = ['Not', 'And', 'Equals', 'If', 'Join', 'Split'].map((name): CollectionTag => ({
    tag: `!${name}`,
    collection: 'seq',
    resolve: (value) => long(name, value.toJSON() as Part),
  }));
  return [...scalars, ...lists];
}
