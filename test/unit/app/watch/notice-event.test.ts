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
