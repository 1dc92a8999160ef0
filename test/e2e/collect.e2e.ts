import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LIVE_CALLS, type AwsSnapshot, type CollectProgress } from '#sources/aws';
import { ACCOUNT, buildAccount, emptyServer, REGION, type Shop } from './account.ts';
import { startFaultProxy, type Fault, type FaultProxy } from './fault-proxy.ts';
import { serverEndpoint, snapshotOf } from './live.ts';
import { NOT_IN_SERVER } from './not-in-server.ts';

let proxy: FaultProxy;
let shop: Shop;

beforeAll(async () => {
  await emptyServer(serverEndpoint());
  proxy = await startFaultProxy(serverEndpoint());
  shop = await buildAccount(proxy.endpoint);
});
beforeEach(() => {
  proxy.clear();
});
afterAll(async () => {
  await proxy.close();
});

/** The blind spots that are not the server's own. */
function blindSpotsOf(snapshot: AwsSnapshot): readonly (readonly [string, string])[] {
  return snapshot._meta.blindSpots
    .filter(({ call }) => !NOT_IN_SERVER.includes(call))
    .map(({ call, code }) => [call, code] as const);
}

describe('a snapshot of the shop', () => {
  let snapshot: AwsSnapshot;
  const progress: CollectProgress[] = [];
  beforeAll(async () => {
    proxy.clear();
    snapshot = await snapshotOf(proxy.endpoint, { onProgress: (step) => progress.push(step) });
  });

  it('says of what and when it is', () => {
    const { account, region, startedAt = '', capturedAt = '' } = snapshot._meta;
    expect([account, region]).toEqual([ACCOUNT, REGION]);
    expect(Date.parse(capturedAt)).toBeGreaterThanOrEqual(Date.parse(startedAt));
  });

  it('holds every call but those that the server does not know, which are blind spots', () => {
    const absent = LIVE_CALLS.filter((call) => snapshot[call] === undefined);
    expect(absent.toSorted()).toEqual(NOT_IN_SERVER.toSorted());
    expect(snapshot._meta.blindSpots.map(({ call, code }) => [call, code])).toEqual(
      LIVE_CALLS.filter((call) => NOT_IN_SERVER.includes(call)).map((call) => [call, 'failed']),
    );
  });

  it('holds the interfaces with their groups, subnets and addresses', () => {
    const cards = snapshot.DescribeNetworkInterfaces?.NetworkInterfaces ?? [];
    const rows = (['web', 'bastion', 'database'] as const).map((name) => {
      const card = cards.find(({ Attachment }) => Attachment?.InstanceId === shop.instances[name]);
      const groups = card?.Groups?.map(({ GroupId }) => GroupId);
      return { name, groups, subnet: card?.SubnetId, isPublic: card?.Association?.PublicIp !== undefined };
    });
    expect(rows).toEqual([
      { name: 'web', groups: [shop.groups.web], subnet: shop.publicSubnet, isPublic: true },
      { name: 'bastion', groups: [shop.groups.bastion], subnet: shop.publicSubnet, isPublic: true },
      { name: 'database', groups: [shop.groups.database], subnet: shop.privateSubnet, isPublic: false },
    ]);
  });

  it('holds the routes, the gateway and the entries of the prefix list', () => {
    const table = snapshot.DescribeRouteTables?.RouteTables?.find(
      ({ RouteTableId }) => RouteTableId === shop.publicTable,
    );
    expect(table?.Routes).toContainEqual(
      expect.objectContaining({ DestinationCidrBlock: '0.0.0.0/0', GatewayId: shop.internetGateway }),
    );
    const gateways = snapshot.DescribeInternetGateways?.InternetGateways ?? [];
    const gateway = gateways.find(({ InternetGatewayId }) => InternetGatewayId === shop.internetGateway);
    expect(gateway?.Attachments?.map(({ VpcId }) => VpcId)).toEqual([shop.vpc]);
    expect(snapshot.GetManagedPrefixListEntries?.[shop.office]?.Entries).toEqual([
      { Cidr: '198.51.100.0/25', Description: 'head office' },
    ]);
  });

  it('tells how far it is, to the last call', () => {
    const ended = progress.filter(({ state }) => state !== 'started');
    expect(ended.length).toBe(progress.length / 2);
    const last = progress.at(-1);
    expect(last?.done).toBe(last?.planned);
    expect(
      ended
        .filter(({ state }) => state === 'failed')
        .map(({ call }) => call)
        .toSorted(),
    ).toEqual(NOT_IN_SERVER.toSorted());
  });
});

/** The calls that are of this name on the wire: two services say DescribeLoadBalancers. */
const calledSo = (operation: string): readonly string[] =>
  LIVE_CALLS.filter((key) => key === operation || key.endsWith(`.${operation}`));

describe('a call that goes wrong', () => {
  const gone: readonly (readonly [string, Fault, string, number])[] = [
    ['DescribeSecurityGroups', { kind: 'deny' }, 'denied', 1],
    ['DescribeLoadBalancers', { kind: 'deny' }, 'denied', 1],
    ['DescribeDBInstances', { kind: 'deny' }, 'denied', 1],
    ['DescribeRouteTables', { kind: 'throttle' }, 'throttled', 3],
    ['DescribeNetworkAcls', { kind: 'server-error' }, 'failed', 3],
    ['DescribeSubnets', { kind: 'cut' }, 'cut', 3],
    ['DescribeVpcs', { kind: 'half-xml' }, 'malformed', 1],
    ['DescribeNetworkInterfaces', { kind: 'foreign-page' }, 'malformed', 1],
    ['DescribeInternetGateways', { kind: 'endless-pages' }, 'cut', 2],
    ['DescribeNatGateways', { kind: 'delay', ms: 10_000 }, 'timed-out', 1],
  ];

  it.each(gone)('%s %j is a %s, asked %d times, and the rest is there', async (call, fault, code, times) => {
    proxy.fault(call, fault);
    const snapshot = await snapshotOf(proxy.endpoint, { maxAttempts: 3, deadlineMs: 8_000 });
    const hit = calledSo(call);
    expect(blindSpotsOf(snapshot)).toEqual(hit.map((key) => [key, code]));
    expect(proxy.asked(call)).toBe(times * hit.length);
    const absent = LIVE_CALLS.filter((key) => snapshot[key] === undefined && !NOT_IN_SERVER.includes(key));
    const below = call === 'DescribeLoadBalancers' ? ['DescribeListeners', 'DescribeRules'] : [];
    expect(absent.toSorted()).toEqual([...hit, ...below].toSorted());
  });

  it.each([
    ['throttled twice', { kind: 'throttle', times: 2 }, 3],
    ['cut off once', { kind: 'cut', times: 1 }, 2],
    ['an empty page with a token first', { kind: 'empty-page', times: 1 }, 2],
    ['slow', { kind: 'delay', ms: 500 }, 1],
  ] as const)('%s: it is read all the same', async (_, fault, times) => {
    proxy.fault('DescribeVpcs', fault);
    const snapshot = await snapshotOf(proxy.endpoint);
    expect(blindSpotsOf(snapshot)).toEqual([]);
    expect(snapshot.DescribeVpcs?.Vpcs?.map(({ VpcId }) => VpcId)).toContain(shop.vpc);
    expect(proxy.asked('DescribeVpcs')).toBe(times);
  });

  it('of one prefix list, it hides the entries of that list', async () => {
    proxy.fault('GetManagedPrefixListEntries', { kind: 'deny' });
    const snapshot = await snapshotOf(proxy.endpoint);
    const parents = snapshot._meta.blindSpots.flatMap(({ parent }) => (parent === undefined ? [] : [parent]));
    expect(parents).toContain(shop.office);
    expect(snapshot.GetManagedPrefixListEntries).toEqual({});
  });

  it('when nobody says whose account it is, that is a blind spot and the account is the one expected', async () => {
    proxy.fault('GetCallerIdentity', { kind: 'deny' });
    const snapshot = await snapshotOf(proxy.endpoint);
    expect(blindSpotsOf(snapshot)).toEqual([['GetCallerIdentity', 'denied']]);
    expect(snapshot._meta.account).toBe(ACCOUNT);
  });
});

it('reads nothing with the credentials of another account', async () => {
  await expect(snapshotOf(proxy.endpoint, { account: '999999999999' })).rejects.toThrow(
    /are for account 123456789012, not for 999999999999/,
  );
  expect(proxy.asked('DescribeVpcs')).toBe(0);
});
