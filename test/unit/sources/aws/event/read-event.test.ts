import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isNoise, readEvent } from '../../../../../lib/sources/aws/event/index.ts';
import { CATALOGUE, tierOf } from '../../../../../lib/sources/aws/event/catalogue/tier.ts';
import { read, record } from './record.ts';

describe('the catalogue', () => {
  it.each([
    [1, 189],
    [2, 109],
    [3, 77],
    [4, 33],
  ])('has in tier %i %i calls', (tier, count) => {
    expect(CATALOGUE.filter((group) => group.tier === tier).flatMap(({ names }) => names)).toHaveLength(
      count,
    );
  });

  it('has each call once, but for two that both kinds of load balancers have', () => {
    const all = CATALOGUE.flatMap(({ source, names }) => names.map((name) => `${source} ${name}`));
    const again = all.filter((each, index) => all.indexOf(each) !== index);
    expect(again).toEqual([
      'elasticloadbalancing.amazonaws.com CreateLoadBalancer',
      'elasticloadbalancing.amazonaws.com DeleteLoadBalancer',
    ]);
  });

  it.each([
    ['ec2.amazonaws.com', 'ModifySecurityGroupRules', 1],
    ['ec2.amazonaws.com', 'CreateFleet', 1],
    ['appstream.amazonaws.com', 'CreateFleet', 0],
    ['eks.amazonaws.com', 'CreateCluster', 2],
    ['cloudhsm.amazonaws.com', 'CreateCluster', 0],
    ['globalaccelerator.amazonaws.com', 'CreateListener', 3],
    ['elasticloadbalancing.amazonaws.com', 'CreateListener', 2],
    ['lambda.amazonaws.com', 'CreateFunction20150331', 2],
    ['cloudfront.amazonaws.com', 'CreateVpcOrigin2020_05_31', 3],
    ['sns.amazonaws.com', 'Unsubscribe', 4],
    ['ec2.amazonaws.com', 'AllocateAddress', 0],
    ['', 'CreateRoute', 0],
  ])('takes %s %s as of tier %i', (source, name, tier) => {
    expect(tierOf(source, name)).toBe(tier);
  });
});

describe('an event', () => {
  it('is the record with what was made of it', () => {
    expect(read('CreateRoute')).toMatchObject({
      eventId: '6f1c2d3e-0a1b-4c5d-8e9f-001122334455',
      name: 'CreateRoute',
      source: 'ec2.amazonaws.com',
      tier: 1,
      account: '210987654321',
      region: 'eu-north-1',
      time: '2026-11-20T08:15:00Z',
      isEffective: true,
      errorCode: '',
      isGlobal: false,
    });
  });

  it('is the same in its envelope', () => {
    const bare = record('CreateRoute');
    expect(readEvent({ id: 'x', source: 'aws.ec2', detail: bare })).toEqual(readEvent(bare));
  });

  it.each([
    { more: { errorCode: 'Client.DryRunOperation' }, effective: false, tier: 1 },
    { more: { errorCode: 'AccessDenied', requestParameters: null }, effective: false, tier: 1 },
    { more: { errorCode: null }, effective: true, tier: 1 },
    { more: { errorMessage: 'an error without a code' }, effective: true, tier: 1 },
    { more: { readOnly: 'false' }, effective: true, tier: 1 },
    { more: { readOnly: undefined }, effective: true, tier: 1 },
    { more: { readOnly: true }, effective: false, tier: 0 },
    { more: { readOnly: 'true' }, effective: false, tier: 0 },
    { more: { eventName: 'DescribeVpcs', readOnly: undefined }, effective: false, tier: 0 },
  ])('with $more: effective $effective, tier $tier', ({ more, effective, tier }) => {
    expect(read('CreateRoute', more)).toMatchObject({ isEffective: effective, tier });
  });

  it.each([
    { name: 'CreateRoute', noise: false },
    { name: 'SomethingNew', noise: false },
    { name: 'CreateTags', noise: true },
    { name: 'CreateSnapshots', noise: true },
    { name: 'CreateRoute', more: { errorCode: 'AccessDenied' }, noise: true },
    { name: 'CreateRoute', more: { readOnly: true }, noise: true },
    { name: 'CreateTags', more: { eventSource: 'other.amazonaws.com' }, noise: false },
  ])('$name $more is noise: $noise', ({ name, more, noise }) => {
    expect(isNoise(read(name, more))).toBe(noise);
  });

  it.each([
    {
      what: 'its own',
      eventID: '6F1C2D3E-0a1b-4c5d-8e9f-001122334455',
      id: 'e',
      eventId: '6F1C2D3E-0a1b-4c5d-8e9f-001122334455',
    },
    {
      what: 'the envelope’s where its own is masked',
      eventID: 'XXXXXXXX',
      id: '11111111-0a1b-4c5d-8e9f-001122334455',
      eventId: '11111111-0a1b-4c5d-8e9f-001122334455',
    },
    { what: 'what there is', eventID: undefined, id: 'e-1', eventId: 'e-1' },
    { what: 'none', eventID: undefined, id: undefined, eventId: '' },
  ])('has an id: $what', ({ eventID, id, eventId }) => {
    expect(readEvent({ id, detail: record('CreateRoute', { eventID }) })?.eventId).toBe(eventId);
  });
});

describe('where a call happened', () => {
  const elsewhere = { account: '111122223333', region: 'us-east-1' };
  it.each([
    { what: 'the receiving account', more: {}, account: '210987654321', region: 'eu-north-1' },
    {
      what: 'the envelope where the record says nothing',
      more: { recipientAccountId: undefined, awsRegion: undefined },
      account: '111122223333',
      region: 'us-east-1',
    },
    {
      what: 'the envelope where the record is masked',
      more: { recipientAccountId: 'YOUR_ACCOUNT_ID', awsRegion: 'XXXXXXXX' },
      account: '111122223333',
      region: 'us-east-1',
    },
    {
      what: 'not an account of eleven digits',
      more: { recipientAccountId: '12345678901', userIdentity: { accountId: '12345678901' } },
      account: '111122223333',
      region: 'eu-north-1',
    },
  ])('is $what', ({ more, account, region }) => {
    expect(readEvent({ ...elsewhere, detail: record('CreateRoute', more) })).toMatchObject({
      account,
      region,
    });
  });

  it('is the caller’s account where nothing else is told', () => {
    expect(read('CreateRoute', { recipientAccountId: null }).account).toBe('210987654321');
  });

  it('is nowhere in a record of marks', () => {
    const more = { recipientAccountId: 'X', awsRegion: 'X', userIdentity: {} };
    expect(read('CreateRoute', more)).toMatchObject({ account: '', region: '', targets: [] });
  });

  it.each([
    ['globalaccelerator.amazonaws.com', true],
    ['networkmanager.amazonaws.com', true],
    ['cloudfront.amazonaws.com', true],
    ['ec2.amazonaws.com', false],
  ])('says nothing of the Regions that a call of %s concerns: %s', (eventSource, isGlobal) => {
    expect(read('CreateListener', { eventSource }).isGlobal).toBe(isGlobal);
  });
});

describe('what a call concerns', () => {
  const here = { account: '210987654321', region: 'eu-north-1' };
  const there = { account: '012345678901', region: 'us-west-2' };
  const sides = (inner: object) => ({
    vpcPeeringConnection: { vpcPeeringConnectionId: 'pcx-0123abcd', ...inner },
  });
  it.each([
    { what: 'its own place', request: {}, response: null, targets: [here] },
    {
      what: 'the peer that is asked',
      request: { vpcId: 'vpc-1', peerOwnerId: '012345678901', peerRegion: 'us-west-2' },
      response: null,
      targets: [here, there],
    },
    {
      what: 'a peer in the same account',
      request: { peerRegion: 'us-west-2' },
      response: null,
      targets: [here, { ...here, region: 'us-west-2' }],
    },
    {
      what: 'a peer in the same Region',
      request: { peerOwnerId: '012345678901' },
      response: null,
      targets: [here, { ...here, account: '012345678901' }],
    },
    {
      what: 'the side that a peering’s answer names',
      request: {},
      response: sides({
        requesterVpcInfo: { ownerId: '012345678901', region: 'us-west-2' },
        accepterVpcInfo: { ownerId: '210987654321', region: 'eu-north-1' },
      }),
      targets: [here, there],
    },
    {
      what: 'a transit gateway’s peer, whose account lost a zero',
      request: {
        CreateTransitGatewayPeeringAttachmentRequest: { PeerAccountId: 12345678901, PeerRegion: 'us-west-2' },
      },
      response: { R: { attachment: { accepterTgwInfo: { ownerId: 12345678901, region: 'us-west-2' } } } },
      targets: [here, there],
    },
    {
      what: 'a peer that a wrapped request names',
      request: { R: { PeerAccountId: '012345678901', PeerRegion: 'us-west-2' } },
      response: null,
      targets: [here, there],
    },
    {
      what: 'no side of something else, deeper down',
      request: {},
      response: {
        a: { b: { c: { d: { accepterVpcInfo: { ownerId: '012345678901', region: 'us-west-2' } } } } },
      },
      targets: [here],
    },
    {
      what: 'no peer behind marks',
      request: { peerOwnerId: 'PEER', peerRegion: 'us-west-2' },
      response: sides({ requesterVpcInfo: { ownerId: { toString: 1 }, region: 7 } }),
      targets: [here],
    },
  ])('is $what', ({ request, response, targets }) => {
    const more = { requestParameters: request, responseElements: response };
    expect(read('CreateVpcPeeringConnection', more).targets).toEqual(targets);
  });
});

describe('whatever comes', () => {
  it.each([
    undefined,
    null,
    7,
    'x',
    [],
    {},
    { detail: {} },
    { detail: null, eventName: '' },
    { eventName: 7 },
  ])('%j is no event', (value) => {
    expect(readEvent(value)).toBeUndefined();
  });

  const names = CATALOGUE.flatMap(({ source, names }) =>
    names.map((eventName) => ({ eventSource: source, eventName })),
  );
  const json = fc.jsonValue({ maxDepth: 5 });
  const keys = fc.constantFrom(
    'ipPermissions',
    'SecurityGroupRule',
    'items',
    'item',
    'content',
    'groups',
    'ownerId',
  );
  const parts = fc.oneof(
    json,
    fc.dictionary(keys, fc.dictionary(keys, json)),
    fc.array(fc.dictionary(keys, json)),
  );

  it('never throws, and says what it says in texts', () => {
    const members = fc.record({
      call: fc.constantFrom(...names, { eventSource: 'constructor', eventName: 'toString' }),
      userIdentity: parts,
      requestParameters: parts,
      responseElements: parts,
      errorCode: json,
      eventID: json,
      recipientAccountId: json,
    });
    fc.assert(
      fc.property(members, ({ call, ...more }) => {
        const event = readEvent({ ...call, ...more });
        expect(event?.ids.every((id) => typeof id === 'string')).toBe(true);
        expect(event?.account).toMatch(/^(?:\d{12})?$/);
      }),
    );
  });

  it.each([
    ['[', ']'],
    ['{"items":', '}'],
    ['{"a":', '}'],
  ])('takes nesting of %s without end', (open, close) => {
    const deep = JSON.parse(`${open.repeat(20_000)}"sg-0123abcd"${close.repeat(20_000)}`) as unknown;
    const more = {
      requestParameters: { ipPermissions: deep, a: deep },
      responseElements: deep,
      userIdentity: deep,
    };
    expect(read('AuthorizeSecurityGroupIngress', more).ids).toEqual([]);
  });
});
