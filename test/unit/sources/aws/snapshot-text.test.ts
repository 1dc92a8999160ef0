import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formatSnapshots, readSnapshotText, type AwsSnapshot, type SnapshotFile } from '#sources/aws';

const DEMO = readFileSync(new URL('../../../../examples/demo-account/account.json', import.meta.url), 'utf8');

function read(value: unknown): SnapshotFile {
  return readSnapshotText(JSON.stringify(value), 'account.json');
}

/** The one snapshot in a value that is fine. */
function snapshotIn(value: unknown): AwsSnapshot {
  const file = read(value);
  const [snapshot] = file.ok ? file.snapshots : [];
  if (snapshot === undefined) throw new Error(file.problems.map(({ message }) => message).join('; '));
  return snapshot;
}

describe('a saved snapshot', () => {
  it('is read as it is', () => {
    const file = readSnapshotText(DEMO, 'account.json');
    expect(file).toMatchObject({ ok: true, problems: [] });
    const [snapshot] = file.ok ? file.snapshots : [];
    const demo = JSON.parse(DEMO) as AwsSnapshot;
    expect(snapshot?._meta).toEqual({
      schemaVersion: 1,
      account: '111122223333',
      region: 'eu-west-1',
      capturedAt: '2026-03-01T08:00:00Z',
      blindSpots: [],
    });
    expect({ ...snapshot, _meta: null }).toEqual({ ...demo, _meta: null });
  });

  it('comes back from its own text', () => {
    const file = readSnapshotText(DEMO, 'account.json');
    const snapshots = file.ok ? file.snapshots : [];
    expect(readSnapshotText(formatSnapshots(snapshots), 'account.json')).toEqual(file);
  });

  it('keeps apart what is empty and what was not collected', () => {
    const { DescribeVpcs, DescribeSubnets } = snapshotIn({ _meta: {}, DescribeVpcs: { Vpcs: [] } });
    expect(DescribeVpcs).toEqual({ Vpcs: [] });
    expect(DescribeSubnets).toBeUndefined();
  });

  it('keeps its blind spots, without what could harm a terminal', () => {
    const blindSpot = {
      code: 'denied',
      call: 'DescribeVpcs',
      what: 'was\u001b[2J denied',
      remedy: 'Grant it.',
      narrows: false,
      error: 'No',
    };
    const { _meta } = snapshotIn({ _meta: { blindSpots: [blindSpot] } });
    expect(_meta.blindSpots).toEqual([{ ...blindSpot, what: 'was [2J denied' }]);
  });

  it('says what of its description cannot be read', () => {
    const _meta = {
      account: {},
      region: '',
      capturedAt: 'yesterday',
      blindSpots: [{ code: 'denied', call: 'DescribeFoo', what: 'x' }, 7],
    };
    const file = read({ _meta, DescribeVpcs: { Vpcs: [{ OwnerId: '1' }] } });
    expect(file.problems.map(({ path, level }) => [path, level])).toEqual(
      ['_meta.account', '_meta.region', '_meta.capturedAt', '_meta.blindSpots[0]', '_meta.blindSpots[1]'].map(
        (path) => [path, 'warning'],
      ),
    );
    expect(file.ok && file.snapshots[0]?._meta).toEqual({
      schemaVersion: 1,
      account: '1',
      region: 'unknown',
      blindSpots: [],
    });
  });

  it.each([
    [2, 'it was written by a newer Postern, in form 2 (this one reads 1). Update Postern.'],
    ['1', '_meta.schemaVersion is not a whole number from 1'],
    [0, '_meta.schemaVersion is not a whole number from 1'],
  ])('of form %j is refused', (schemaVersion, message) => {
    expect(read({ _meta: { schemaVersion }, DescribeVpcs: { Vpcs: [] } })).toEqual({
      ok: false,
      problems: [{ level: 'error', file: 'account.json', message }],
    });
  });

  it.each([
    ['DescribeVpcs', { Vpcs: [{}], NextToken: 'more' }],
    ['DescribeLoadBalancers', { LoadBalancers: [], NextMarker: 'more' }],
    ['DescribeDBInstances', { DBInstances: [], Marker: 'more' }],
  ])('of which %s has another page counts that call as not read', (call, body) => {
    const snapshot = snapshotIn({ [call]: body, DescribeSubnets: { Subnets: [] } });
    expect(snapshot).not.toHaveProperty(call);
    expect(snapshot._meta.blindSpots).toMatchObject([{ call, code: 'cut' }]);
  });

  it('drops secrets', () => {
    const connection = { VpnConnectionId: 'vpn-1', CustomerGatewayConfiguration: '<pre_shared_key>' };
    const { DescribeVpnConnections } = snapshotIn({
      DescribeVpnConnections: { VpnConnections: [connection] },
    });
    expect(DescribeVpnConnections).toEqual({ VpnConnections: [{ VpnConnectionId: 'vpn-1' }] });
  });

  it('takes listeners by load balancer as one list', () => {
    const byBalancer = { 'arn:a': { Listeners: [{ Port: 80 }] }, 'arn:b': { Listeners: [{ Port: 443 }] } };
    expect(snapshotIn({ DescribeListeners: byBalancer }).DescribeListeners).toEqual({
      Listeners: [{ Port: 80 }, { Port: 443 }],
    });
  });
});

describe('several in one file', () => {
  const of = (account: string, region: string): object => ({
    _meta: { account, region },
    DescribeVpcs: { Vpcs: [] },
  });

  it('are all read', () => {
    const file = read([of('1', 'eu-west-1'), of('2', 'eu-west-1'), of('1', 'us-east-1')]);
    const targets = file.ok ? file.snapshots.map(({ _meta }) => `${_meta.account} ${_meta.region}`) : [];
    expect(targets).toEqual(['1 eu-west-1', '2 eu-west-1', '1 us-east-1']);
    expect(file.ok && readSnapshotText(formatSnapshots(file.snapshots), 'account.json')).toEqual(file);
  });

  it('may not be about one target', () => {
    const file = read([of('1', 'eu-west-1'), of('2', 'eu-west-1'), of('1', 'eu-west-1')]);
    expect(file).toEqual({
      ok: false,
      problems: [
        {
          level: 'error',
          file: 'account.json, entry 3',
          message: 'is about account 1 in eu-west-1, and so is account.json, entry 1. Keep one of them.',
        },
      ],
    });
  });
});

describe('the form whose keys are response members', () => {
  it('has one call for each member', () => {
    const snapshot = snapshotIn({
      accountId: '123456789012',
      region: 'us-east-1',
      Vpcs: [{ VpcId: 'vpc-1' }],
      Reservations: [],
      LoadBalancers: [],
      Listeners: [{ Port: 80 }],
      VpcBlockPublicAccessOptions: { InternetGatewayBlockMode: 'off' },
      DomainStatusList: [],
    });
    expect(snapshot).toEqual({
      _meta: { schemaVersion: 1, account: '123456789012', region: 'us-east-1', blindSpots: [] },
      DescribeVpcs: { Vpcs: [{ VpcId: 'vpc-1' }] },
      DescribeInstances: { Reservations: [] },
      DescribeLoadBalancers: { LoadBalancers: [] },
      DescribeListeners: { Listeners: [{ Port: 80 }] },
      DescribeVpcBlockPublicAccessOptions: {
        VpcBlockPublicAccessOptions: { InternetGatewayBlockMode: 'off' },
      },
      DescribeDomains: { DomainStatusList: [] },
    });
  });

  it.each([
    [
      'TargetHealth',
      [{ TargetGroupArn: 'arn:a', TargetHealthDescriptions: [{ Target: { Id: 'i-1' } }] }],
      { DescribeTargetHealth: { 'arn:a': { TargetHealthDescriptions: [{ Target: { Id: 'i-1' } }] } } },
    ],
    [
      'LoadBalancerAttributes',
      [{ LoadBalancerArn: 'arn:a', Attributes: [{ Key: 'k', Value: 'v' }] }],
      { DescribeLoadBalancerAttributes: { 'arn:a': { Attributes: [{ Key: 'k', Value: 'v' }] } } },
    ],
    [
      'TransitGatewayRoutes',
      [{ TransitGatewayRouteTableId: 'tgw-rtb-1', Routes: [], AdditionalRoutesAvailable: false }],
      { SearchTransitGatewayRoutes: { 'tgw-rtb-1': { Routes: [], AdditionalRoutesAvailable: false } } },
    ],
    [
      'TransitGatewayRouteTablePropagations',
      [
        {
          TransitGatewayRouteTableId: 'tgw-rtb-1',
          TransitGatewayRouteTablePropagations: [{ ResourceId: 'vpc-1' }],
        },
      ],
      {
        GetTransitGatewayRouteTablePropagations: {
          'tgw-rtb-1': { TransitGatewayRouteTablePropagations: [{ ResourceId: 'vpc-1' }] },
        },
      },
    ],
    ['TargetHealth', [], { DescribeTargetHealth: {} }],
  ])('unwraps %s', (key, value, responses) => {
    expect(snapshotIn({ accountId: '1', region: 'r', [key]: value })).toMatchObject(responses);
  });

  it('keeps both meanings of prefix lists with their blocks', () => {
    const lists = [{ PrefixListId: 'pl-1', PrefixListName: 'office', Cidrs: ['198.51.100.0/25'] }];
    expect(snapshotIn({ accountId: '1', region: 'r', PrefixLists: lists })).toMatchObject({
      DescribePrefixLists: { PrefixLists: lists },
      DescribeManagedPrefixLists: { PrefixLists: [{ PrefixListId: 'pl-1', PrefixListName: 'office' }] },
      GetManagedPrefixListEntries: { 'pl-1': { Entries: [{ Cidr: '198.51.100.0/25' }] } },
    });
  });

  it('takes prefix lists without blocks for managed ones, whose entries were not collected', () => {
    const snapshot = snapshotIn({
      accountId: '1',
      region: 'r',
      PrefixLists: [{ PrefixListId: 'pl-1', MaxEntries: 5 }],
    });
    expect(Object.keys(snapshot)).toEqual(['_meta', 'DescribeManagedPrefixLists']);
  });

  it('says what it does not use', () => {
    const file = read({ accountId: '1', region: 'r', Vpcs: [], AvailabilityZones: [], 'odd\u001b[1m': 1 });
    expect(file.problems).toEqual([
      { level: 'note', file: 'account.json', message: '"AvailabilityZones", "odd [1m" are not used' },
    ]);
  });

  it.each<[unknown, unknown, string, string]>([
    [null, null, '777788889999', 'eu-west-1'],
    [undefined, undefined, '777788889999', 'eu-west-1'],
    [123456789, 'us-east-1', '000123456789', 'us-east-1'],
  ])('accountId %j and region %j are %s and %s', (accountId, region, account, place) => {
    const SecurityGroups = [{ OwnerId: '777788889999' }];
    const Subnets = [{ AvailabilityZone: 'eu-west-1b' }];
    const { _meta } = snapshotIn({ accountId, region, SecurityGroups, Subnets });
    expect([_meta.account, _meta.region]).toEqual([account, place]);
  });
});

describe('what is no snapshot', () => {
  it.each<[string, string]>([
    ['', 'cannot be read: it is empty'],
    [
      '{"DescribeVpcs": {',
      'cannot be read: it ends in the middle of an object at byte 18. Was the file cut off?',
    ],
    ['resource "aws_vpc" "a" {}', 'cannot be read: it is not JSON: unexpected "r" at line 1, column 1'],
    ['[]', 'is an empty list: there is no snapshot in it'],
    ['[{"Vpcs": []}, 3]', 'entry 2 is not an object of AWS responses'],
    ['"Vpcs"', 'is not an object of AWS responses'],
    ['null', 'is not an object of AWS responses'],
    ['{"_meta": [], "DescribeVpcs": {}}', '_meta is not an object'],
    [
      '{"planned_values": {}, "format_version": "1.2"}',
      'holds no response of AWS that is known here. Its keys are "planned_values", "format_version"; keys such as DescribeVpcs (a saved snapshot) or Vpcs (the output of aws ec2 describe-vpcs) are.',
    ],
    [
      '{}',
      'holds no response of AWS that is known here. It has no keys; keys such as DescribeVpcs (a saved snapshot) or Vpcs (the output of aws ec2 describe-vpcs) are.',
    ],
  ])('%j', (text, message) => {
    expect(readSnapshotText(text, 'account.json')).toEqual({
      ok: false,
      problems: [{ level: 'error', file: 'account.json', message }],
    });
  });

  it('says so in text that is safe to print', () => {
    const keys = Object.fromEntries(
      Array.from({ length: 1_000 }, (_, index) => [`\u001b]0;${index}\u0007`, 1]),
    );
    const file = readSnapshotText(JSON.stringify(keys), 'evil\u001b[31m\n.json');
    const shown = file.problems.map((problem) => `${problem.file}: ${problem.message}`).join('\n');
    expect(shown).toMatch(/^evil \[31m \.json: holds no response .* and 995 more;/);
    expect(shown).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
  });
});

describe('hostile input', () => {
  it.each([
    [{ DescribeVpcs: 'x' }, 'DescribeVpcs is text, not an object; it is treated as unknown'],
    [{ DescribeVpcs: null }, undefined],
    [{ DescribeVpcs: [] }, 'DescribeVpcs is a list, not an object; it is treated as unknown'],
    [{ Vpcs: 'x' }, 'DescribeVpcs.Vpcs is text, not a list; it is treated as unknown'],
    [
      { GetManagedPrefixListEntries: 'x' },
      'GetManagedPrefixListEntries is text, not an object; it is treated as unknown',
    ],
    [
      { GetManagedPrefixListEntries: { 'pl-1': 3 } },
      'GetManagedPrefixListEntries["pl-1"] is a number, not an object; it is treated as unknown',
    ],
    [
      { GetManagedPrefixListEntries: { Entries: [] } },
      "a response of GetManagedPrefixListEntries does not tell its PrefixListId. Put the id, or for an ARN its last part, into the file's name.",
    ],
    [
      { TargetHealth: [7] },
      "a response of DescribeTargetHealth does not tell its TargetGroupArn. Put the id, or for an ARN its last part, into the file's name.",
    ],
    [{ DescribeListeners: 3 }, 'DescribeListeners is a number, not an object; it is treated as unknown'],
    [
      { DescribeInstances: { Reservations: { length: 1e9 } } },
      'DescribeInstances.Reservations is an object, not a list; it is treated as unknown',
    ],
    [
      { PrefixLists: [{ PrefixListId: 'pl-1', Cidrs: [{ deep: true }] }] },
      'DescribePrefixLists.PrefixLists[0].Cidrs[0] is an object, not text; it is treated as unknown',
    ],
  ])('%j', (value, message) => {
    const file = read(value);
    expect(file.ok).toBe(true);
    const messages = file.problems.map((problem) => problem.message);
    if (message === undefined) expect(messages).toEqual([]);
    else expect(messages).toContain(message);
  });

  it('keeps what is of the wrong kind in its place, so that nobody takes it for absent', () => {
    expect(
      snapshotIn({ DescribeSecurityGroups: { SecurityGroups: [{ IpPermissions: 'x' }] } }),
    ).toMatchObject({
      DescribeSecurityGroups: { SecurityGroups: [{ IpPermissions: 'x' }] },
    });
  });

  it('no key reaches the prototype of anything', () => {
    const text =
      '{"__proto__": {"DescribeVpcs": {}}, "DescribeTargetHealth": {"__proto__": {"x": 1}, "toString": {"TargetHealthDescriptions": []}}}';
    const file = readSnapshotText(text, 'account.json');
    const health = (file.ok ? file.snapshots[0]?.DescribeTargetHealth : undefined) ?? {};
    expect('x' in health).toBe(false);
    expect(Object.hasOwn(health, 'toString')).toBe(true);
    expect('valueOf' in health).toBe(false);
    expect(Object.keys({})).toEqual([]);
  });

  it('whatever is put in any place of a real file, it is read or refused, never thrown', () => {
    const demo = JSON.parse(DEMO) as Record<string, unknown>;
    const places = placesOf(demo);
    fc.assert(
      fc.property(fc.nat(places.length - 1), fc.jsonValue(), (index, value) => {
        const changed = structuredClone(demo);
        const path = places[index] ?? [];
        put(changed, path, value);
        const file = readSnapshotText(JSON.stringify(changed), 'account.json');
        expect(file.ok || file.problems.length > 0).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('whatever JSON it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const file = read(value);
        expect(file.ok || file.problems.length > 0).toBe(true);
      }),
    );
  });
});

type Path = readonly (string | number)[];

function placesOf(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => placesOf(inner, [...path, key]))];
}

function put(root: object, path: Path, value: unknown): void {
  const last = path.at(-1);
  if (last === undefined) return;
  let holder: unknown = root;
  for (const key of path.slice(0, -1)) holder = Reflect.get(holder as object, key);
  Reflect.set(holder as object, last, value);
}
