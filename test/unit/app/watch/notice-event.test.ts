import { describe, expect, it } from 'vitest';
import { missingHeartbeats } from '../../../../lib/app/watch/heartbeats.ts';
import { changesSince } from '../../../../lib/app/watch/noted-change.ts';
import { parseConfig } from '../../../../lib/app/config/parse-config.ts';
import { demoAccount } from '../../../support/demo.ts';
import { ACCOUNT, BUS, REGION, TARGET, TOPIC, Watched } from '../../../support/watched.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

type Event = Record<string, unknown> & { detail: Record<string, unknown> };

function eventOf(world: Watched, name: string, ids: readonly string[], detail: object = {}): Event {
  const event = world.event(name, ids) as Event;
  return { ...event, detail: { ...event.detail, ...detail } };
}

function tampering(world: Watched, service: string, name: string, request: object | null): Event {
  return eventOf(world, name, [], { eventSource: `${service}.amazonaws.com`, requestParameters: request });
}

describe('what an event leads to', () => {
  const world = () => new Watched(demoAccount());

  it.each<[string, object | string | null | undefined]>([
    ['a text', 'hello'],
    ['nothing', null],
    ['an empty object', {}],
    ['a record that is none', { detail: { eventName: 7 } }],
    [
      'a deep one',
      JSON.parse('{"detail":{"requestParameters":'.repeat(200) + '1' + '}}'.repeat(200)) as object,
    ],
  ])('%s is not understood, and harms nothing', async (_, value) => {
    expect(await world().notice(value)).toBe('not understood');
  });

  it.each<[string, object]>([
    ['refused', { errorCode: 'Client.UnauthorizedOperation' }],
    ['a dry run', { errorCode: 'Client.DryRunOperation' }],
    ['reading', { readOnly: true }],
  ])('one that was %s asks for nothing', async (_, detail) => {
    const watched = world();
    expect(await watched.notice(eventOf(watched, 'AuthorizeSecurityGroupIngress', [], detail))).toBe(
      'no change',
    );
  });

  it.each<[string, object]>([
    ['flat, with lists under items', { groupId: 'sg-098e1159f30562d66', ipPermissions: { items: [] } }],
    [
      'wrapped',
      { ModifySecurityGroupRulesRequest: { GroupId: 'sg-098e1159f30562d66', SecurityGroupRule: { tag: 1 } } },
    ],
    ['emptied', {}],
    ['lost', null as unknown as object],
  ])('one whose parameters are %s asks for a pass', async (_, requestParameters) => {
    const watched = world();
    const event = eventOf(watched, 'ModifySecurityGroupRules', [], { requestParameters });
    expect(await watched.notice(event)).toContain('asked for a pass');
    await watched.pass(MINUTE);
    expect(watched.passes).toHaveLength(1);
  });

  it('an API that nobody has heard of asks for a pass', async () => {
    const watched = world();
    expect(await watched.notice(eventOf(watched, 'OpenEveryDoorAtOnce', []))).toContain('asked for a pass');
  });

  it('a Region that is not read is not ours', async () => {
    const watched = world();
    watched.config = parseConfig('regions: [us-east-1]', 'postern.yml');
    expect(await watched.notice(watched.event('CreateRoute', []))).toBe('not ours');
  });

  it('the other side of a peering is looked at only if it is watched', async () => {
    const watched = world();
    const detail = {
      requestParameters: { vpcPeeringConnectionId: 'pcx-0a11111111111111a' },
      responseElements: {
        vpcPeeringConnection: {
          requesterVpcInfo: { ownerId: '444455556666', region: REGION, vpcId: 'vpc-0a11111111111111a' },
          accepterVpcInfo: { ownerId: ACCOUNT, region: REGION },
        },
      },
    };
    const event = eventOf(watched, 'AcceptVpcPeeringConnection', [], detail);
    expect(await watched.notice(event)).toBe(`${ACCOUNT}/${REGION}: asked for a pass`);
    await watched.stores.notes.write('accounts', '444455556666', { units: [] });
    const again = eventOf(watched, 'AcceptVpcPeeringConnection', [], detail);
    expect(await watched.notice(again)).toContain('444455556666/eu-west-1: asked for a pass');
  });

  it('a service that logs in one Region concerns every Region of the account', async () => {
    const watched = world();
    await watched.schedule();
    await watched.pass(HOUR);
    const event = eventOf(watched, 'AddEndpoints', [], {
      eventSource: 'globalaccelerator.amazonaws.com',
      awsRegion: 'us-west-2',
    });
    expect(await watched.notice(event)).toBe(`${ACCOUNT}/${REGION}: asked for a pass`);
  });

  it('keeps who it was, once', async () => {
    const watched = world();
    const event = watched.event('CreateRoute', ['rtb-0a11111111111111a']);
    await watched.notice(event);
    await watched.notice(event);
    const kept = await changesSince(watched.stores.notes, TARGET, new Date(watched.start));
    expect(kept).toMatchObject([{ call: 'CreateRoute', who: 'mara', ids: ['rtb-0a11111111111111a'] }]);
  });
});

describe('tampering with the monitor', () => {
  it.each<[string, string, object | null, string | undefined]>([
    ['cloudtrail', 'StopLogging', { name: 'audit' }, 'CRITICAL StopLogging on audit'],
    ['cloudtrail', 'StopLogging', null, 'CRITICAL StopLogging on a trail'],
    ['cloudtrail', 'PutEventSelectors', { trailName: 'audit' }, 'HIGH PutEventSelectors on audit'],
    ['events', 'DisableRule', { name: `${BUS}-ec2` }, `CRITICAL DisableRule on ${BUS}-ec2`],
    [
      'events',
      'RemoveTargets',
      { rule: `${BUS}-forward-ec2`, ids: ['hub'] },
      `CRITICAL RemoveTargets on ${BUS}-forward-ec2`,
    ],
    ['events', 'DeleteEventBus', { name: BUS }, `CRITICAL DeleteEventBus on ${BUS}`],
    ['sns', 'DeleteTopic', { topicArn: TOPIC }, `CRITICAL DeleteTopic on ${TOPIC}`],
    ['events', 'DisableRule', { name: 'nightly-report' }, undefined],
    ['events', 'PutRule', { name: 'my-postern' }, undefined],
    ['sns', 'DeleteTopic', { topicArn: `arn:aws:sns:${REGION}:${ACCOUNT}:other` }, undefined],
  ])('%s %s %j: %s', async (service, name, request, expected) => {
    const watched = new Watched(demoAccount());
    const event = tampering(watched, service, name, request);
    await watched.notice(event);
    await watched.notice(event);
    await watched.pass(MINUTE);
    const told = watched.told();
    if (expected === undefined) expect(told).toEqual([]);
    else expect(told).toEqual([`tampering ${expected}: Postern hears of changes by it`]);
  });

  const queue = (name: string): string => `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/${name}`;
  const own = (name: string): string => `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${name}`;

  it.each<[string, string, object, string | undefined]>([
    ['lambda', 'DeleteFunction20150331', { functionName: `${BUS}-refresh` }, `CRITICAL`],
    ['lambda', 'UpdateFunctionConfiguration20150331v2', { functionName: own(`${BUS}-notice`) }, 'HIGH'],
    ['lambda', 'UpdateFunctionCode20150331v2', { functionName: own(`${BUS}-deliver`) }, 'HIGH'],
    ['lambda', 'PutFunctionConcurrency20171031', { functionName: `${BUS}-refresh` }, 'HIGH'],
    ['lambda', 'DeleteFunction20150331', { functionName: 'thumbnails' }, undefined],
    ['lambda', 'UpdateFunctionCode20150331v2', { functionName: 'thumbnails' }, undefined],
    ['sqs', 'DeleteQueue', { queueUrl: queue(`${BUS}-sns`) }, 'CRITICAL'],
    ['sqs', 'PurgeQueue', { queueUrl: queue(`${BUS}-slack`) }, 'CRITICAL'],
    ['sqs', 'SetQueueAttributes', { queueUrl: queue(`${BUS}-refresh`), attributes: {} }, 'HIGH'],
    ['sqs', 'PurgeQueue', { queueUrl: queue('orders') }, undefined],
    ['scheduler', 'DeleteSchedule', { name: `${BUS}-every-target` }, 'CRITICAL'],
    ['scheduler', 'UpdateSchedule', { name: `${BUS}-outbox-sweep`, state: 'DISABLED' }, 'HIGH'],
    ['dynamodb', 'DeleteTable', { tableName: `${BUS}-Table-1ABC` }, 'CRITICAL'],
    ['dynamodb', 'UpdateTable', { tableName: `${BUS}-Table-1ABC`, deletionProtectionEnabled: false }, 'HIGH'],
    ['dynamodb', 'DeleteTable', { tableName: 'orders' }, undefined],
    ['s3', 'DeleteBucket', { bucketName: `${BUS}-bucket-1abc` }, 'CRITICAL'],
    ['s3', 'PutBucketPolicy', { bucketName: `${BUS}-bucket-1abc`, bucketPolicy: {} }, 'HIGH'],
    ['s3', 'PutBucketPolicy', { bucketName: 'website' }, undefined],
  ])('%s %s %j: %s', async (service, name, request, expected) => {
    const watched = new Watched(demoAccount());
    await watched.notice(tampering(watched, service, name, request));
    await watched.pass(MINUTE);
    const told = watched.told().filter((text) => text.startsWith('tampering'));
    const touched = Object.values(request)[0] as string;
    expect(told).toEqual(
      expected === undefined ? [] : [`tampering ${expected} ${name} on ${touched}: Postern works by it`],
    );
  });

  it('by a call that moves reach, too, asks for a pass as well', async () => {
    const watched = new Watched(demoAccount());
    const request = { functionName: `${BUS}-refresh` };
    expect(await watched.notice(tampering(watched, 'lambda', 'DeleteFunction20150331', request))).toMatch(
      `${ACCOUNT}/${REGION}: `,
    );
  });

  it('knows the function of an event-source mapping by the answer', async () => {
    const watched = new Watched(demoAccount());
    const event = tampering(watched, 'lambda', 'DeleteEventSourceMapping20150331', { uUID: 'u' });
    await watched.notice({
      ...event,
      detail: { ...event.detail, responseElements: { functionArn: own(`${BUS}-refresh`) } },
    });
    await watched.pass(MINUTE);
    expect(watched.told()).toEqual([
      `tampering CRITICAL DeleteEventSourceMapping20150331 on ${own(`${BUS}-refresh`)}: Postern works by it`,
    ]);
  });

  describe('by CloudFormation', () => {
    /** As the execution role of the StackSet, in another session for each Region. */
    const deploying = (watched: Watched, name: string, region: string, by = 'stackset-execution'): Event => {
      const event = tampering(watched, 'events', name, { name: `${BUS}-forward-ec2` });
      const userIdentity = {
        type: 'AssumedRole',
        arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${by}/session-${region}`,
        sessionContext: { sessionIssuer: { type: 'Role', userName: by } },
        invokedBy: 'cloudformation.amazonaws.com',
      };
      return { ...event, region, detail: { ...event.detail, awsRegion: region, userIdentity } };
    };
    const tell = async (...events: ((watched: Watched) => Event)[]): Promise<readonly string[]> => {
      const watched = new Watched(demoAccount());
      for (const event of events) await watched.notice(event(watched));
      await watched.pass(MINUTE);
      return watched.told().map((text) => text.split(' ').slice(0, 3).join(' '));
    };

    it('is one alert for all that a deployment puts, in all Regions', async () => {
      expect(
        await tell(
          (watched) => deploying(watched, 'PutRule', 'us-east-1'),
          (watched) => deploying(watched, 'PutTargets', 'us-east-1'),
          (watched) => deploying(watched, 'PutRule', 'eu-north-1'),
        ),
      ).toEqual(['tampering MEDIUM PutRule']);
    });

    it('is another one for another caller, and for each Region where it takes something away', async () => {
      expect(
        await tell(
          (watched) => deploying(watched, 'PutRule', 'us-east-1'),
          (watched) => deploying(watched, 'PutRule', 'us-east-1', 'mallory'),
          (watched) => deploying(watched, 'DeleteRule', 'us-east-1'),
          (watched) => deploying(watched, 'RemoveTargets', 'us-east-1'),
          (watched) => deploying(watched, 'DeleteRule', 'eu-north-1'),
        ),
      ).toEqual([
        'tampering MEDIUM PutRule',
        'tampering MEDIUM PutRule',
        'tampering CRITICAL DeleteRule',
        'tampering CRITICAL DeleteRule',
      ]);
    });

    it('is believed of what AWS writes alone: an agent may call itself anything', async () => {
      const posing = (watched: Watched): Event => {
        const event = tampering(watched, 'events', 'PutRule', { name: `${BUS}-ec2` });
        return { ...event, detail: { ...event.detail, userAgent: 'cloudformation.amazonaws.com' } };
      };
      expect(await tell(posing, posing)).toEqual(['tampering HIGH PutRule', 'tampering HIGH PutRule']);
    });
  });

  it('that was refused is no alert', async () => {
    const watched = new Watched(demoAccount());
    const event = tampering(watched, 'cloudtrail', 'StopLogging', { name: 'audit' });
    await watched.notice({ ...event, detail: { ...event.detail, errorCode: 'AccessDenied' } });
    await watched.pass(MINUTE);
    expect(watched.told()).toEqual([]);
  });
});

describe('signs of life', () => {
  const beat = {
    source: 'postern.forwarder',
    'detail-type': 'postern.heartbeat',
    account: '444455556666',
    region: 'eu-north-1',
    detail: { account: '999999999999', region: 'us-east-1' },
  };

  it('are missed after a day, of the place that EventBridge names', async () => {
    const watched = new Watched(demoAccount());
    expect(await watched.notice(beat)).toBe('a sign of life');
    const { notes } = watched.stores;
    await watched.pass(25 * HOUR);
    expect(await missingHeartbeats(notes, watched.clock())).toEqual([]);
    await watched.pass(2 * HOUR);
    expect(await missingHeartbeats(notes, watched.clock())).toEqual(['444455556666/eu-north-1']);
    await watched.notice(beat);
    expect(await missingHeartbeats(notes, watched.clock())).toEqual([]);
  });

  it('without a Region are none', async () => {
    const watched = new Watched(demoAccount());
    expect(await watched.notice({ ...beat, region: '../..' })).toBe('not understood');
  });
});
