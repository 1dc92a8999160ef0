import { describe, expect, it } from 'vitest';
import patterns from '../../infra/events/patterns.json' with { type: 'json' };
import { decided, named, ofType, type Part, type PartMap } from './intrinsics.ts';
import { packaged } from './packaged.ts';

const KEY = { Ref: 'KmsKeyArn' };
const { template } = packaged();
const plain = decided(template);
const keyed = decided(template, {
  KmsKeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/1234',
  WatchEdges: 'true',
});

const queues = ofType(plain, 'AWS::SQS::Queue');
const functions = ofType(plain, 'AWS::Lambda::Function');
const alarms = ofType(plain, 'AWS::CloudWatch::Alarm');
const mappings = [...ofType(plain, 'AWS::Lambda::EventSourceMapping').values()];
const deadLetters = [...queues.keys()].filter((id) => id.endsWith('DeadLetters'));
const workQueues = [...queues.keys()].filter((id) => !id.endsWith('DeadLetters'));

describe('queues', () => {
  it('are two for passes and one for each channel, the weekly mail among them, each with dead letters of its own', () => {
    expect(workQueues.toSorted()).toEqual([
      'EmailQueue',
      'EventbridgeQueue',
      'RefreshQueue',
      'RoundsQueue',
      'SecurityhubQueue',
      'SlackQueue',
      'SnsQueue',
    ]);
    const redriven = workQueues.map((id) => {
      const { deadLetterTargetArn } = queues.get(id)!['RedrivePolicy'] as PartMap;
      return [id, named(deadLetterTargetArn)];
    });
    expect(redriven).toEqual(workQueues.map((id) => [id, id.replace('Queue', 'DeadLetters')]));
    expect(deadLetters).toHaveLength(workQueues.length + 1);
  });

  it.each([...queues.keys()])('%s keeps messages for 14 days, encrypted, and only over TLS', (id) => {
    expect(queues.get(id)).toMatchObject({ MessageRetentionPeriod: 1_209_600, SqsManagedSseEnabled: true });
    const withKey = ofType(keyed, 'AWS::SQS::Queue').get(id)!;
    expect(withKey['KmsMasterKeyId']).toEqual(KEY);
    expect(withKey).not.toHaveProperty('SqsManagedSseEnabled');

    const guarding = [...ofType(plain, 'AWS::SQS::QueuePolicy').values()].filter(({ Queues }) =>
      (Queues as readonly Part[]).map(named).includes(id),
    );
    expect(guarding).toHaveLength(1);
    expect(denials(guarding[0]!)).toContainEqual(overTlsOnly('sqs:*'));
  });

  it.each(workQueues)(
    '%s outlasts the function that takes from it: six runs, or with one message at a time one',
    (id) => {
      const taking = mappings.filter(({ EventSourceArn }) => named(EventSourceArn) === id);
      expect(taking).toHaveLength(1);
      const { Timeout } = functions.get(named(taking[0]!['FunctionName']))!;
      expect(queues.get(id)!['VisibilityTimeout']).toBeGreaterThanOrEqual(
        (taking[0]!['BatchSize'] === 1 ? 1.2 : 6) * Number(Timeout),
      );
      expect(taking[0]).toMatchObject({ FunctionResponseTypes: ['ReportBatchItemFailures'] });
      expect(taking[0]!['ScalingConfig']).toHaveProperty('MaximumConcurrency');
    },
  );
});

describe('what is kept', () => {
  it.each(['Bucket', 'BucketPolicy', 'Table'])('%s outlives the stack', (id) => {
    expect(template.Resources[id]).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });

  it('the bucket is versioned, encrypted, shut to the public, and forgets', () => {
    const bucket = ofType(plain, 'AWS::S3::Bucket').get('Bucket')!;
    expect(bucket).toMatchObject({
      VersioningConfiguration: { Status: 'Enabled' },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
    expect(encryption(bucket)).toEqual({ SSEAlgorithm: 'AES256' });
    expect(encryption(ofType(keyed, 'AWS::S3::Bucket').get('Bucket')!)).toEqual({
      SSEAlgorithm: 'aws:kms',
      KMSMasterKeyID: KEY,
    });
    const { Rules } = bucket['LifecycleConfiguration'] as { Rules: readonly PartMap[] };
    expect(Rules[0]).toMatchObject({
      Status: 'Enabled',
      ExpirationInDays: { Ref: 'RetentionDays' },
      NoncurrentVersionExpiration: { NoncurrentDays: 30 },
    });
    expect(Rules[1]).toMatchObject({ Status: 'Enabled', Prefix: 'reports/', ExpirationInDays: 35 });
    const policy = ofType(plain, 'AWS::S3::BucketPolicy').get('BucketPolicy')!;
    expect(denials(policy)).toContainEqual(overTlsOnly('s3:*'));
  });

  it('the table is paid by use, can be brought back, and cannot be deleted by mistake', () => {
    const table = ofType(plain, 'AWS::DynamoDB::Table').get('Table')!;
    expect(table).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      DeletionProtectionEnabled: true,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    });
    expect(ofType(keyed, 'AWS::DynamoDB::Table').get('Table')!['SSESpecification']).toEqual({
      SSEEnabled: true,
      SSEType: 'KMS',
      KMSMasterKeyId: KEY,
    });
  });

  it.each([...functions.keys()])('the log of %s is kept for as long as is set, and can have a key', (id) => {
    const group = id.replace('LambdaFunction', 'LogGroup');
    const { FunctionName } = functions.get(id)!;
    expect(ofType(plain, 'AWS::Logs::LogGroup').get(group)).toEqual({
      LogGroupName: `/aws/lambda/${named(FunctionName)}`,
      RetentionInDays: { Ref: 'LogRetentionDays' },
    });
    expect(ofType(keyed, 'AWS::Logs::LogGroup').get(group)!['KmsKeyId']).toEqual(KEY);
  });
});

describe('the topic', () => {
  it('is encrypted with a key that CloudWatch may use, so that alarms get through', () => {
    expect(ofType(plain, 'AWS::SNS::Topic').get('AlertsTopic')!['KmsMasterKeyId']).toEqual({
      Ref: 'AlertsKey',
    });
    expect(JSON.stringify(ofType(plain, 'AWS::KMS::Key').get('AlertsKey'))).toContain(
      'cloudwatch.amazonaws.com',
    );
    expect(ofType(keyed, 'AWS::SNS::Topic').get('AlertsTopic')!['KmsMasterKeyId']).toEqual(KEY);
    expect(ofType(keyed, 'AWS::KMS::Key').size).toBe(0);
  });

  it('takes messages over TLS, and nobody subscribes unless an address is given', () => {
    const policy = ofType(plain, 'AWS::SNS::TopicPolicy').get('AlertsTopicPolicy')!;
    expect(denials(policy)).toContainEqual(overTlsOnly('sns:Publish'));
    expect(ofType(plain, 'AWS::SNS::Subscription').size).toBe(0);
    const subscribed = decided(template, { AlertEmail: 'a@example.com' });
    expect(ofType(subscribed, 'AWS::SNS::Subscription').size).toBe(1);
  });
});

describe('alarms', () => {
  it.each([...alarms.keys()])('%s goes to the topic, and so does its end', (id) => {
    const topic = [{ Ref: 'AlertsTopic' }];
    expect(alarms.get(id)).toMatchObject({ AlarmActions: topic, OKActions: topic });
  });

  const watched = (namespace: string): readonly string[] =>
    [...alarms.values()]
      .filter(({ Namespace }) => Namespace === namespace)
      .map(({ MetricName, Dimensions }) => {
        const [dimension] = Dimensions as readonly PartMap[];
        return `${named(MetricName)} ${named(dimension!['Value'])}`;
      })
      .toSorted();

  it('there is one for every dead letter', () => {
    const expected = deadLetters.map((id) => `ApproximateNumberOfMessagesVisible ${id}.QueueName`);
    expect(watched('AWS/SQS')).toEqual(expected.toSorted());
  });

  it('there is one for the errors and one for the throttles of every function', () => {
    const expected = [...functions.keys()].flatMap((id) => [`Errors ${id}`, `Throttles ${id}`]);
    expect(watched('AWS/Lambda')).toEqual(expected.toSorted());
  });

  it('the own metrics are looked for where Powertools puts them', () => {
    const { Variables } = functions.get('ScheduleLambdaFunction')!['Environment'] as { Variables: PartMap };
    const service = named(Variables['POWERTOOLS_SERVICE_NAME']);
    expect(watched(named(Variables['POWERTOOLS_METRICS_NAMESPACE']))).toEqual([
      `MissingHeartbeats ${service}`,
      `RefreshSucceeded ${service}`,
      `StaleTargets ${service}`,
    ]);
  });

  it('silence of all refreshes is an alarm, silence of the rest is none', () => {
    expect(alarms.get('NothingRefreshed')).toMatchObject({
      TreatMissingData: 'breaching',
      ComparisonOperator: 'LessThanThreshold',
      EvaluationPeriods: { Ref: 'StaleAfterHours' },
    });
    const others = [...alarms].filter(([id]) => id !== 'NothingRefreshed');
    for (const [, alarm] of others) expect(alarm['TreatMissingData']).toBe('notBreaching');
  });
});

describe('what starts the functions', () => {
  const rules = [...ofType(keyed, 'AWS::Events::Rule')];

  it.each(Object.entries(patterns))('events of %s wake notice, here and on the hub', (_, pattern) => {
    const same = rules.filter(
      ([, { EventPattern }]) => JSON.stringify(EventPattern) === JSON.stringify(pattern),
    );
    const buses = same.map(([, { EventBusName }]) =>
      EventBusName === undefined ? 'default' : named(EventBusName),
    );
    expect(buses).toEqual(['default', 'HubBus.Name']);
  });

  it.each(rules.map(([id]) => id))('%s asks notice alone, and keeps what it could not deliver', (id) => {
    const { Targets, Name, EventBusName } = ofType(keyed, 'AWS::Events::Rule').get(id)!;
    const [target, ...more] = Targets as readonly PartMap[];
    expect(more).toEqual([]);
    expect(named(target!['Arn'])).toBe('NoticeLambdaFunction');
    expect(named((target!['DeadLetterConfig'] as PartMap)['Arn'])).toBe('NoticeDeadLetters');

    // Lambda lets a rule in by its name, and so does the queue of what could not be delivered.
    const bus = EventBusName === undefined ? '' : '${HubBus.Name}/';
    const arn = `arn:\${AWS::Partition}:events:\${AWS::Region}:\${AWS::AccountId}:rule/${bus}postern-prod-`;
    expect(named(Name).startsWith('postern-prod-')).toBe(true);
    const permitted = [...ofType(keyed, 'AWS::Lambda::Permission').values()].map(({ SourceArn }) =>
      named(SourceArn),
    );
    expect(permitted).toContain(`${arn}*`);
    expect(JSON.stringify(ofType(keyed, 'AWS::SQS::QueuePolicy').get('NoticeDeadLettersPolicy'))).toContain(
      arn,
    );
  });

  it('tier 3 is looked at only where somebody asked for it', () => {
    const ids = [...ofType(plain, 'AWS::Events::Rule').keys()];
    expect(rules.map(([id]) => id).filter((id) => !ids.includes(id))).toEqual([
      'LaunchersRule',
      'EdgesRule',
      'HubLaunchersRule',
      'HubEdgesRule',
    ]);
  });

  it('the clock starts schedule, the sweep of deliver, and the digest with the time for which it was due', () => {
    const schedules = [...ofType(plain, 'AWS::Scheduler::Schedule').values()].map(
      ({ ScheduleExpression, Target }) => {
        const { Arn, Input } = Target as PartMap;
        return [named(ScheduleExpression), named(Arn), Input];
      },
    );
    expect(schedules).toEqual([
      ['ScheduleRate', 'ScheduleLambdaFunction', undefined],
      ['rate(10 minutes)', 'DeliverLambdaFunction', '{"sweep":true}'],
      [
        'cron(0 ${DigestHour} ? * ${DigestWeekday} *)',
        'DigestLambdaFunction',
        '{"digest":"<aws.scheduler.scheduled-time>"}',
      ],
    ]);
  });

  it('the week begins where the team is, which is at UTC where no postern.yml says otherwise', () => {
    expect(template.Parameters).toMatchObject({
      DigestFrom: { Default: '' },
      DigestWeekday: { Default: 'MON' },
      DigestHour: { Default: 8 },
      DigestTimeZone: { Default: 'Etc/UTC' },
    });
    const { ScheduleExpressionTimezone } = ofType(plain, 'AWS::Scheduler::Schedule').get('WeeklyDigest')!;
    expect(ScheduleExpressionTimezone).toEqual({ Ref: 'DigestTimeZone' });
  });

  it('a week whose mail could not be made is kept, and rings', () => {
    expect(ofType(plain, 'AWS::Lambda::EventInvokeConfig').get('DigestInvokeConfig')).toMatchObject({
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['EmailDeadLetters', 'Arn'] } } },
    });
  });

  it('an event on which notice fails is kept', () => {
    expect(ofType(plain, 'AWS::Lambda::EventInvokeConfig').get('NoticeInvokeConfig')).toMatchObject({
      MaximumRetryAttempts: 2,
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['NoticeDeadLetters', 'Arn'] } } },
    });
  });

  it('the hub takes events from this account, and from an organisation only if one is given', () => {
    const admitted = (of: typeof template): readonly (Part | undefined)[] =>
      [...ofType(of, 'AWS::Events::EventBusPolicy').values()].map(({ Statement }) => {
        const { Action, Principal, Condition } = Statement as PartMap;
        expect(Action).toBe('events:PutEvents');
        return [Principal, Condition] as unknown as Part;
      });
    const own = [{ AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' } }, undefined];
    expect(admitted(plain)).toEqual([own]);
    expect(admitted(decided(template, { OrganizationId: 'o-abcdefghij' }))).toEqual([
      own,
      ['*', { StringEquals: { 'aws:PrincipalOrgID': { Ref: 'OrganizationId' } } }],
    ]);
  });

  it('concurrency is reserved only where a number is given', () => {
    const reserved = (of: typeof template): readonly Part[] =>
      [...ofType(of, 'AWS::Lambda::Function').values()].flatMap(({ ReservedConcurrentExecutions: number }) =>
        number === undefined ? [] : [number],
      );
    expect(reserved(plain)).toEqual([]);
    expect(reserved(decided(template, { RefreshReservedConcurrency: '5' }))).toEqual([
      { Ref: 'RefreshReservedConcurrency' },
    ]);
  });
});

function denials(policy: PartMap): readonly PartMap[] {
  const { Statement } = policy['PolicyDocument'] as { Statement: readonly PartMap[] };
  return Statement.filter(({ Effect }) => Effect === 'Deny').map(({ Action, Principal, Condition }) => ({
    Action,
    Principal,
    Condition,
  }));
}

function overTlsOnly(action: string): PartMap {
  return { Action: action, Principal: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
}

function encryption(bucket: PartMap): Part | undefined {
  const { ServerSideEncryptionConfiguration: rules } = bucket['BucketEncryption'] as PartMap;
  const [rule] = rules as readonly PartMap[];
  return rule!['ServerSideEncryptionByDefault'];
}
