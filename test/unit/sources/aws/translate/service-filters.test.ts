import { expect, it } from 'vitest';
import { serviceFilters } from '#sources/aws';
import { snapshot, type Bodies } from './account.ts';

const database = (more: Bodies) => ({
  DescribeDBInstances: {
    DBInstances: [
      {
        DBInstanceIdentifier: 'orders',
        DBInstanceStatus: 'available',
        VpcSecurityGroups: [{ VpcSecurityGroupId: 'sg-1' }, { VpcSecurityGroupId: 'sg-2' }],
        ...more,
      },
    ],
  },
});

it('gives the groups of a database from its own record', () => {
  expect(serviceFilters(snapshot(database({})))).toEqual([
    {
      id: 'orders',
      kind: 'database',
      groups: ['sg-1', 'sg-2'],
      isUsable: true,
      status: 'available',
      at: expect.objectContaining({ id: 'orders', path: 'DescribeDBInstances.DBInstances[0]' }) as unknown,
    },
  ]);
});

it.each([
  ...['available', 'backing-up', 'modifying', 'storage-full'].map((status) => ({ status, isUsable: true })),
  ...['creating', 'deleting', 'stopped', 'stopping', 'failed', 'rebooting', 'moving-to-vpc'].map(
    (status) => ({ status, isUsable: false }),
  ),
  { status: undefined, isUsable: true },
])('EN9: a database that is $status answers: $isUsable', ({ status, isUsable }) => {
  expect(serviceFilters(snapshot(database({ DBInstanceStatus: status })))).toMatchObject([{ isUsable }]);
});

it.each([
  { domain: {}, isUsable: true, status: 'active' },
  { domain: { Created: false }, isUsable: false, status: 'creating' },
  { domain: { Deleted: true }, isUsable: false, status: 'deleted' },
])('a search domain $domain is $status', ({ domain, isUsable, status }) => {
  const body = {
    DomainStatusList: [
      {
        DomainName: 'logs',
        Created: true,
        Deleted: false,
        VPCOptions: { SecurityGroupIds: ['sg-1', 7] },
        ...domain,
      },
    ],
  };
  expect(serviceFilters(snapshot({ DescribeDomains: body }))).toMatchObject([
    { id: 'logs', kind: 'search', groups: ['sg-1'], isUsable, status },
  ]);
});

it.each([null, 7, {}, { DescribeDBInstances: 7 }, { DescribeDBInstances: { DBInstances: [null, 7, {}] } }])(
  'gives none for %j',
  (odd) => {
    expect(serviceFilters(odd as never)).toEqual([]);
  },
);
