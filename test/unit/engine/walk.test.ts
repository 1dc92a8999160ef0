import { describe, expect, it } from 'vitest';
import { idOf } from '#model';
import { explained } from '../../support/ask.ts';
import { natGateway, networkOf, type HostSpec, type NetworkSpec } from '../../support/network.ts';
import { steps } from '../../support/steps.ts';

const OPEN = ['in all from any', 'out all to any'];
const HOSTS: Record<string, HostSpec> = {
  a: { at: '10.0.0.10=203.0.113.10', groups: ['a'] },
  b: { at: '10.0.1.10', groups: ['b'] },
};

const world = (more: Partial<NetworkSpec> = {}) =>
  networkOf({ ...more, hosts: { ...HOSTS, ...more.hosts }, groups: { a: OPEN, b: OPEN, ...more.groups } });

const border = (acl: string) => ({ private: { cidr: '10.0.1.0/24', table: 'private', acl } });

describe('the way to the outside', () => {
  it('ends with what lets the reply in', () => {
    expect(steps(explained(world(), 'a', '8.8.8.8', 'tcp/443'))).toEqual([
      '+ a public address',
      '+ group out a: a#1',
      '+ acl out public',
      '+ route public: 0.0.0.0/0 igw',
      '+ reply in public',
    ]);
  });

  it('of one without a public address has no route', () => {
    const network = world({ tables: { private: ['10.0.0.0/16 local', '0.0.0.0/0 igw'] } });
    const found = explained(network, 'b', '8.8.8.8', 'tcp/443');
    expect([found.verdict, steps(found).slice(0, 1)]).toEqual(['denied', ['+ b takes part']]);
    expect(steps(found)).toContain('- route private: 0.0.0.0/0 igw');
  });

  it('from the outside is nobody’s to explain: denied, without a step', () => {
    const found = explained(world(), '9.9.9.9', '8.8.8.8', 'tcp/443');
    expect([found.verdict, steps(found)]).toEqual(['denied', []]);
  });
});

describe('the rules that are named', () => {
  const NEIGHBOURS = {
    c: { at: '10.0.0.9' },
    d: { at: '10.0.0.11' },
    e: { at: '10.0.1.9' },
    f: { at: '10.0.1.11' },
  };

  it.each([
    [
      'in',
      { b: ['in tcp/22 from 10.0.0.9', 'in tcp/22 from 10.0.0.10', 'in tcp/22 from 10.0.0.11'] },
      '+ group in b: b#1',
    ],
    [
      'out',
      { a: ['out tcp/22 to 10.0.1.9', 'out tcp/22 to 10.0.1.10', 'out tcp/22 to 10.0.1.11'] },
      '+ group out a: a#1',
    ],
  ])('%s a group are those for the far end, not for its neighbours', (_, groups, step) => {
    const found = explained(world({ hosts: NEIGHBOURS, groups }), 'a', 'b', 'tcp/22');
    expect([found.verdict, steps(found).filter((text) => text.includes('#1'))]).toEqual(
      expect.arrayContaining(['allowed', expect.arrayContaining([step])]),
    );
  });
});

describe('the route that is named', () => {
  it.each([
    [
      'the longest prefix',
      ['10.0.0.0/8 blackhole', '10.0.0.0/16 local', '10.0.1.0/24 unknown'],
      '? route public: 10.0.1.0/24 unknown',
    ],
    [
      'of one length the first',
      ['10.0.0.0/16 local', '10.0.0.0/16 blackhole'],
      '+ route public: 10.0.0.0/16 local',
    ],
    [
      'one for this very address',
      ['10.0.0.0/16 local', '10.0.1.10/32 unknown'],
      '? route public: 10.0.1.10/32 unknown',
    ],
    ['none of the other family', ['::/0 igw'], '- route public: none'],
    ['none whose destinations were not read', ['unread blackhole'], '- route public: none'],
  ])('is %s', (_, table, step) => {
    expect(steps(explained(world({ tables: { public: table } }), 'a', 'b', 'tcp/22'))).toContain(step);
  });
});

describe('an unknown names the blind spots that it hangs on, and no other', () => {
  const because = (more: Partial<NetworkSpec>, from = 'a', to = 'b', flows = 'tcp/22') => {
    const found = explained(world(more), from, to, flows);
    expect(found.verdict).toBe('unknown');
    return [...found.because].sort();
  };
  const LETS_IN = 'in all from any ?=in';

  it.each<[string, Partial<NetworkSpec>, string[]]>([
    ['a group', { groups: { b: ['in tcp/22 from any ?=ssh', 'in tcp/80 from any ?=web'] } }, ['ssh']],
    [
      'a group that admits it by another rule',
      { groups: { a: ['out all to any ?=out', 'out tcp to any'], b: [LETS_IN] } },
      ['in'],
    ],
    [
      'an ACL',
      {
        groups: {},
        acls: {
          acl: [
            'in allow tcp/22 from any ?=ssh',
            'in allow udp from any ?=dns',
            'out allow all to any ?=out',
          ],
        },
        subnets: border('acl'),
      },
      ['out', 'ssh'],
    ],
    [
      'an ACL that is sure of it',
      {
        groups: { b: [LETS_IN] },
        acls: { acl: ['in allow tcp/22 from any', 'in deny all from any ?=deny', 'out allow all to any'] },
        subnets: border('acl'),
      },
      ['in'],
    ],
    [
      'the answers that an ACL lets out',
      {
        acls: { acl: ['in allow all from any', 'in deny udp from any ?=dns', 'out allow all to any ?=out'] },
        subnets: border('acl'),
      },
      ['out'],
    ],
    [
      'a route',
      { tables: { public: ['10.0.0.0/16 local', '10.0.1.0/24 unknown=tgw', '10.7.0.0/16 unknown=vpn'] } },
      ['tgw'],
    ],
    [
      'routes to places that were not read',
      { tables: { public: ['10.0.0.0/16 local', 'unread=list blackhole', '10.7.0.0/16 unknown=vpn'] } },
      ['list'],
    ],
    [
      'routes that do not matter',
      { groups: { b: [LETS_IN] }, tables: { public: ['10.0.0.0/16 local', '10.7.0.0/16 unknown=vpn'] } },
      ['in'],
    ],
  ])('%s', (_, more, expected) => {
    expect(because(more)).toEqual(expected);
  });

  it('also where a part of what was asked is sure', () => {
    const groups = { b: ['in tcp/22 from any', 'in tcp/443 from any ?=web', 'out all to any'] };
    expect(because({ groups }, 'a', 'b', 'all')).toEqual(['web']);
    expect(explained(world({ groups }), 'a', 'b', 'all').flow.point).toBe(443);
  });

  const BY_VPN = {
    tables: { private: ['10.0.0.0/16 local', '172.16.0.0/12 unknown=vpn'] },
    sideDoors: ['vpc'],
  };

  it.each([
    ['in tcp/22 from any', ['side door', 'vpn']],
    ['in tcp/22 from group gone beyond=peer', ['peer', 'side door', 'vpn']],
    ['in tcp/22 from unread=list', ['list', 'side door', 'vpn']],
  ])('on the way in by a side door: %s', (rule, expected) => {
    expect(because({ ...BY_VPN, groups: { b: [rule, 'out all to any'] } }, '172.16.0.1')).toEqual(expected);
  });

  it('but not for the side doors of other networks', () => {
    const network = world(BY_VPN);
    const [door] = network.sideDoors;
    const elsewhere = {
      ...door!,
      network: idOf<'network'>('other'),
      because: idOf<'blind-spot'>('elsewhere'),
    };
    const found = explained(
      { ...network, sideDoors: [...network.sideDoors, elsewhere] },
      '172.16.0.1',
      'b',
      'tcp/22',
    );
    expect([...found.because].sort()).toEqual(['side door', 'vpn']);
  });
});

describe('through an appliance', () => {
  it('where it may go on as it is, and not under the appliance’s address, it is not shown to end there', () => {
    const network = world({
      hosts: { c: { at: '10.0.0.20', groups: ['a'] } },
      groups: { b: ['in tcp/22 from 10.0.0.10'] },
      tables: { public: ['10.0.0.0/16 local', '10.0.1.0/24 unknown c'] },
    });
    const found = explained(network, 'a', 'b', 'tcp/22');
    expect([found.verdict, steps(found)]).toEqual([
      'unknown',
      expect.arrayContaining(['? route public: 10.0.1.0/24 unknown c', '+ group in b: b#0']),
    ]);
    expect(steps(found)).not.toContain('- hop appliance');
  });
});

describe('through a NAT gateway', () => {
  const byNat = (more: Partial<NetworkSpec> = {}) =>
    world({
      gateways: [natGateway('nat', 'public', '10.0.0.200', '203.0.113.200')],
      tables: { private: ['10.0.0.0/16 local', '0.0.0.0/0 nat'] },
      ...more,
    });

  it('whose border is shut it does not go', () => {
    const shut = {
      acls: { shut: ['in allow all from any'] },
      subnets: { public: { cidr: '10.0.0.0/24', table: 'public', acl: 'shut' } },
    };
    const found = explained(byNat(shut), 'b', '8.8.8.8', 'tcp/443');
    expect([found.verdict, steps(found).at(-1)]).toEqual(['denied', '- hop nat']);
  });

  // the gateway and the client keep a conversation of their own, across the border of the client's subnet
  it.each([
    ['in allow all from any', 'allowed'],
    ['in allow tcp/1024-65535 from any', 'allowed'],
    ['in allow tcp/0-1023 from any', 'denied'],
    ['in deny all from any', 'denied'],
  ])('the answer has to get past the ACL of the client: %s', (rule, verdict) => {
    const acls = { acl: [rule, 'out allow all to any'] };
    expect(explained(byNat({ acls, subnets: border('acl') }), 'b', '8.8.8.8', 'tcp/443').verdict).toBe(
      verdict,
    );
  });

  it('names the doubts of both borders and of what is behind them', () => {
    const more = {
      acls: {
        near: ['in allow all from any', 'out allow all to any ?=near'],
        far: ['in allow all from any', 'out allow all to any ?=far'],
      },
      subnets: { ...border('near'), public: { cidr: '10.0.0.0/24', table: 'public', acl: 'far' } },
      tables: {
        private: ['10.0.0.0/16 local', '0.0.0.0/0 nat', '10.7.0.0/16 unknown=vpn'],
        public: ['10.0.0.0/16 local', '0.0.0.0/0 igw', 'unread=list blackhole'],
      },
    };
    const found = explained(byNat(more), 'b', '8.8.8.8', 'tcp/443');
    expect([found.verdict, [...found.because].sort()]).toEqual(['unknown', ['far', 'list', 'near', 'vpn']]);
  });
});
