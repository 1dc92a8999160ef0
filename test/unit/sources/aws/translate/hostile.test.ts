import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { translate, type AwsSnapshot } from '#sources/aws';
import { eachMemberNull, HOSTILE_ACCOUNTS } from '../../../../bench/world/hostile.ts';
import { snapshot } from './account.ts';
import { faultsOf } from './integrity.ts';
import { placesOf, replaceAt, valueAt } from './places.ts';

const demo: unknown = JSON.parse(readFileSync('examples/demo-account/account.json', 'utf8'));

function faults(snapshots: readonly unknown[]): string[] {
  return faultsOf(translate(snapshots as readonly AwsSnapshot[]));
}

it.each(Object.entries(HOSTILE_ACCOUNTS))('%s becomes a sound network', (_, build) => {
  expect(faults(build())).toEqual([]);
});

it('any one member may be null', () => {
  for (const snapshots of eachMemberNull()) expect(faults(snapshots)).toEqual([]);
});

it.each([
  ['nothing', []],
  ['null', [null]],
  ['a number', [7]],
  ['text', ['account']],
  ['a list', [[]]],
  ['an empty object', [{}]],
  ['a meta of the wrong kind', [{ _meta: 7 }]],
  ['the same account twice', [demo, demo]],
  [
    'two accounts of one name and no name',
    [demo, { ...(demo as object), _meta: { account: 'unknown', region: 'unknown' } }],
  ],
])('%s becomes a sound network', (_, snapshots) => {
  expect(faults(snapshots)).toEqual([]);
});

it('ids that every object inherits mean nothing', () => {
  for (const id of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
    const network = snapshot({
      DescribeSecurityGroups: {
        SecurityGroups: [{ GroupId: id, IpPermissions: [], IpPermissionsEgress: [] }],
      },
      DescribeNetworkInterfaces: {
        NetworkInterfaces: [{ NetworkInterfaceId: id, SubnetId: id, VpcId: id, Groups: [{ GroupId: id }] }],
      },
      GetManagedPrefixListEntries: JSON.parse(`{ "${id}": { "Entries": [] } }`) as unknown,
      DescribeRouteTables: {
        RouteTables: [
          {
            RouteTableId: id,
            VpcId: id,
            Associations: [{ Main: true }],
            Routes: [{ DestinationPrefixListId: id, GatewayId: id }],
          },
        ],
      },
    });
    expect(faults([network])).toEqual([]);
  }
});

it('what is nested deeply is never walked into', () => {
  let deep: unknown = 'bottom';
  for (let depth = 0; depth < 100_000; depth += 1) deep = [deep];
  const rule = {
    IpProtocol: deep,
    FromPort: deep,
    IpRanges: [{ CidrIp: deep }, deep],
    UserIdGroupPairs: deep,
  };
  const odd = snapshot({
    DescribeSecurityGroups: {
      SecurityGroups: [{ GroupId: 'sg-1', IpPermissions: [rule, deep], IpPermissionsEgress: deep }],
    },
    DescribeVpcs: deep,
  });
  expect(faults([odd])).toEqual([]);
});

describe('a demo account in which anything may stand anywhere', () => {
  const places = placesOf(demo);
  const junk = fc.oneof(
    fc.constantFrom<unknown>(
      undefined,
      null,
      '',
      0,
      -1,
      1.5,
      true,
      '0.0.0.0/0',
      '::/0',
      '-1',
      [],
      {},
      [null],
      [[]],
    ),
    fc.jsonValue(),
    fc.constantFrom(...places).map((path) => valueAt(demo, path)),
  );
  const changes = fc.array(fc.tuple(fc.constantFrom(...places), junk), { minLength: 1, maxLength: 12 });

  it('becomes a sound network', () => {
    fc.assert(
      fc.property(changes, (changed) => {
        const account = structuredClone(demo);
        for (const [path, value] of changed) replaceAt(account, path, value);
        expect(faults([account])).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('is the same network every time', () => {
    const once = JSON.stringify(translate([demo] as AwsSnapshot[]), asText);
    expect(JSON.stringify(translate([demo] as AwsSnapshot[]), asText)).toBe(once);
  });
});

function asText(_: string, value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  return value instanceof Map ? [...(value as Map<unknown, unknown>)] : value;
}
