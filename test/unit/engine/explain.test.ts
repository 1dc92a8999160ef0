import { describe, expect, it } from 'vitest';
import { explained } from '../../support/ask.ts';
import { natGateway, networkOf, type NetworkSpec } from '../../support/network.ts';
import { steps } from '../../support/steps.ts';

const GROUPS = {
  a: ['out all to any'],
  b: ['in tcp/22 from group a', 'in tcp/5432 from any ?', 'out all to any'],
};
const HOSTS = { a: { at: '10.0.0.10=203.0.113.10', groups: ['a'] }, b: { at: '10.0.1.10', groups: ['b'] } };

const world = (more: Partial<NetworkSpec> = {}) =>
  networkOf({ groups: GROUPS, ...more, hosts: { ...HOSTS, ...more.hosts } });

describe('an explanation', () => {
  it('names what decides, in the order of the way there and back', () => {
    const found = explained(world(), 'a', 'b', 'tcp/22');
    expect(found.verdict).toBe('allowed');
    expect(steps(found)).toEqual([
      '+ a takes part',
      '+ group out a: a#0',
      '+ acl out public',
      '+ route public: 10.0.0.0/16 local',
      '+ b takes part',
      '+ acl in private',
      '+ group in b: b#0',
      '+ return private: 10.0.0.0/16 local',
      '+ reply out private',
      '+ reply in public',
    ]);
    expect(found.because).toEqual([]);
    expect(found.repliesOnlyTo).toBeUndefined();
  });

  it('within one subnet asks no border and no route', () => {
    const found = explained(world({ hosts: { c: { at: '10.0.1.11', groups: ['a'] } } }), 'c', 'b', 'tcp/22');
    expect(steps(found)).toEqual([
      '+ c takes part',
      '+ group out c: a#0',
      '+ b takes part',
      '+ group in b: b#0',
    ]);
  });

  it('from outside begins with the way in', () => {
    const found = explained(world(), '8.8.8.8', 'a', 'tcp/22');
    expect(found.verdict).toBe('denied');
    expect(steps(found)).toEqual([
      '+ a public address',
      '+ way in to a',
      '+ acl in public',
      '- group in a:',
      '+ return public: 0.0.0.0/0 igw',
      '+ reply out public',
    ]);
  });

  it.each<[string, NetworkSpec['hosts'], string, string]>([
    ['a stopped target', { b: { ...HOSTS.b, is: 'dormant' } }, 'b', '- b stopped'],
    ['a detached target', { b: { ...HOSTS.b, is: 'detached' } }, 'b', '- b detached'],
    ['a deaf target', { b: { ...HOSTS.b, listens: false } }, 'b', '- b listens to nothing'],
    ['a dumb source', { a: { ...HOSTS.a, initiates: false } }, 'b', '- a opens nothing'],
  ])('denies %s and says so', (_, hosts, to, step) => {
    const found = explained(world({ hosts }), 'a', to, 'tcp/22');
    expect([found.verdict, steps(found).filter((text) => text.startsWith('-'))]).toEqual(['denied', [step]]);
  });

  it('says that a private host has no public address', () => {
    expect(steps(explained(world(), '8.8.8.8', 'b', 'tcp/22'))).toEqual(
      expect.arrayContaining(['- b no public address', '- way in to b']),
    );
  });

  it.each([
    ['tcp/22', 'allowed', 'tcp 22'],
    ['tcp/20-30', 'allowed', 'tcp 22'],
    ['tcp/23', 'denied', 'no traffic'],
    ['tcp/5432', 'unknown', 'no traffic'],
    ['all', 'unknown', 'tcp 22'],
  ])('asked about %s it is %s', (flows, verdict, sure) => {
    const found = explained(world(), 'a', 'b', flows);
    expect([found.verdict, found.sure.toString()]).toEqual([verdict, sure]);
  });

  it('has no answer for ends without a common address family', () => {
    expect(() => explained(world(), '2600::1', 'b', 'tcp/22')).toThrow('no addresses of one family');
  });

  it('looks at the addresses that get furthest', () => {
    const found = explained(
      world({
        hosts: { b: { at: ['10.0.1.10', '10.0.1.11'], groups: ['b'] } },
        groups: { ...GROUPS, a: ['out all to 10.0.1.11'] },
      }),
      'a',
      'b',
      'tcp/22',
    );
    expect([found.verdict, found.flow.destination]).toEqual(['allowed', { family: 4, value: 0x0a00_010b }]);
  });

  it('says which client ports get replies', () => {
    const acls = { half: ['in allow all from any', 'out allow tcp/32768-65535 to any'] };
    const found = explained(
      world({ acls, subnets: { private: { cidr: '10.0.1.0/24', table: 'private', acl: 'half' } } }),
      'a',
      'b',
      'tcp/22',
    );
    expect([found.verdict, found.repliesOnlyTo?.toString()]).toEqual(['allowed', 'tcp 32768-65535']);
  });
});

describe('every unknown names the blind spots that cause it', () => {
  const privateSubnet = (acl: string) => ({ private: { cidr: '10.0.1.0/24', table: 'private', acl } });

  it.each<[string, Partial<NetworkSpec>, string, string]>([
    ['a rule in doubt', { groups: { ...GROUPS, b: ['in tcp/22 from any ?'] } }, 'a', '? group in b: b#0?'],
    [
      'a source that was not read',
      { groups: { ...GROUPS, b: ['in tcp/22 from unread'] } },
      'a',
      '? group in b: b#0?',
    ],
    [
      'an ACL in doubt on the way in',
      { acls: { acl: ['in allow all from any ?', 'out allow all to any'] }, subnets: privateSubnet('acl') },
      'a',
      '? acl in private',
    ],
    [
      'a deny in doubt',
      {
        acls: { acl: ['in deny tcp/22 from any ?', 'in allow all from any', 'out allow all to any'] },
        subnets: privateSubnet('acl'),
      },
      'a',
      '? acl in private',
    ],
    [
      'an ACL in doubt for the reply',
      { acls: { acl: ['in allow all from any', 'out allow all to any ?'] }, subnets: privateSubnet('acl') },
      'a',
      '? reply out private',
    ],
    [
      'a route to somewhere unread',
      { tables: { public: ['10.0.0.0/16 unknown'] } },
      'a',
      '? route public: 10.0.0.0/16 unknown',
    ],
    [
      'a way back that is unread',
      { tables: { private: ['10.0.0.0/16 unknown'] } },
      'a',
      '? return private: 10.0.0.0/16 unknown',
    ],
  ])('%s', (_, more, from, step) => {
    const found = explained(world(more), from, 'b', 'tcp/22');
    expect(found.verdict).toBe('unknown');
    expect(steps(found)).toContain(step);
    expect(found.because).toEqual(['unread']);
  });

  it('a gateway that was not read', () => {
    const network = networkOf({
      hosts: { a: { at: '10.9.0.10=203.0.113.10', groups: ['a'] } },
      groups: { a: ['in tcp/22 from any'] },
      networks: { other: '10.9.0.0/16' },
      subnets: { far: { cidr: '10.9.0.0/24', network: 'other', table: 'far' } },
      tables: { far: ['0.0.0.0/0 unknown'] },
      internetUnknown: ['other'],
    });
    const found = explained(network, '8.8.8.8', 'a', 'tcp/22');
    expect(found.verdict).toBe('unknown');
    expect([...found.because].sort()).toEqual(['no gateways', 'unread']);
  });

  it('a NAT gateway whose border was not read', () => {
    const network = networkOf({
      hosts: { a: { at: '10.0.1.10', groups: ['a'] } },
      groups: { a: ['out all to any'] },
      gateways: [natGateway('nat', 'public', '10.0.0.200', '203.0.113.200')],
      acls: { doubtful: ['in allow all from any', 'out allow all to any ?'] },
      subnets: { public: { cidr: '10.0.0.0/24', table: 'public', acl: 'doubtful' } },
      tables: { private: ['10.0.0.0/16 local', '0.0.0.0/0 nat'] },
    });
    const found = explained(network, 'a', '8.8.8.8', 'tcp/443');
    expect(found.verdict).toBe('unknown');
    expect(steps(found)).toContain('? hop nat');
    expect(found.because).toEqual(['unread']);
  });
});

describe('ways through a hop', () => {
  it('a NAT gateway takes the packet on', () => {
    const network = networkOf({
      hosts: { a: { at: '10.0.1.10', groups: ['a'] } },
      groups: { a: ['out all to any'] },
      gateways: [natGateway('nat', 'public', '10.0.0.200', '203.0.113.200')],
      tables: { private: ['10.0.0.0/16 local', '0.0.0.0/0 nat'] },
    });
    const found = explained(network, 'a', '8.8.8.8', 'tcp/443');
    expect(found.verdict).toBe('allowed');
    expect(steps(found)).toEqual([
      '+ a takes part',
      '+ group out a: a#0',
      '+ acl out private',
      '+ route private: 0.0.0.0/0 nat',
      '+ hop nat',
    ]);
  });

  it('an appliance may send it on under its own address', () => {
    const network = networkOf({
      hosts: {
        a: { at: '10.0.1.10', groups: ['a'] },
        firewall: { at: '10.0.0.20', groups: ['a'] },
        b: { at: '10.0.2.10', groups: ['b'] },
      },
      groups: { a: ['out all to any'], b: ['in tcp/22 from 10.0.0.20'] },
      subnets: { third: { cidr: '10.0.2.0/24', table: 'public' } },
      tables: { private: ['10.0.2.0/24 unknown firewall'] },
    });
    const found = explained(network, 'a', 'b', 'tcp/22');
    expect(found.verdict).toBe('unknown');
    expect(found.because).toEqual(['unread']);
  });
});
