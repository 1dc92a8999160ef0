import { describe, expect, it } from 'vitest';
import { expecting, group, route, runCase, table, tcp, tinyAccount, without } from './tiny-account.ts';

const web = { eni: 'eni-web' };
const db = { eni: 'eni-db', ip: '10.0.2.10' };
const sql = { protocol: 'tcp', ports: '5432' };

/** Run each as the only fact of a case. */
async function resultOf(
  fact: object,
  account = tinyAccount(),
  more: Record<string, unknown> = {},
): Promise<string> {
  const { counts } = await runCase(account, expecting('flows', [fact], more));
  return counts.passed === 1 ? 'passed' : counts.failed === 1 ? 'failed' : 'skipped';
}

describe('flow facts', () => {
  it.each([
    [
      'an interface opens what a group lets it',
      { from: web, to: db, ...sql, reachable: true, twoWay: true, routed: true },
      'passed',
    ],
    [
      'an instance stands for its interfaces',
      { from: { instance: 'i-web' }, to: { instance: 'i-db' }, ...sql, reachable: true },
      'passed',
    ],
    [
      'a bare address is the interface that has it',
      { from: { ip: '10.0.1.10' }, to: { ip: '10.0.2.10' }, ...sql, reachable: true },
      'passed',
    ],
    [
      'a false fact must hold too',
      { from: web, to: db, protocol: 'tcp', ports: '22', reachable: false, routed: true },
      'passed',
    ],
    [
      'every port of a fact counts for true',
      { from: web, to: db, protocol: 'tcp', ports: '5432-5433', reachable: true },
      'failed',
    ],
    [
      'any port of a fact counts for false',
      { from: web, to: db, protocol: 'tcp', ports: '1-65535', reachable: false },
      'failed',
    ],
    [
      'some flow is enough where the fact says so',
      { from: web, to: db, protocol: 'any', quantifier: 'some', reachable: true },
      'passed',
    ],
    [
      'the private address is not dialled',
      {
        from: 'internet',
        to: { ip: '10.0.1.10' },
        protocol: 'tcp',
        ports: '443',
        reachable: false,
        routed: false,
      },
      'passed',
    ],
    [
      'the public address is',
      {
        from: 'internet',
        to: { ip: '203.0.113.10' },
        protocol: 'tcp',
        ports: '443',
        reachable: true,
        routed: true,
      },
      'passed',
    ],
    [
      'an interface without a public address is not',
      { from: 'internet', to: db, ...sql, reachable: false, routed: false },
      'passed',
    ],
    [
      'one address of the internet',
      { from: 'internet', srcIp: '8.8.8.8', to: web, protocol: 'tcp', ports: '443', reachable: true },
      'passed',
    ],
    [
      'a block of the internet',
      { from: { ip: '8.8.8.0/24' }, to: web, protocol: 'tcp', ports: '443', reachable: true },
      'passed',
    ],
    [
      'the way out',
      { from: web, to: 'internet', protocol: 'all', ports: null, reachable: true, twoWay: true },
      'passed',
    ],
    [
      'no way out',
      { from: db, to: { ip: '8.8.8.8' }, protocol: 'udp', ports: '53', reachable: false, routed: false },
      'passed',
    ],
    ['a protocol number', { from: web, to: 'internet', protocol: '47', reachable: true }, 'passed'],
    [
      'an address that nobody has cannot send',
      {
        from: { ip: '10.0.1.99', subnet: 'subnet-a' },
        to: { ip: '8.8.8.8' },
        protocol: '0',
        reachable: false,
        routed: false,
      },
      'passed',
    ],
    [
      'nothing is said of IPv6 that is not there',
      { from: 'internet', to: web, ipVersion: 6, protocol: 'tcp', ports: '443', reachable: true },
      'failed',
    ],
    [
      'an interface that was not read',
      { from: web, to: { eni: 'eni-gone' }, ...sql, reachable: false },
      'failed',
    ],
    [
      'the interface has another address',
      { from: web, to: { eni: 'eni-db', ip: '10.0.2.11' }, ...sql, reachable: false },
      'failed',
    ],
  ])('%s', async (_, fact, result) => {
    expect(await resultOf(fact)).toBe(result);
  });

  it.each([
    ['a member of the fact', { from: web, to: db, ...sql, reachable: true, weekday: 'Monday' }],
    ['a member of an end', { from: { ...web, colour: 'red' }, to: db, ...sql, reachable: true }],
    ['a protocol', { from: web, to: db, protocol: 'carrier-pigeon', reachable: false }],
    ['ports', { from: web, to: db, protocol: 'tcp', ports: '443+', reachable: false }],
    ['ports of a protocol without', { from: web, to: db, protocol: '47', ports: '1', reachable: false }],
    ['source ports', { from: web, to: db, ...sql, srcPorts: 'high', reachable: true }],
    ['a quantifier', { from: web, to: db, ...sql, quantifier: 'most', reachable: true }],
    ['any protocol without a quantifier', { from: web, to: db, protocol: 'any', reachable: false }],
    ['a fact that states nothing', { from: web, to: db, ...sql }],
  ])('fails what it does not understand: %s', async (_, fact) => {
    expect(await resultOf(fact)).toBe('failed');
  });

  it.each([true, false])('an unknown verdict fails a fact that says %s', async (reachable) => {
    const { lines } = await runCase(
      without('NetworkAcls'),
      expecting('flows', [{ from: web, to: db, ...sql, reachable }]),
    );
    expect(lines.at(-1)).toBe('0 passed, 1 failed, 0 skipped');
    expect(lines.join('\n')).toMatch(/unknown for tcp 5432[\s\S]*DescribeNetworkAcls was not collected/);
  });

  describe('replies', () => {
    const shutPorts = {
      Egress: false,
      RuleNumber: 50,
      RuleAction: 'deny',
      Protocol: '6',
      CidrBlock: '10.0.2.0/24',
      PortRange: { From: 1024, To: 40_000 },
    };
    const account = tinyAccount();
    const [acl] = account['NetworkAcls'] as [{ Entries: object[] }];
    const acls = { NetworkAcls: [{ ...acl, Entries: [shutPorts, ...acl.Entries] }] };
    it.each([
      ['some client port is answered', { twoWay: true }, 'passed'],
      ['a client port that is', { srcPorts: '40001-65535', twoWay: true }, 'passed'],
      ['not all of these are', { srcPorts: '40000-65535', twoWay: true }, 'failed'],
      ['none of these is', { srcPorts: '1024-40000', twoWay: false }, 'passed'],
      ['one of these is', { srcPorts: '1024-40001', twoWay: false }, 'failed'],
    ])('%s', async (_, part, result) => {
      expect(await resultOf({ from: web, to: db, ...sql, reachable: true, ...part }, tinyAccount(acls))).toBe(
        result,
      );
    });
  });

  describe('what needs later work', () => {
    const local = tinyAccount({
      RouteTables: [
        table('rtb-a', undefined, [route('10.0.0.0/16', 'local'), route('192.168.0.0/16', 'lgw-1')]),
      ],
    });
    const away = { from: db, to: { ip: '192.168.0.1' }, ...sql };
    it.each([
      [
        'an answer behind a gateway that is not modelled, if it is said to be true',
        { ...away, reachable: true },
        'skipped',
      ],
      ['or false', { ...away, reachable: false }, 'skipped'],
      [
        'where a load balancer hands them on',
        { from: web, to: db, ...sql, reachable: true, deliversTo: { instance: 'i-db' } },
        'skipped',
      ],
      [
        'but not what is known without it',
        { from: db, to: web, protocol: 'tcp', ports: '22', reachable: false },
        'passed',
      ],
    ])('%s', async (_, fact, result) => {
      expect(await resultOf(fact, local)).toBe(result);
    });

    it('names what the case waits for', async () => {
      const { lines } = await runCase(local, expecting('flows', [{ ...away, reachable: true }]));
      expect(lines[0]).toMatch(/^skipped {2}case: needs a later issue: .*lgw-1/);
    });

    it('does not hide a fact that fails', async () => {
      const wrong = { from: db, to: web, protocol: 'tcp', ports: '22', reachable: true };
      const { last } = await runCase(local, expecting('flows', [{ ...away, reachable: true }, wrong]));
      expect(last).toBe('0 passed, 1 failed, 0 skipped');
    });
  });

  describe('packets that come in by a gateway', () => {
    const vpn = tinyAccount({
      VpnGateways: [
        {
          VpnGatewayId: 'vgw-1',
          State: 'available',
          VpcAttachments: [{ VpcId: 'vpc-1', State: 'attached' }],
        },
      ],
      VpnConnections: [
        { VpnConnectionId: 'vpn-1', VpnGatewayId: 'vgw-1', CustomerGatewayId: 'cgw-1', State: 'available' },
        { VpnConnectionId: 'vpn-2', VpnGatewayId: 'vgw-1', CustomerGatewayId: 'cgw-2', State: 'deleted' },
      ],
      RouteTables: [
        table('rtb-a', 'subnet-a', [route('10.0.0.0/16', 'local'), route('0.0.0.0/0', 'vgw-1')]),
        table('rtb-b', undefined, [route('10.0.0.0/16', 'local')]),
      ],
    });
    const https = { protocol: 'tcp', ports: '443' };
    it.each([
      [
        'by its own id',
        { from: { gateway: 'vgw-1' }, to: web, ...https, reachable: true, twoWay: true },
        'passed',
      ],
      ['by a connection', { from: { gateway: 'vpn-1' }, to: web, ...https, reachable: true }, 'passed'],
      ['by the far device', { from: { gateway: 'cgw-1' }, to: web, ...https, reachable: false }, 'failed'],
      [
        'from one address',
        { from: { gateway: 'vgw-1', ip: '172.16.0.9' }, to: web, ...https, reachable: true },
        'passed',
      ],
      [
        'what no group admits',
        { from: { gateway: 'vgw-1' }, to: db, ...sql, reachable: false, routed: true },
        'passed',
      ],
      [
        'a gateway that was not read',
        { from: { gateway: 'vgw-9' }, to: web, ...https, reachable: false },
        'failed',
      ],
      [
        'a connection that is gone',
        { from: { gateway: 'vpn-2' }, to: web, ...https, reachable: false },
        'failed',
      ],
      ['what is routed to it', { from: web, to: { gateway: 'vgw-1' }, ...https, reachable: true }, 'passed'],
      [
        'what is not',
        { from: db, to: { gateway: 'vgw-1' }, ...https, reachable: false, routed: false },
        'passed',
      ],
    ])('%s', async (_, fact, result) => {
      expect(await resultOf(fact, vpn)).toBe(result);
    });
  });

  describe('a complete list', () => {
    const universe = [
      { ...web, ip: '10.0.1.10', vpc: 'vpc-1' },
      { ...db, vpc: 'vpc-1' },
    ];
    const admitted = [
      { from: 'internet', to: web, protocol: 'tcp', ports: '443', reachable: true },
      { from: web, to: 'internet', protocol: 'all', reachable: true },
      { from: web, to: db, ...sql, reachable: true },
      { from: db, to: web, protocol: 'tcp', ports: '443', reachable: true },
    ];
    const run = (facts: readonly object[], account = tinyAccount()) =>
      runCase(account, expecting('endpoint-connectivity', facts, { complete: true, universe }));

    it('holds if nothing else passes', async () => {
      expect((await run(admitted)).last).toBe('1 passed, 0 failed, 0 skipped');
    });

    it.each(admitted.map((fact, i) => [i, fact] as const))('fails without fact %i', async (i) => {
      expect((await run(admitted.filter((_, each) => each !== i))).last).toBe(
        '0 passed, 1 failed, 0 skipped',
      );
    });

    it('fails if more passes than a fact admits', async () => {
      const wider = tinyAccount({
        SecurityGroups: [
          group('sg-web', [
            tcp(443, { IpRanges: [{ CidrIp: '0.0.0.0/0' }] }),
            tcp(22, { IpRanges: [{ CidrIp: '8.8.8.0/24' }] }),
          ]),
          group('sg-db', [tcp(5432, { UserIdGroupPairs: [{ GroupId: 'sg-web' }] })]),
        ],
      });
      const { lines } = await run(admitted, wider);
      expect(lines.join('\n')).toContain('got       tcp 22, from 8.8.8.0 to eni-web (10.0.1.10)');
    });

    it('does not count other protocols than TCP, UDP and ICMP', async () => {
      const gre = { IpProtocol: '47', IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
      const SecurityGroups = [
        group('sg-web', [tcp(443, { IpRanges: [{ CidrIp: '0.0.0.0/0' }] }), gre]),
        group('sg-db', [tcp(5432, { UserIdGroupPairs: [{ GroupId: 'sg-web' }] })]),
      ];
      expect((await run(admitted, tinyAccount({ SecurityGroups }))).last).toBe(
        '1 passed, 0 failed, 0 skipped',
      );
    });

    it('counts facts by source ports only where they have all of them', async () => {
      const split = (srcPorts: string) => ({ from: web, to: db, ...sql, srcPorts, reachable: true });
      const rest = admitted.filter(({ to }) => to !== db);
      expect((await run([...rest, split('1-1023'), split('1024-65535')])).last).toBe(
        '1 passed, 0 failed, 0 skipped',
      );
      expect((await run([...rest, split('1024-65535')])).last).toBe('0 passed, 1 failed, 0 skipped');
    });
  });
});
