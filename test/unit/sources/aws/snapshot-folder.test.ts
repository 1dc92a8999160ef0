import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  readFolder,
  readSnapshotFile,
  writeSnapshotFile,
  type AwsSnapshot,
  type FolderFile,
  type SnapshotFile,
} from '#sources/aws';

/** A folder as its files' paths and contents; text stands for itself, the rest is written as JSON. */
function folder(files: Readonly<Record<string, unknown>>): SnapshotFile {
  const list = Object.entries(files).map(([path, content]): FolderFile => {
    if (content instanceof Uint8Array) return { path, bytes: content };
    return { path, bytes: Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)) };
  });
  return readFolder(list, 'saved');
}

function targetsIn(file: SnapshotFile): readonly string[] {
  return file.ok ? file.snapshots.map(({ _meta }) => `${_meta.account} ${_meta.region}`) : [];
}

function onlySnapshot(file: SnapshotFile): AwsSnapshot {
  const [snapshot, ...more] = file.ok ? file.snapshots : [];
  if (snapshot === undefined || more.length > 0) throw new Error(JSON.stringify(file));
  return snapshot;
}

const vpcs = { Vpcs: [{ VpcId: 'vpc-1', OwnerId: '111122223333' }] };

describe('a folder of outputs', () => {
  it.each([
    ['describe-vpcs.json'],
    ['describe_vpcs.json'],
    ['DescribeVpcs.json'],
    ['ec2-describe-vpcs.json'],
    ['aws ec2 describe-vpcs (1).json'],
    ['networks.json'],
    ['describe-subnets.json'],
  ])('tells the call of %s', (name) => {
    const file = folder({ [name]: vpcs });
    expect(file.problems).toEqual([]);
    expect(onlySnapshot(file).DescribeVpcs).toEqual(vpcs);
  });

  it('joins the calls of a folder, and pages of one call', () => {
    const snapshot = onlySnapshot(
      folder({
        'describe-subnets.json': { Subnets: [{ AvailabilityZone: 'eu-west-1a' }] },
        'describe-vpcs-1.json': { ...vpcs, NextToken: 'more' },
        'describe-vpcs-2.json': { Vpcs: [{ VpcId: 'vpc-2', OwnerId: '111122223333' }] },
      }),
    );
    expect(snapshot.DescribeVpcs?.Vpcs?.map(({ VpcId }) => VpcId)).toEqual(['vpc-1', 'vpc-2']);
    expect(snapshot._meta).toMatchObject({ account: '111122223333', region: 'eu-west-1', blindSpots: [] });
  });

  it('counts a call as not read if its last page is not there', () => {
    const file = folder({ 'describe-vpcs.json': { ...vpcs, NextToken: 'more' } });
    expect(onlySnapshot(file)._meta.blindSpots).toMatchObject([{ call: 'DescribeVpcs', code: 'cut' }]);
    expect(onlySnapshot(file)).not.toHaveProperty('DescribeVpcs');
    expect(file.problems).toMatchObject([
      { level: 'warning', file: 'describe-vpcs.json', path: 'DescribeVpcs' },
    ]);
  });

  it('tells prefix lists by the name of the file, or else by what they hold', () => {
    const lists = { PrefixLists: [{ PrefixListId: 'pl-1', Cidrs: ['192.0.2.0/24'] }] };
    expect(Object.keys(onlySnapshot(folder({ 'describe-prefix-lists.json': lists })))).toEqual([
      '_meta',
      'DescribePrefixLists',
    ]);
    const managed = { PrefixLists: [{ PrefixListId: 'pl-1' }] };
    expect(Object.keys(onlySnapshot(folder({ 'lists.json': managed })))).toEqual([
      '_meta',
      'DescribeManagedPrefixLists',
    ]);
  });

  const arn = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/shop-web/73e2d6bc24d8a067';
  const health = { TargetHealthDescriptions: [{ Target: { Id: 'i-1' } }] };
  it.each([
    [
      'get-managed-prefix-list-entries.pl-0d4e8ad1c8ddaabb6.json',
      { Entries: [] },
      'GetManagedPrefixListEntries',
      'pl-0d4e8ad1c8ddaabb6',
    ],
    [
      'entries pl-0d4e8ad1c8ddaabb6.json',
      { Entries: [] },
      'GetManagedPrefixListEntries',
      'pl-0d4e8ad1c8ddaabb6',
    ],
    [
      'search-transit-gateway-routes-tgw-rtb-0123456789abcdef0.json',
      { Routes: [], AdditionalRoutesAvailable: false },
      'SearchTransitGatewayRoutes',
      'tgw-rtb-0123456789abcdef0',
    ],
    ['describe-target-health.73e2d6bc24d8a067.json', health, 'DescribeTargetHealth', arn],
    ['describe-target-health_shop-web.json', health, 'DescribeTargetHealth', arn],
  ] as const)('tells from %s whose the response is', (name, body, call, id) => {
    const groups = {
      TargetGroups: [
        { TargetGroupArn: arn },
        { TargetGroupArn: arn.replace(/shop-web.*/, 'shop-api/0000000000000000') },
      ],
    };
    const file = folder({ [name]: body, 'describe-target-groups.json': groups });
    expect(file.problems).toEqual([]);
    expect(onlySnapshot(file)[call]).toEqual({ [id]: body });
  });

  it('says so if it cannot tell', () => {
    const file = folder({ 'describe-target-health.json': health, 'describe-vpcs.json': vpcs });
    expect(file.problems).toMatchObject([
      { level: 'warning', file: 'describe-target-health.json', path: 'DescribeTargetHealth' },
    ]);
    expect(onlySnapshot(file)).not.toHaveProperty('DescribeTargetHealth');
  });

  it('makes a blind spot of a file that is cut off, and reads the others', () => {
    const file = folder({ 'describe-vpcs.json': vpcs, 'describe-subnets.json': '{"Subnets": [{' });
    expect(file.problems).toEqual([
      {
        level: 'error',
        file: 'describe-subnets.json',
        message: 'cannot be read: it ends in the middle of an object at byte 14. Was the file cut off?',
      },
    ]);
    expect(onlySnapshot(file)._meta.blindSpots).toMatchObject([
      { call: 'DescribeSubnets', code: 'cut', narrows: false },
    ]);
  });

  it('takes a folder below for a target of its own, named by where it is', () => {
    const file = folder({
      '111122223333/eu-west-1/describe-vpcs.json': vpcs,
      '111122223333/us-east-1/describe-vpcs.json': vpcs,
      '444455556666/eu-west-1/describe-vpcs.json': { Vpcs: [] },
      'whole.json': { _meta: { account: '777788889999', region: 'eu-west-1' }, DescribeVpcs: { Vpcs: [] } },
    });
    expect(targetsIn(file)).toEqual([
      '111122223333 eu-west-1',
      '111122223333 us-east-1',
      '444455556666 eu-west-1',
      '777788889999 eu-west-1',
    ]);
  });

  it('takes the account from aws sts get-caller-identity', () => {
    const identity = { UserId: 'AIDA', Account: '222233334444', Arn: 'arn:aws:iam::222233334444:user/mara' };
    const file = folder({ 'identity.json': identity, 'describe-nat-gateways.json': { NatGateways: [] } });
    expect(file.problems).toEqual([]);
    expect(onlySnapshot(file)._meta.account).toBe('222233334444');
  });

  it('refuses two folders about one target', () => {
    const whole = { _meta: { account: '1', region: 'r' }, DescribeVpcs: { Vpcs: [] } };
    expect(folder({ 'a/one.json': whole, 'b/two.json': whole })).toMatchObject({
      ok: false,
      problems: [
        { level: 'error', file: 'b/two.json', message: expect.stringContaining('a/one.json') as string },
      ],
    });
  });

  it.each([
    ['nothing', {}, 'holds no .json file'],
    [
      'something else',
      { 'package.json': { name: 'x' } },
      'holds no response of AWS that is known here. Its keys are "name"',
    ],
    ['a list of nothing', { 'a.json': '[]' }, 'is an empty list: there is no snapshot in it'],
    ['no JSON', { 'a.json': 'x' }, 'cannot be read: it is not JSON'],
  ])('with %s is refused', (_, files, message) => {
    const file = folder(files);
    expect(file.ok).toBe(false);
    expect(file.problems.map((problem) => problem.message).join()).toContain(message);
  });

  it.each([
    ['UTF-8 with a mark', Buffer.from(`\ufeff${JSON.stringify(vpcs)}`, 'utf8')],
    ['UTF-16 as PowerShell writes it', Buffer.from(`\ufeff${JSON.stringify(vpcs)}`, 'utf16le')],
    ['UTF-16, the other end first', Buffer.from(`\ufeff${JSON.stringify(vpcs)}`, 'utf16le').swap16()],
  ])('in %s is read', (_, bytes) => {
    expect(onlySnapshot(folder({ 'vpcs.json': bytes })).DescribeVpcs).toEqual(vpcs);
  });

  it.each([
    ['compressed', Buffer.from([0x1f, 0x8b, 8, 0]), 'it is compressed with gzip. Unpack it first'],
    ['no text', Buffer.from([0x7b, 0xff, 0xfe, 0x00]), 'it is not text in UTF-8 (4 bytes)'],
  ])('that is %s says so', (_, bytes, why) => {
    expect(folder({ 'vpcs.json': bytes }).problems).toMatchObject([{ message: `cannot be read: ${why}` }]);
  });
});

describe('on disk', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'postern-test-'));
  });
  afterEach(async () => {
    await rm(root, { recursive: true, force: true });
  });

  const snapshots: readonly AwsSnapshot[] = ['eu-west-1', 'us-east-1'].map((region) => ({
    _meta: {
      schemaVersion: 1,
      account: '111122223333',
      region,
      capturedAt: '2026-03-01T08:00:00Z',
      blindSpots: [],
    },
    DescribeVpcs: vpcs,
    GetManagedPrefixListEntries: { 'pl-1': { Entries: [{ Cidr: '10.0.0.0/8' }] } },
  }));

  it.each([1, 2])('%d written come back, and nobody else may read them', async (count) => {
    const path = join(root, 'account.json');
    const written = snapshots.slice(0, count);
    expect(await writeSnapshotFile(path, written)).toEqual({ ok: true });
    expect(await readSnapshotFile(path)).toEqual({ ok: true, snapshots: written, problems: [] });
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(root)).toEqual(['account.json']);
  });

  it('writing takes the place of what was there, or leaves it', async () => {
    const path = join(root, 'account.json');
    await writeFile(path, 'old');
    expect(await writeSnapshotFile(join(root, 'missing', 'account.json'), snapshots)).toMatchObject({
      ok: false,
      problem: { level: 'error', message: 'cannot be written: there is no such file or folder' },
    });
    await mkdir(join(root, 'folder.json'));
    await writeFile(join(root, 'folder.json', 'kept'), '');
    expect((await writeSnapshotFile(join(root, 'folder.json'), snapshots)).ok).toBe(false);
    expect((await readdir(root)).toSorted()).toEqual(['account.json', 'folder.json']);
    expect(await readFile(path, 'utf8')).toBe('old');
    await writeSnapshotFile(path, snapshots);
    expect((await readSnapshotFile(path)).ok).toBe(true);
  });

  it('a folder is read by name, in order, without what is hidden or no .json', async () => {
    await mkdir(join(root, '111122223333', 'eu-west-1'), { recursive: true });
    await mkdir(join(root, '.git'));
    await writeFile(join(root, '.git', 'describe-vpcs.json'), '{');
    await writeFile(join(root, 'README.md'), 'x');
    await writeFile(join(root, '111122223333', 'eu-west-1', 'describe-vpcs.json'), JSON.stringify(vpcs));
    const file = await readSnapshotFile(root);
    expect(file.problems).toEqual([]);
    expect(targetsIn(file)).toEqual(['111122223333 eu-west-1']);
  });

  it.each([
    ['missing.json', 'cannot be read: there is no such file or folder'],
    ['cut.json', 'cannot be read: it ends in the middle of an object at byte 81,920. Was the file cut off?'],
  ])('%s says why it cannot be read', async (name, message) => {
    const text = JSON.stringify({
      DescribeVpcs: {
        Vpcs: Array.from({ length: 2_000 }, () => ({
          VpcId: 'vpc-00000000000000000',
          OwnerId: '111122223333',
        })),
      },
    });
    await writeFile(join(root, 'cut.json'), text.slice(0, 81_920));
    expect(await readSnapshotFile(join(root, name))).toEqual({
      ok: false,
      problems: [{ level: 'error', file: join(root, name), message }],
    });
  });
});
