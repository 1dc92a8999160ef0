import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callOf, formatSnapshots, LIVE_CALLS, type CollectProgress, type LiveCall } from '#sources/aws';
import { ACCOUNT, awsError, fakeAws, NOON, pagesOf, type FakeAws } from './fake-aws.ts';

let aws: FakeAws;
beforeEach(() => {
  aws = fakeAws();
});
afterEach(() => {
  aws.restore();
});

const ONCE_FOR_THE_REGION = LIVE_CALLS.filter((call) => callOf(call).parent === undefined);

it('of an empty Region, every call is there and empty', async () => {
  const { _meta, ...responses } = await aws.collect();
  expect(_meta).toEqual({
    schemaVersion: 1,
    account: ACCOUNT,
    region: 'eu-west-1',
    startedAt: NOON,
    capturedAt: NOON,
    blindSpots: [],
  });
  expect(Object.keys(responses)).toEqual(LIVE_CALLS);
  expect(responses.DescribeListeners).toEqual({ Listeners: [] });
  expect(responses.GetManagedPrefixListEntries).toEqual({});
});

describe('pages', () => {
  it.each([
    ['DescribeVpcs', 'Vpcs', 'NextToken'],
    ['DescribeVpcBlockPublicAccessExclusions', 'VpcBlockPublicAccessExclusions', 'NextToken'],
    ['DescribeLoadBalancers', 'LoadBalancers', 'Marker'],
    ['DescribeDBInstances', 'DBInstances', 'Marker'],
  ] as const)('of %s are joined, an empty one between them too', async (call, member, token) => {
    const pages = [[{ DhcpOptionsId: '1' }, { DhcpOptionsId: '2' }], [], [{ DhcpOptionsId: '3' }]];
    aws.on(call, pagesOf(member, pages, token));
    const snapshot = await aws.collect();
    expect(snapshot[call]).toEqual({ [member]: pages.flat() });
    expect(aws.asked(call)).toHaveLength(3);
  });

  it.each([
    ['the same token for ever', () => 'same'],
    ['two tokens in turn', (_: unknown, index: number) => (index % 2 === 0 ? 'a' : 'b')],
  ] as const)('that never end (%s) are cut', async (_, token) => {
    let index = 0;
    aws.on('DescribeSubnets', (input: unknown) => ({ Subnets: [], NextToken: token(input, index++) }));
    const snapshot = await aws.collect();
    expect(snapshot.DescribeSubnets).toBeUndefined();
    expect(snapshot._meta.blindSpots).toMatchObject([
      { call: 'DescribeSubnets', code: 'cut', narrows: false },
    ]);
    expect(aws.asked('DescribeSubnets').length).toBeLessThan(5);
  });

  it('of a call whose second page fails are not kept: half a list would pass for a whole one', async () => {
    aws.on('DescribeSecurityGroups', (input: Record<string, unknown>) => {
      if (input['NextToken'] !== undefined) throw awsError('InternalError');
      return { SecurityGroups: [{ GroupId: 'sg-1' }], NextToken: 'more' };
    });
    const snapshot = await aws.collect();
    expect(snapshot.DescribeSecurityGroups).toBeUndefined();
    expect(snapshot._meta.blindSpots).toMatchObject([{ call: 'DescribeSecurityGroups', code: 'failed' }]);
  });

  it('are as large as the API allows', async () => {
    await aws.collect();
    expect(aws.asked('DescribeNetworkInterfaces')).toMatchObject([
      { MaxResults: 1000, IncludeManagedResources: true },
    ]);
    expect(aws.asked('DescribeRouteTables')).toMatchObject([{ MaxResults: 100 }]);
    expect(aws.asked('DescribeDBInstances')).toMatchObject([{ MaxRecords: 100 }]);
  });
});

describe('a call that fails', () => {
  it.each(ONCE_FOR_THE_REGION)('%s: it is a blind spot, the rest is there', async (call) => {
    aws.on(call, () => {
      throw awsError('UnauthorizedOperation');
    });
    const snapshot = await aws.collect();
    const { action, hides, narrows } = callOf(call);
    const error = 'UnauthorizedOperation: UnauthorizedOperation was said';
    expect(snapshot._meta.blindSpots).toEqual([
      {
        code: 'denied',
        call,
        what: `${call} was denied (${error}), which hides ${hides}`,
        remedy: `Grant ${action} to the role that reads the account.`,
        narrows,
        error,
      },
    ]);
    const absent = LIVE_CALLS.filter((key) => snapshot[key] === undefined);
    const hangsOn = (key: string | undefined): boolean =>
      key !== undefined && (key === call || hangsOn(callOf(key as LiveCall).parent?.call));
    expect(absent).toEqual(LIVE_CALLS.filter(hangsOn));
  });

  it.each([
    ['ExpiredToken', 'denied', 'Renew the credentials and read again.'],
    ['RequestLimitExceeded', 'throttled', 'Read again, with a lower concurrency.'],
    ['InvalidAction', 'unsupported', ''],
    ['InternalError', 'failed', 'Read again.'],
  ])('by %s is %s: %j', async (name, code, remedy) => {
    aws.on('DescribeVpcs', () => {
      throw awsError(name);
    });
    const { _meta } = await aws.collect();
    expect(_meta.blindSpots).toMatchObject([{ call: 'DescribeVpcs', code, remedy }]);
  });

  it('by an answer that is of another kind is malformed', async () => {
    aws.on('DescribeVpcs', { Vpcs: [{ VpcId: 12 }] });
    aws.on('DescribeSubnets', { SomethingElse: true });
    const { _meta } = await aws.collect();
    expect(_meta.blindSpots.map(({ call, code, error }) => [call, code, error])).toEqual([
      ['DescribeVpcs', 'malformed', 'DescribeVpcs.Vpcs[0].VpcId is a number, not text'],
      ['DescribeSubnets', 'malformed', 'the answer holds no Subnets'],
    ]);
  });

  it('is in the same order, whichever failed first', async () => {
    const fail = (ms: number) => async (): Promise<object> => {
      await new Promise((resolve) => setTimeout(resolve, ms));
      throw awsError('AccessDenied');
    };
    aws.on('DescribeVpcs', fail(50));
    aws.on('DescribeDBInstances', fail(1));
    const { _meta } = await aws.collect();
    expect(_meta.blindSpots.map(({ call }) => call)).toEqual(['DescribeVpcs', 'DescribeDBInstances']);
  });

  it('all of them: there is a snapshot, with nothing in it', async () => {
    for (const call of LIVE_CALLS) {
      aws.on(call, () => {
        throw awsError('CredentialsProviderError');
      });
    }
    aws.on('GetCallerIdentity', () => {
      throw awsError('CredentialsProviderError');
    });
    const { _meta, ...responses } = await aws.collect();
    expect(responses).toEqual({});
    expect(_meta.account).toBe('unknown');
    expect(_meta.blindSpots.map(({ call }) => call)).toEqual(['GetCallerIdentity', ...ONCE_FOR_THE_REGION]);
  });
});

describe('the parameter that asks for hidden things', () => {
  it('is left out where the server does not know it', async () => {
    aws.on('DescribeInstances', (input: Record<string, unknown>) => {
      if (input['IncludeManagedResources'] === true) throw awsError('UnknownParameter');
      return { Reservations: [{ ReservationId: 'r-1', OwnerId: ACCOUNT }] };
    });
    const snapshot = await aws.collect();
    expect(snapshot.DescribeInstances?.Reservations).toHaveLength(1);
    expect(snapshot._meta.blindSpots).toEqual([]);
  });
});

describe('calls for each item of another', () => {
  beforeEach(() => {
    aws.on('DescribeManagedPrefixLists', {
      PrefixLists: [{ PrefixListId: 'pl-a' }, { PrefixListId: 'pl-b' }],
    });
    aws.on('DescribeLoadBalancers', {
      LoadBalancers: [{ LoadBalancerArn: 'arn:a' }, { LoadBalancerArn: 'arn:b' }],
    });
  });

  it('are made only where they can tell something', async () => {
    const groupOf = (TargetGroupArn: string, Protocol: string, LoadBalancerArns = ['arn:a']) => ({
      TargetGroupArn,
      Protocol,
      LoadBalancerArns,
    });
    aws.on('DescribeTargetGroups', {
      TargetGroups: [
        groupOf('http', 'HTTP'),
        groupOf('http-2', 'HTTP'),
        groupOf('tcp', 'TCP', ['arn:b']),
        groupOf('tls', 'TLS', ['arn:b']),
        groupOf('udp', 'UDP', ['arn:b']),
        groupOf('unused', 'TCP', []),
      ],
    });
    const to = (TargetGroupArn: string) => [{ Type: 'forward', TargetGroupArn }];
    aws.on('DescribeListeners', ({ LoadBalancerArn }: Record<string, unknown>) => ({
      Listeners:
        LoadBalancerArn === 'arn:a'
          ? [
              { ListenerArn: 'https', LoadBalancerArn, Protocol: 'HTTPS', DefaultActions: to('http') },
              {
                ListenerArn: 'both',
                LoadBalancerArn,
                Protocol: 'HTTPS',
                DefaultActions: [...to('http'), ...to('http-2')],
              },
            ]
          : [{ ListenerArn: 'tcp', LoadBalancerArn, Protocol: 'TCP', DefaultActions: to('tcp') }],
    }));
    aws.on('DescribeRules', { Rules: [] });
    const snapshot = await aws.collect();
    const askedOf = (call: LiveCall, member: string) => aws.asked(call).map((input) => input[member]);
    expect(askedOf('DescribeTargetHealth', 'TargetGroupArn')).toEqual([
      'http',
      'http-2',
      'tcp',
      'tls',
      'udp',
    ]);
    expect(askedOf('DescribeTargetGroupAttributes', 'TargetGroupArn')).toEqual(['tcp', 'tls']);
    expect(askedOf('DescribeRules', 'ListenerArn')).toEqual(['https']);
    expect(snapshot.DescribeRules).toEqual({ https: { Rules: [] } });
  });

  it('are kept by id, or as one list where the items name it', async () => {
    aws.on('GetManagedPrefixListEntries', (input: Record<string, unknown>) => ({
      Entries: [{ Cidr: input['PrefixListId'] === 'pl-a' ? '10.0.0.0/8' : '192.0.2.0/24' }],
    }));
    aws.on('DescribeListeners', (input: Record<string, unknown>) => ({
      Listeners: [{ LoadBalancerArn: input['LoadBalancerArn'], Port: 443 }],
    }));
    const snapshot = await aws.collect();
    expect(snapshot.GetManagedPrefixListEntries).toEqual({
      'pl-a': { Entries: [{ Cidr: '10.0.0.0/8' }] },
      'pl-b': { Entries: [{ Cidr: '192.0.2.0/24' }] },
    });
    const arns = snapshot.DescribeListeners?.Listeners?.map(
      ({ LoadBalancerArn }) => LoadBalancerArn,
    ).toSorted();
    expect(arns).toEqual(['arn:a', 'arn:b']);
  });

  it('fail one by one', async () => {
    aws.on('GetManagedPrefixListEntries', (input: Record<string, unknown>) => {
      if (input['PrefixListId'] === 'pl-a') throw awsError('InvalidPrefixListID.NotFound');
      return { Entries: [] };
    });
    const snapshot = await aws.collect();
    expect(snapshot.GetManagedPrefixListEntries).toEqual({ 'pl-b': { Entries: [] } });
    expect(snapshot._meta.blindSpots).toMatchObject([
      { call: 'GetManagedPrefixListEntries', parent: 'pl-a', code: 'dangling' },
    ]);
    expect(snapshot._meta.blindSpots[0]?.what).toContain('of pl-a');
  });

  it('keep an id apart from what every object has', async () => {
    aws.on('DescribeManagedPrefixLists', {
      PrefixLists: [{ PrefixListId: 'constructor' }, { PrefixListId: '__proto__' }],
    });
    aws.on('GetManagedPrefixListEntries', { Entries: [{ Cidr: '10.0.0.0/8' }] });
    const kept = (await aws.collect()).GetManagedPrefixListEntries ?? {};
    expect(Object.keys(kept).toSorted()).toEqual(['__proto__', 'constructor']);
    expect('toString' in kept).toBe(false);
  });

  it('search all routes of a transit gateway, and say when there are more than AWS gives', async () => {
    const tables = [{ TransitGatewayRouteTableId: 'tgw-rtb-a' }, { TransitGatewayRouteTableId: 'tgw-rtb-b' }];
    aws.on('DescribeTransitGatewayRouteTables', { TransitGatewayRouteTables: tables });
    aws.on('SearchTransitGatewayRoutes', (input: Record<string, unknown>) => ({
      Routes: [{ DestinationCidrBlock: '10.0.0.0/8' }],
      AdditionalRoutesAvailable: input['TransitGatewayRouteTableId'] === 'tgw-rtb-b',
    }));
    const snapshot = await aws.collect();
    expect(Object.keys(snapshot.SearchTransitGatewayRoutes ?? {})).toEqual(['tgw-rtb-a']);
    expect(snapshot._meta.blindSpots).toMatchObject([{ parent: 'tgw-rtb-b', code: 'cut' }]);
    expect(aws.asked('SearchTransitGatewayRoutes')[0]?.['Filters']).toEqual([
      { Name: 'state', Values: ['active', 'blackhole'] },
    ]);
  });
});

describe('limits', () => {
  it('a call that never ends is given up at its deadline', async () => {
    aws.on('DescribeVpcs', () => new Promise<never>(() => undefined));
    const begun = performance.now();
    const { _meta } = await aws.collect({ deadlineMs: 100 });
    expect(performance.now() - begun).toBeLessThan(2_000);
    expect(_meta.blindSpots).toMatchObject([
      { call: 'DescribeVpcs', code: 'timed-out', error: 'no answer in 100 ms' },
    ]);
  });

  it('so is asking whose account it is', async () => {
    aws.on('GetCallerIdentity', () => new Promise<never>(() => undefined));
    const { _meta } = await aws.collect({ deadlineMs: 100 });
    expect(_meta.blindSpots).toMatchObject([{ call: 'GetCallerIdentity', code: 'timed-out' }]);
  });

  it('the whole ends when the signal comes, with what was read by then', async () => {
    const stop = new AbortController();
    aws.on('DescribeVpcs', { Vpcs: [] });
    aws.on('DescribeSubnets', () => {
      stop.abort();
      return new Promise<never>(() => undefined);
    });
    const { _meta, DescribeVpcs } = await aws.collect({ concurrency: 1, signal: stop.signal });
    expect(DescribeVpcs).toEqual({ Vpcs: [] });
    expect(new Set(_meta.blindSpots.map(({ code }) => code))).toEqual(new Set(['timed-out']));
    expect(_meta.blindSpots.map(({ call }) => call)).toContain('DescribeDBInstances');
  });

  it.each([1, 3])('no more than %d calls are under way at once', async (concurrency) => {
    let under = 0;
    let most = 0;
    for (const call of ONCE_FOR_THE_REGION) {
      const { member, shape } = callOf(call);
      aws.on(call, async () => {
        most = Math.max(most, ++under);
        await new Promise((resolve) => setTimeout(resolve, 2));
        under -= 1;
        return { [member]: Array.isArray(shape[member]) ? [] : {} };
      });
    }
    await aws.collect({ concurrency });
    expect(most).toBe(concurrency);
  });
});

describe('progress', () => {
  it('tells each call when it starts and when it ends, to the last', async () => {
    aws.on('DescribeManagedPrefixLists', { PrefixLists: [{ PrefixListId: 'pl-a' }] });
    aws.on('DescribeVpcs', () => {
      throw awsError('AccessDenied');
    });
    const steps: CollectProgress[] = [];
    await aws.collect({ onProgress: (step) => steps.push(step) });
    const of = (call: LiveCall) =>
      steps.filter((step) => step.call === call).map(({ state, items }) => [state, items]);
    expect(of('DescribeVpcs')).toEqual([
      ['started', 0],
      ['failed', 0],
    ]);
    expect(of('DescribeManagedPrefixLists')).toEqual([
      ['started', 0],
      ['read', 1],
    ]);
    expect(steps.at(-1)).toMatchObject({
      call: 'GetManagedPrefixListEntries',
      parent: 'pl-a',
      state: 'read',
    });
    expect(steps.at(-1)?.done).toBe(ONCE_FOR_THE_REGION.length + 1);
    expect(steps.at(-1)?.planned).toBe(ONCE_FOR_THE_REGION.length + 1);
  });
});

describe('secrets', () => {
  it('are not in the snapshot', async () => {
    aws.on('DescribeVpnConnections', {
      VpnConnections: [
        {
          VpnConnectionId: 'vpn-1',
          CustomerGatewayConfiguration: '<pre_shared_key>hidden</pre_shared_key>',
          Options: {
            StaticRoutesOnly: true,
            TunnelOptions: [{ OutsideIpAddress: '203.0.113.1', PreSharedKey: 'hidden' }],
          },
        },
      ],
    });
    const snapshot = await aws.collect();
    expect(snapshot.DescribeVpnConnections?.VpnConnections).toEqual([
      {
        VpnConnectionId: 'vpn-1',
        Options: { StaticRoutesOnly: true, TunnelOptions: [{ OutsideIpAddress: '203.0.113.1' }] },
      },
    ]);
    expect(formatSnapshots([snapshot])).not.toContain('hidden');
  });
});

describe('whose account it is', () => {
  it('if it is another than expected, nothing is read', async () => {
    await expect(aws.collect({ account: '999999999999' })).rejects.toThrow(
      'the credentials are for account 111122223333, not for 999999999999; nothing was read',
    );
    expect(aws.asked('DescribeVpcs')).toEqual([]);
  });

  it.each([
    ['expected', { account: '444455556666' }, { Reservations: [] }, '444455556666'],
    ['of the reservations', {}, { Reservations: [{ OwnerId: '777788889999' }] }, '777788889999'],
    ['not known', {}, { Reservations: [] }, 'unknown'],
  ])('if AWS does not say, it is the one %s', async (_, options, reservations, account) => {
    aws.on('GetCallerIdentity', () => {
      throw awsError('AccessDenied');
    });
    aws.on('DescribeInstances', reservations);
    const { _meta } = await aws.collect(options);
    expect(_meta.account).toBe(account);
    expect(_meta.blindSpots).toMatchObject([
      {
        call: 'GetCallerIdentity',
        code: 'denied',
        narrows: true,
        remedy: expect.stringContaining('sts:GetCallerIdentity') as string,
      },
    ]);
  });
});
