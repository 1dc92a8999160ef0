import { describe, expect, it } from 'vitest';
import { expecting, group, runCase, tcp, tinyAccount, without } from './tiny-account.ts';

type Json = Record<string, unknown>;

async function lastOf(
  kind: string,
  facts: readonly unknown[],
  account: Json = tinyAccount(),
  more: Json = {},
) {
  return (await runCase(account, expecting(kind, facts, more))).last;
}
const PASSED = '1 passed, 0 failed, 0 skipped';
const FAILED = '0 passed, 1 failed, 0 skipped';

describe('subnets', () => {
  const a = { subnet: 'subnet-a', name: 'public' };
  const b = { subnet: 'subnet-b', name: 'private' };
  const all = { protocol: 'all', ports: null, reachable: true, twoWay: true };
  const unrouted = without('RouteTables');
  const complete = {
    complete: true,
    universe: [
      { ...a, vpc: 'vpc-1', cidr: '10.0.1.0/24' },
      { ...b, vpc: 'vpc-1', cidr: '10.0.2.0/24' },
    ],
  };
  const facts = [
    { from: a, to: b, ...all },
    { from: b, to: a, ...all },
    { from: a, to: 'internet', ...all },
  ];

  it('compares ACLs and the subnet type, whatever the groups say', async () => {
    expect(await lastOf('subnet-connectivity', facts, tinyAccount(), complete)).toBe(PASSED);
  });

  it('presumes routes where the case has none', async () => {
    expect(await lastOf('subnet-connectivity', facts, unrouted, complete)).toBe(PASSED);
    expect(
      await lastOf(
        'flows',
        [{ from: { eni: 'eni-web' }, to: 'internet', protocol: 'all', reachable: true }],
        unrouted,
      ),
    ).toBe(FAILED);
  });

  it.each(facts.map((_, i) => i))('a complete list lacks fact %i', async (i) => {
    expect(
      await lastOf(
        'subnet-connectivity',
        facts.filter((_, each) => each !== i),
        unrouted,
        complete,
      ),
    ).toBe(FAILED);
  });

  it.each([
    [
      'a private subnet has no way out',
      { from: b, to: 'internet', protocol: 'tcp', ports: '443', reachable: false },
      PASSED,
    ],
    ['a part of the internet', { from: a, to: { ip: '8.8.8.8/32' }, ...all }, PASSED],
    [
      'a block that is not public',
      { from: a, to: { ip: '10.9.0.0/16' }, protocol: 'all', reachable: false },
      FAILED,
    ],
    [
      'a subnet that was not read',
      { from: a, to: { subnet: 'subnet-z' }, protocol: 'all', reachable: false },
      FAILED,
    ],
    ['an end that is no subnet', { from: { eni: 'eni-web' }, to: b, ...all }, FAILED],
    ['a part that subnets do not have', { from: a, to: b, ...all, routed: true }, FAILED],
    ['the opposite', { from: a, to: b, protocol: 'tcp', ports: '22', reachable: false }, FAILED],
  ])('%s', async (_, fact, last) => {
    expect(await lastOf('subnet-connectivity', [fact], unrouted)).toBe(last);
  });

  it('an ACL blocks the way there, and the replies', async () => {
    const entry = (RuleNumber: number, Egress: boolean, from: number, to: number) => ({
      RuleNumber,
      Egress,
      RuleAction: 'allow',
      Protocol: '6',
      CidrBlock: '10.0.0.0/8',
      PortRange: { From: from, To: to },
    });
    const open = [true, false].map((Egress) => ({
      Egress,
      RuleNumber: 100,
      RuleAction: 'allow',
      Protocol: '-1',
      CidrBlock: '0.0.0.0/0',
    }));
    const acl = (NetworkAclId: string, SubnetId: string, Entries: Json[]) => ({
      NetworkAclId,
      VpcId: 'vpc-1',
      Associations: [{ SubnetId }],
      Entries,
    });
    const narrow = [entry(1, false, 5432, 5432), entry(1, true, 50_000, 60_000)];
    const account = tinyAccount({
      NetworkAcls: [acl('acl-a', 'subnet-a', open), acl('acl-b', 'subnet-b', narrow)],
    });
    const sql = { from: a, to: b, protocol: 'tcp', ports: '5432', reachable: true };
    const isTrue = [
      { ...sql, twoWay: true },
      { ...sql, srcPorts: '50000-60000', twoWay: true },
      { ...sql, srcPorts: '1-49999', twoWay: false },
      { from: a, to: b, protocol: 'tcp', ports: '22', reachable: false },
    ];
    const isFalse = [
      { ...sql, twoWay: false },
      { ...sql, srcPorts: '40000-60000', twoWay: true },
      { ...sql, srcPorts: '40000-60000', twoWay: false },
      { ...sql, ports: '5432-5433' },
    ];
    expect(await lastOf('subnet-connectivity', isTrue, account)).toBe(PASSED);
    for (const fact of isFalse) expect(await lastOf('subnet-connectivity', [fact], account)).toBe(FAILED);
  });

  it('presumes ACLs only where the case says so', async () => {
    const bare = without('NetworkAcls');
    const assumptions = ['Subnets without a network ACL in the source allow everything.'];
    expect(await lastOf('subnet-connectivity', facts, bare, complete)).toBe(FAILED);
    expect(await lastOf('subnet-connectivity', facts, bare, { ...complete, assumptions })).toBe(PASSED);
  });
});

describe('filters', () => {
  const toWeb = { to: { eni: 'eni-web' }, direction: 'ingress', protocol: 'tcp' };
  const database = {
    DBInstanceIdentifier: 'orders',
    DBInstanceStatus: 'available',
    VpcSecurityGroups: [{ VpcSecurityGroupId: 'sg-db' }],
  };
  const domain = { DomainName: 'logs', Created: true, VPCOptions: { SecurityGroupIds: ['sg-db'] } };
  const account = tinyAccount({ DBInstances: [database], DomainStatusList: [domain] });

  it.each([
    ['an interface admits', { ...toWeb, from: { ip: '10.9.9.9' }, ports: '443', reachable: true }, PASSED],
    ['and refuses', { ...toWeb, from: { ip: '10.9.9.9' }, ports: '22', reachable: false }, PASSED],
    ['the opposite', { ...toWeb, from: { ip: '10.9.9.9' }, ports: '22', reachable: true }, FAILED],
    [
      'egress',
      {
        from: { eni: 'eni-web' },
        to: { ip: '0.0.0.0/0' },
        direction: 'egress',
        protocol: 'all',
        ports: null,
        reachable: true,
      },
      PASSED,
    ],
    [
      'a database by its own record',
      {
        from: { eni: 'eni-web' },
        to: { dbInstance: 'orders' },
        direction: 'ingress',
        protocol: 'tcp',
        ports: '5432',
        reachable: true,
      },
      PASSED,
    ],
    [
      'a search domain by its own record',
      {
        from: { ip: '10.9.9.9' },
        to: { domain: 'logs' },
        direction: 'ingress',
        protocol: 'tcp',
        ports: '5432',
        reachable: false,
      },
      PASSED,
    ],
    [
      'a database that was not read',
      {
        from: { ip: '10.9.9.9' },
        to: { dbInstance: 'gone' },
        direction: 'ingress',
        protocol: 'tcp',
        ports: '5432',
        reachable: false,
      },
      FAILED,
    ],
    [
      'no direction',
      { from: { ip: '10.9.9.9' }, to: { eni: 'eni-web' }, protocol: 'tcp', ports: '22', reachable: false },
      FAILED,
    ],
  ])('%s', async (_, fact, last) => {
    expect(await lastOf('eni-filter', [fact], account)).toBe(last);
  });

  it('compares a complete list for each subject and direction that it names', async () => {
    const admits = { from: { ip: '0.0.0.0/0' }, ...toWeb, ports: '443', reachable: true };
    expect(await lastOf('eni-filter', [admits], account, { complete: true })).toBe(PASSED);
    const part = { ...admits, from: { ip: '0.0.0.0/1' } };
    expect(await lastOf('eni-filter', [part], account)).toBe(PASSED);
    expect(await lastOf('eni-filter', [part], account, { complete: true })).toBe(FAILED);
  });

  describe('single groups', () => {
    const twins = tinyAccount({
      SecurityGroups: [
        group('sg-twin', [tcp(22, { IpRanges: [{ CidrIp: '192.0.2.1/32' }] })], 'first '),
        group('sg-twin', [tcp(80, { IpRanges: [{ CidrIp: '192.0.2.1/32' }] })], 'second'),
        group('sg-by-group', [tcp(5432, { UserIdGroupPairs: [{ GroupId: 'sg-web' }] })]),
        group('sg-web', []),
        group('sg-db', []),
      ],
    });
    const at = (groupName: string, ports: string, reachable: boolean) => ({
      from: { ip: '192.0.2.1/32' },
      to: { securityGroup: 'sg-twin', groupName },
      direction: 'ingress',
      protocol: 'tcp',
      ports,
      reachable,
    });
    const byGroup = (ip: object, reachable: boolean) => ({
      from: ip,
      to: { securityGroup: 'sg-by-group' },
      direction: 'ingress',
      protocol: 'tcp',
      ports: '5432',
      reachable,
    });
    it.each([
      [
        'groups of one id are told apart by name',
        [at('first ', '22', true), at('second', '80', true), at('second', '22', false)],
        PASSED,
      ],
      ['and by nothing else', [{ ...at('', '22', true), to: { securityGroup: 'sg-twin' } }], FAILED],
      ['a name that no group has', [at('third', '22', false)], FAILED],
      [
        'a reference admits the members',
        [byGroup({ eni: 'eni-web', ip: '10.0.1.10' }, true), byGroup({ ip: '10.0.1.10' }, true)],
        PASSED,
      ],
      ['and nobody else', [byGroup({ ip: '10.0.1.11' }, false), byGroup({ eni: 'eni-db' }, false)], PASSED],
      [
        'a group as the far end is its members',
        [byGroup({ securityGroup: 'sg-web' }, true), byGroup({ securityGroup: 'sg-db' }, false)],
        PASSED,
      ],
      ['a group without members says nothing', [byGroup({ securityGroup: 'sg-none' }, false)], FAILED],
      ['no group at all', [{ ...at('first ', '22', true), to: { eni: 'eni-web' } }], FAILED],
    ])('%s', async (_, facts, last) => {
      expect(await lastOf('security-group-rules', facts, twins)).toBe(last);
    });

    it('compares a complete list', async () => {
      const run = (facts: readonly unknown[]) =>
        lastOf('security-group-rules', facts, twins, { complete: true });
      expect(await run([at('first ', '22', true)])).toBe(PASSED);
      expect(await run([at('first ', '80', false)])).toBe(FAILED);
      expect(await run([byGroup({ eni: 'eni-web' }, true)])).toBe(PASSED);
      expect(await run([byGroup({ ip: '10.0.1.11' }, false)])).toBe(FAILED);
    });
  });
});

describe('entries of network ACLs', () => {
  const first = {
    networkAcl: 'acl-1',
    ruleNumber: 100,
    direction: 'ingress',
    remote: '0.0.0.0/0',
    protocol: 'all',
    ports: null,
    action: 'allow',
  };
  it.each([
    ['is what the fact says', [first], PASSED],
    ['has another action', [{ ...first, action: 'deny' }], FAILED],
    ['is of another remote', [{ ...first, remote: '0.0.0.0/1' }], FAILED],
    ['matches more', [{ ...first, protocol: 'tcp' }], FAILED],
    ['has another number', [{ ...first, ruleNumber: 99 }], FAILED],
    ['is of another ACL', [{ ...first, networkAcl: 'acl-2' }], FAILED],
    ['is not understood', [{ ...first, direction: 'sideways' }], FAILED],
  ])('%s', async (_, facts, last) => {
    expect(await lastOf('network-acl-entries', facts)).toBe(last);
  });

  it('compares a complete list, the last entry aside', async () => {
    const account = tinyAccount();
    const [acl] = account['NetworkAcls'] as [{ Entries: object[] }];
    const more = {
      Egress: false,
      RuleNumber: 110,
      RuleAction: 'allow',
      Protocol: '6',
      CidrBlock: '10.0.0.0/8',
    };
    const longer = tinyAccount({ NetworkAcls: [{ ...acl, Entries: [...acl.Entries, more] }] });
    expect(await lastOf('network-acl-entries', [first], account, { complete: true })).toBe(PASSED);
    expect(await lastOf('network-acl-entries', [first], longer, { complete: true })).toBe(FAILED);
  });
});

describe('states', () => {
  const account = tinyAccount({
    DBInstances: ['available', 'stopped'].map((status) => ({
      DBInstanceIdentifier: `db-${status}`,
      DBInstanceStatus: status,
    })),
    VpcPeeringConnections: [{ VpcPeeringConnectionId: 'pcx-rejected', Status: { Code: 'rejected' } }],
    NatGateways: ['available', 'deleted'].map((State) => ({
      NatGatewayId: `nat-${State}`,
      State,
      VpcId: 'vpc-1',
      SubnetId: 'subnet-a',
      NatGatewayAddresses: [{ PrivateIp: '10.0.1.5', PublicIp: '203.0.113.5' }],
    })),
    Reservations: [
      {
        Instances: [
          { InstanceId: 'i-web', State: { Name: 'running' } },
          { InstanceId: 'i-db', State: { Name: 'stopped' } },
        ],
      },
    ],
  });
  it.each([
    ['db-available', true],
    ['db-stopped', false],
    ['nat-available', true],
    ['nat-deleted', false],
    ['igw-1', true],
    ['i-web', true],
    ['pcx-rejected', false],
    ['eni-web', true],
    ['i-db', false],
  ])('%s is usable: %s', async (resource, usable) => {
    expect(await lastOf('resource-state', [{ resource, usable }], account)).toBe(PASSED);
    expect(await lastOf('resource-state', [{ resource, usable: !usable }], account)).toBe(FAILED);
  });

  it.each([true, false])('a resource that was read and not understood holds neither (%s)', async (usable) => {
    const odd = tinyAccount({
      NatGateways: [
        {
          NatGatewayId: 'nat-odd',
          State: 'available',
          VpcId: 'vpc-1',
          SubnetId: 'subnet-a',
          NatGatewayAddresses: [],
        },
      ],
    });
    expect(await lastOf('resource-state', [{ resource: 'nat-odd', usable }], odd)).toBe(FAILED);
  });

  it.each([true, false])('a resource that was not read holds neither (%s)', async (usable) => {
    expect(await lastOf('resource-state', [{ resource: 'db-none', usable }], account)).toBe(FAILED);
  });
});

it("a peer's wording is not compared", async () => {
  const { lines } = await runCase(
    tinyAccount(),
    expecting('lint', [{ check: 'x', finding: true, text: 'y' }]),
  );
  expect(lines).toEqual(["skipped  case: a peer's wording", '0 passed, 0 failed, 1 skipped']);
});
