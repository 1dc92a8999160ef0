import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  arrive,
  CALL_KEYS,
  callOf,
  isCallKey,
  LIVE_CALLS,
  ownerOf,
  regionOf,
  responseProblems,
  structureProblems,
  type AwsSnapshot,
  type Responses,
} from '#sources/aws';

const DEMO = new URL('../../../../examples/demo-account/account.json', import.meta.url);

describe('the catalogue', () => {
  it.each(CALL_KEYS)('%s is named like its IAM action', (key) => {
    expect(callOf(key).action).toMatch(new RegExp(`^[a-z][a-z0-9]+:${key.split('.').at(-1)!}$`));
  });

  it.each(CALL_KEYS)('%s has its member in its shape, and its parent is a call with that list', (key) => {
    const { member, shape, parent } = callOf(key);
    expect(Object.keys(shape)).toContain(member);
    if (parent === undefined) return;
    expect(isCallKey(parent.call) && callOf(parent.call).member).toBe(parent.member);
  });

  it.each(CALL_KEYS)('%s tells a member that its own items have, for asking again', (key) => {
    const { byId, member, shape } = callOf(key);
    const item = JSON.stringify(shape[member]);
    expect(byId === undefined || item.includes(`"${byId.id}":"string"`)).toBe(true);
  });

  it('holds the calls that a first useful answer needs', () => {
    expect(LIVE_CALLS).toEqual(
      expect.arrayContaining([
        'DescribeSecurityGroups',
        'DescribeSecurityGroupRules',
        'DescribeNetworkInterfaces',
        'DescribeInstances',
        'DescribeVpcs',
        'DescribeSubnets',
        'DescribeRouteTables',
        'DescribeNetworkAcls',
        'DescribeInternetGateways',
        'DescribeEgressOnlyInternetGateways',
        'DescribeNatGateways',
        'DescribeVpcPeeringConnections',
        'DescribeManagedPrefixLists',
        'GetManagedPrefixListEntries',
      ]),
    );
  });

  it('only reads', () => {
    for (const key of LIVE_CALLS) expect(key).toMatch(/^(?:[A-Za-z]+\.)?(Describe|Get|Search)[A-Z]/);
  });
});

describe('arrive', () => {
  it.each([
    [
      'VPN keys',
      {
        VpnConnections: [
          { CustomerGatewayConfiguration: 'k', Options: { TunnelOptions: [{ PreSharedKey: 'k' }] } },
        ],
      },
    ],
    ['a client secret', { DefaultActions: [{ AuthenticateOidcConfig: { ClientSecret: 'k' } }] }],
    ['a password to be', { DBInstances: [{ PendingModifiedValues: { MasterUserPassword: 'k' } }] }],
    ['keys where AWS would not put them', { VpnConnections: { vpn: { deep: [[{ PreSharedKey: 'k' }]] } } }],
  ])('drops %s', (_, value) => {
    expect(JSON.stringify(arrive(value))).not.toContain('"k"');
  });

  it('keeps what stands beside a secret', () => {
    const connection = { VpnConnectionId: 'vpn-1', CustomerGatewayConfiguration: 'k', State: 'available' };
    expect(arrive({ VpnConnections: [connection] })).toEqual({
      VpnConnections: [{ VpnConnectionId: 'vpn-1', State: 'available' }],
    });
  });

  it('turns times into text and leaves out what tells of the transport', () => {
    const page = {
      A: new Date(0),
      B: undefined,
      C: null,
      $metadata: { attempts: 1 },
      NextToken: 't',
      D: [new Date(NaN)],
    };
    expect(arrive(page)).toEqual({ A: '1970-01-01T00:00:00.000Z', C: null, D: [null] });
  });

  it('does not let a key of an object change what objects are', () => {
    const arrived = arrive(JSON.parse('{"__proto__": {"polluted": true}, "constructor": 1}')) as Record<
      string,
      unknown
    >;
    expect(arrived['polluted']).toBeUndefined();
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(Object.entries(arrived)).toEqual([['constructor', 1]]);
  });
});

describe('structureProblems', () => {
  it('finds none in the demo account', () => {
    const demo = JSON.parse(readFileSync(DEMO, 'utf8')) as AwsSnapshot;
    expect(structureProblems(demo)).toEqual([]);
  });

  it.each([
    ['DescribeVpcs', 'text', ['DescribeVpcs is text, not an object']],
    ['DescribeVpcs', { Vpcs: {} }, ['DescribeVpcs.Vpcs is an object, not a list']],
    ['DescribeVpcs', { Vpcs: [null] }, ['DescribeVpcs.Vpcs[0] is null, not an object']],
    [
      'DescribeVpcs',
      { Vpcs: [{ VpcId: 7 }, 'x'] },
      ['DescribeVpcs.Vpcs[0].VpcId is a number, not text', 'DescribeVpcs.Vpcs[1] is text, not an object'],
    ],
    ['DescribeVpcs', { Vpcs: [{ VpcId: null, CidrBlock: 'not checked here' }] }, []],
    ['DescribeVpcs', { Vpcs: [{ NotInTheShape: 7 }] }, []],
    [
      'DescribeNetworkAcls',
      { NetworkAcls: [{}, {}, {}, { Entries: [{}, {}, { CidrBlock: 10 }] }] },
      ['DescribeNetworkAcls.NetworkAcls[3].Entries[2].CidrBlock is a number, not text'],
    ],
    [
      'DescribeLoadBalancers',
      { LoadBalancers: [{ SecurityGroups: ['sg-1', null, true] }] },
      [
        'DescribeLoadBalancers.LoadBalancers[0].SecurityGroups[1] is null, not text',
        'DescribeLoadBalancers.LoadBalancers[0].SecurityGroups[2] is true or false, not text',
      ],
    ],
  ])('of %s %j', (key, body, expected) => {
    const snapshot = { _meta: { schemaVersion: 1, account: 'a', region: 'r', blindSpots: [] }, [key]: body };
    const found = structureProblems(snapshot);
    expect(found.map((problem) => `${problem.path} is ${problem.found}, not ${problem.expected}`)).toEqual(
      expected,
    );
  });

  it('names the id in a response that is kept by id, whatever the id is', () => {
    const entries = { 'pl-1': { Entries: [{ Cidr: 1 }] }, 'pl-\u001b[2J': [] };
    const snapshot = {
      _meta: { schemaVersion: 1, account: 'a', region: 'r', blindSpots: [] },
      GetManagedPrefixListEntries: entries,
    };
    expect(structureProblems(snapshot as unknown as AwsSnapshot).map(({ path }) => path)).toEqual([
      'GetManagedPrefixListEntries["pl-1"].Entries[0].Cidr',
      'GetManagedPrefixListEntries["pl-\\u001b[2J"]',
    ]);
  });

  it('stops at a hundred', () => {
    expect(responseProblems('DescribeVpcs', { Vpcs: Array.from({ length: 100_000 }, () => 1) })).toHaveLength(
      100,
    );
  });
});

describe('whose a snapshot is', () => {
  it.each<[string, Responses, string | undefined]>([
    [
      'reservations first',
      { DescribeInstances: { Reservations: [{ OwnerId: '1' }] }, DescribeVpcs: { Vpcs: [{ OwnerId: '2' }] } },
      '1',
    ],
    [
      'groups of two owners say nothing',
      { DescribeSecurityGroups: { SecurityGroups: [{ OwnerId: '1' }, { OwnerId: '2' }] } },
      undefined,
    ],
    ['an item without an owner neither', { DescribeVpcs: { Vpcs: [{ OwnerId: '1' }, {}] } }, undefined],
    ['nothing', {}, undefined],
  ])('%s', (_, responses, owner) => {
    expect(ownerOf(responses)).toBe(owner);
  });

  it.each([
    [['eu-west-1a', 'eu-west-1c'], 'eu-west-1'],
    [['us-gov-west-1b'], 'us-gov-west-1'],
    [['us-west-2-lax-1a'], 'us-west-2'],
    [['eu-west-1a', 'us-east-1a'], undefined],
    [['somewhere'], undefined],
  ])('zones %j are in %s', (zones, region) => {
    const Subnets = zones.map((AvailabilityZone) => ({ AvailabilityZone }));
    expect(regionOf({ DescribeSubnets: { Subnets } })).toBe(region);
  });
});

it('the README has every call with its permission, what it hides and how that counts', () => {
  const path = new URL('../../../../lib/sources/aws/README.md', import.meta.url);
  const readme = readFileSync(path, 'utf8').replaceAll(/ +/g, ' ');
  for (const key of LIVE_CALLS) {
    const { action, hides, narrows, parent } = callOf(key);
    const call = parent === undefined ? key : `${key} (for each of ${parent.call})`;
    expect(readme).toContain(
      `| ${call} | \`${action}\` | ${hides} | ${narrows ? 'narrows' : 'hides ways'} |`,
    );
  }
  for (const key of CALL_KEYS) expect(readme).toContain(key);
});
