import { describe, expect, it } from 'vitest';
import type { Gateway, Network } from '#model';
import { analyse, diff, egress, reachBetween } from '#engine';
import { between, explained, inWords } from '../../support/ask.ts';
import { endpoint, networkOf, peering, type NetworkSpec } from '../../support/network.ts';
import { steps } from '../../support/steps.ts';
import { transitGateway, type AttachmentSpec } from '../../support/wide.ts';

const ANY = ['in tcp/22 from any', 'out all to any'];
const TABLE = { t: ['10.0.0.0/16 near', '10.9.0.0/16 far'] };
const ATTACHED: Readonly<Record<string, AttachmentSpec>> = {
  near: { to: 'vpc', subnets: ['door'], table: 't' },
  far: { to: 'other', subnets: ['landing'], table: 't' },
};

/** `a` in `private` and `b` in `far`, each in the network of a transit gateway that stands in a subnet of its own. */
function joined(more: Partial<NetworkSpec> = {}, gateways?: readonly Gateway[]): Network {
  return networkOf({
    hosts: { a: { at: '10.0.1.10', groups: ['ssh'] }, b: { at: '10.9.0.10', groups: ['ssh'] } },
    groups: { ssh: ANY },
    networks: { other: '10.9.0.0/16' },
    gateways: gateways ?? [transitGateway('tgw', ATTACHED, TABLE)],
    ...more,
    subnets: {
      private: { cidr: '10.0.1.0/24', table: 'private', zone: 'z1' },
      door: { cidr: '10.0.255.0/28', table: 'door', zone: 'z1' },
      far: { cidr: '10.9.0.0/24', network: 'other', table: 'far', zone: 'z1' },
      landing: { cidr: '10.9.255.0/28', network: 'other', table: 'landing', zone: 'z1' },
      ...more.subnets,
    },
    tables: {
      private: ['10.0.0.0/16 local', '10.9.0.0/16 tgw'],
      door: ['10.0.0.0/16 local'],
      far: ['10.9.0.0/16 local', '10.0.0.0/16 tgw'],
      landing: ['10.9.0.0/16 local'],
      ...more.tables,
    },
  });
}

/** What `a` gets to `b`, and what of it comes up as a session. */
function asked(network: Network): string {
  const { forward, sure, possible } = reachBetween(analyse(network), endpoint('a'), endpoint('b'));
  return `${inWords(forward.sure, forward.possible)}; ${inWords(sure, possible)}`;
}

const YES = 'tcp 22; tcp 22';
const NO = 'no traffic; no traffic';
const ONE_WAY = 'tcp 22; no traffic';
const MAYBE = '? tcp 22; ? tcp 22';

describe('the table of the attachment decides', () => {
  const withTable = (routes: readonly string[], attachments = ATTACHED, tables = {}) =>
    asked(joined({}, [transitGateway('tgw', attachments, { t: routes, ...tables })]));

  it.each([
    ['routes to both', ['10.0.0.0/16 near', '10.9.0.0/16 far'], YES],
    ['no route there', ['10.0.0.0/16 near'], NO],
    ['no route back', ['10.9.0.0/16 far'], ONE_WAY],
    ['a longer prefix', ['10.0.0.0/16 near', '10.9.0.0/16 blackhole', '10.9.0.0/24 far'], YES],
    ['a longer blackhole', ['10.0.0.0/16 near', '10.9.0.0/16 far', '10.9.0.0/24 blackhole'], NO],
    ['of equal prefixes the first', ['10.0.0.0/16 near', '10.9.0.0/16 far', '10.9.0.0/16 blackhole'], YES],
    ['to the wrong network', ['10.0.0.0/16 near', '10.9.0.0/16 near'], NO],
    ['somewhere that was not read', ['10.0.0.0/16 near', '10.9.0.0/16 unknown'], MAYBE],
    ['to either of two', ['10.0.0.0/16 near', '10.9.0.0/16 near,far'], MAYBE],
    ['destinations that were not read', ['10.0.0.0/16 near', 'unread far'], MAYBE],
    ['a route that may take it away', ['10.0.0.0/16 near', '10.9.0.0/16 far', 'unread blackhole'], MAYBE],
    ['not all routes read', ['unread unknown'], MAYBE],
  ])('%s', (_, routes, expected) => {
    expect(withTable(routes)).toBe(expected);
  });

  it.each([
    ['its own table each', 'there', 'back', YES],
    ['a table without the way back', 'there', 'there', ONE_WAY],
    ['the other table', 'back', 'back', NO],
    ['a table that was not read', 'unread', 'back', MAYBE],
    ['no table for the way back', 'there', undefined, ONE_WAY],
  ])('%s', (_, near, far, expected) => {
    const attachments = {
      near: { ...ATTACHED['near']!, table: near },
      far: { to: 'other', subnets: ['landing'], ...(far !== undefined && { table: far }) },
    };
    const tables = { there: ['10.9.0.0/16 far'], back: ['10.0.0.0/16 near'] };
    expect(withTable([], attachments, tables)).toBe(expected);
  });

  it('a network that is not attached gets nowhere', () => {
    expect(withTable(TABLE.t, { far: ATTACHED['far']! })).toBe(NO);
  });

  it('an attachment that announces no IPv6 carries it by routes that somebody wrote', () => {
    const v6 = {
      hosts: { a: { at: '2600:1:0:1::10', groups: ['ssh'] }, b: { at: '2600:9::10', groups: ['ssh'] } },
      networks: { vpc: '10.0.0.0/16, 2600:1::/56', other: '10.9.0.0/16, 2600:9::/56' },
      subnets: {
        private: { cidr: '10.0.1.0/24, 2600:1:0:1::/64', table: 'private', zone: 'z1' },
        far: { cidr: '10.9.0.0/24, 2600:9::/64', network: 'other', table: 'far', zone: 'z1' },
      },
      tables: {
        private: ['2600:1::/56 local', '2600:9::/56 tgw'],
        far: ['2600:9::/56 local', '2600:1::/56 tgw'],
        landing: ['2600:9::/56 local'],
        door: ['2600:1::/56 local'],
      },
    };
    const table = { t: ['2600:1::/56 near', '2600:9::/56 far'] };
    const silent = { ...ATTACHED, far: { ...ATTACHED['far']!, more: { announces: [4] as const } } };
    expect(asked(joined(v6, [transitGateway('tgw', ATTACHED, table)]))).toBe(YES);
    expect(asked(joined(v6, [transitGateway('tgw', silent, table)]))).toBe(YES);
  });
});

describe('zones', () => {
  const PLACES = {
    private: { cidr: '10.0.1.0/24', table: 'private' },
    far: { cidr: '10.9.0.0/24', network: 'other', table: 'far' },
  };

  it.each([
    ['from a zone without an attachment nothing gets to the gateway', 'z2', 'z1', NO],
    ['into such a zone it does, but no reply leaves it', 'z1', 'z2', ONE_WAY],
    ['the zone of the sender is not known', undefined, 'z1', MAYBE],
    ['the zone of the target is not known', 'z1', undefined, 'tcp 22; ? tcp 22'],
  ])('%s', (_, near, far, expected) => {
    const subnets = {
      private: { ...PLACES.private, ...(near !== undefined && { zone: near }) },
      far: { ...PLACES.far, ...(far !== undefined && { zone: far }) },
    };
    expect(asked(joined({ subnets }))).toBe(expected);
  });

  it('where it is not known in which subnets it stands, nothing is sure', () => {
    const attachments = {
      ...ATTACHED,
      near: { ...ATTACHED['near']!, more: { zonesUnread: 'unread' as never } },
    };
    expect(asked(joined({}, [transitGateway('tgw', attachments, TABLE)]))).toBe(MAYBE);
  });

  // b is in z2, a in z1; the gateway stands in both zones of b's network, and the ACL in z2 lets nothing out to a subnet behind
  it.each([
    ['keeps to the zone that packets come from', true, YES],
    ['picks any of its zones', false, MAYBE],
  ])('an attachment that %s', (_, keepsZone, expected) => {
    const network = joined(
      {
        acls: { shut: ['in allow all from any', 'out deny all to any'] },
        subnets: {
          far: { ...PLACES.far, zone: 'z2' },
          landing: { cidr: '10.9.255.0/28', network: 'other', table: 'landing', zone: 'z1' },
          landing2: { cidr: '10.9.255.16/28', network: 'other', table: 'landing', zone: 'z2', acl: 'shut' },
        },
      },
      [
        transitGateway(
          'tgw',
          {
            ...ATTACHED,
            far: { to: 'other', subnets: ['landing', 'landing2'], table: 't', more: { keepsZone } },
          },
          TABLE,
        ),
      ],
    );
    expect(asked(network)).toBe(expected);
    // what only one of the ways stops is shown as what may stop it
    const verdict = expected === YES ? 'allowed' : 'unknown';
    const found = explained(network, 'a', 'b', 'tcp/22');
    expect([found.verdict, steps(found).filter((text) => text.includes('acl out landing2'))]).toEqual([
      verdict,
      verdict === 'allowed' ? [] : ['? acl out landing2'],
    ]);
  });
});

describe('the ACLs of the subnets in which the gateway stands', () => {
  const open = ['in allow all from any', 'out allow all to any'];
  const noIn = (from: string) => [`in deny all from ${from}`, ...open];
  const noOut = (to: string) => [`out deny all to ${to}`, ...open];

  it.each([
    // on the way there: into the near subnet by the sender's address, out of the far one by the target's
    ['door', noIn('10.0.1.10/32'), NO],
    ['door', noIn('10.9.0.0/16'), YES],
    ['door', noOut('10.9.0.0/16'), YES],
    ['landing', noOut('10.9.0.10/32'), NO],
    ['landing', noOut('10.0.0.0/16'), YES],
    ['landing', noIn('10.0.0.0/16'), YES],
    // for replies the other way round
    ['landing', noIn('10.9.0.10/32'), ONE_WAY],
    ['door', noOut('10.0.1.10/32'), ONE_WAY],
  ])('%s with %j', (subnet, acl, expected) => {
    const network = subnet === 'door' ? 'vpc' : 'other';
    const cidr = subnet === 'door' ? '10.0.255.0/28' : '10.9.255.0/28';
    const subnets = { [subnet]: { cidr, network, table: subnet, zone: 'z1', acl: 'odd' } };
    expect(asked(joined({ acls: { odd: acl }, subnets }))).toBe(expected);
  });

  it('only the ports that they let through', () => {
    const acls = {
      odd: ['in allow tcp/443 from any', 'in allow tcp/1024-65535 from any', 'out allow all to any'],
    };
    const subnets = { door: { cidr: '10.0.255.0/28', table: 'door', zone: 'z1', acl: 'odd' } };
    const groups = { ssh: ['in tcp/22 from any', 'in tcp/443 from any', 'out all to any'] };
    expect(asked(joined({ acls, subnets, groups }))).toBe('tcp 443; tcp 443');
  });

  it('two addresses of one subnet, of which one is denied', () => {
    const acls = { odd: noIn('10.0.1.10/32') };
    const subnets = { door: { cidr: '10.0.255.0/28', table: 'door', zone: 'z1', acl: 'odd' } };
    const hosts = {
      a: { at: '10.0.1.10', groups: ['ssh'] },
      c: { at: '10.0.1.11', groups: ['ssh'] },
      b: { at: '10.9.0.10', groups: ['ssh'] },
    };
    const network = joined({ acls, subnets, hosts });
    expect(between(network, 'a', 'b')).toBe('no traffic');
    expect(between(network, 'c', 'b')).toBe('tcp 22');
  });

  // https://docs.aws.amazon.com/vpc/latest/tgw/tgw-nacls.html: same subnet
  it.each([
    ['what comes out of the gateway is not looked at', ['in deny all from 10.0.0.0/16', ...open], YES],
    ['nor is it on its way out', ['out deny all to 10.9.0.0/16', ...open], YES],
    ['what goes into it is, by the sender', ['in deny all from 10.9.0.0/16', ...open], ONE_WAY],
    ['and by the target', ['out deny all to 10.0.0.0/16', ...open], ONE_WAY],
  ])('a target in the same subnet: %s', (_, acl, expected) => {
    const stands = { ...ATTACHED, far: { to: 'other', subnets: ['far'], table: 't' } };
    const subnets = { far: { cidr: '10.9.0.0/24', network: 'other', table: 'far', zone: 'z1', acl: 'odd' } };
    const network = joined({ acls: { odd: acl }, subnets }, [transitGateway('tgw', stands, TABLE)]);
    expect(asked(network)).toBe(expected);
  });

  it('a peer that comes by another way into that subnet is looked at', () => {
    const stands = { ...ATTACHED, far: { to: 'other', subnets: ['far'], table: 't' } };
    const subnets = { far: { cidr: '10.9.0.0/24', network: 'other', table: 'far', zone: 'z1', acl: 'odd' } };
    const acls = { odd: ['in deny all from 10.0.0.0/16', ...open] };
    const tables = { private: ['10.0.0.0/16 local', '10.9.0.0/16 peer'] };
    const gateways = [transitGateway('tgw', stands, TABLE), peering('peer', ['vpc', 'other'])];
    expect(asked(joined({ acls, subnets, tables }, gateways))).toBe(NO);
  });

  it('routing does not ask them', () => {
    const acls = { odd: noIn('any') };
    const subnets = { door: { cidr: '10.0.255.0/28', table: 'door', zone: 'z1', acl: 'odd' } };
    const [on] = explained(joined({ acls, subnets }), 'a', 'b', 'tcp/22').steps.filter(
      ({ kind }) => kind === 'transit',
    );
    expect(on?.mark).toBe('passes');
  });
});

describe('the table of the subnet into which the gateway hands packets', () => {
  it.each([
    [['10.9.0.0/16 local'], YES],
    // inspected on the way in: what the appliance lets through is not known
    [['10.9.0.0/16 local', '10.9.0.0/24 unknown'], MAYBE],
    [['10.9.0.0/16 local', '10.9.0.0/24 blackhole'], NO],
    [['10.9.0.0/16 local', 'unread blackhole'], MAYBE],
    // not from edge to edge
    [['10.9.0.0/24 igw', '10.9.255.0/28 local'], NO],
  ])('%j', (landing, expected) => {
    expect(asked(joined({ tables: { landing } }))).toBe(expected);
  });

  it('a second transit gateway behind it is followed as far as it is possible', () => {
    const network = joined(
      {
        networks: { other: '10.9.0.0/16', hub: '10.5.0.0/16' },
        subnets: { hub: { cidr: '10.5.0.0/28', network: 'hub', table: 'hub', zone: 'z1' } },
        tables: {
          hub: ['10.5.0.0/16 local', '10.9.0.0/16 tgw2', '10.0.0.0/16 tgw'],
          far: ['10.9.0.0/16 local', '10.0.0.0/16 tgw2'],
        },
      },
      [
        transitGateway(
          'tgw',
          { near: ATTACHED['near']!, hub: { to: 'hub', subnets: ['hub'], table: 't' } },
          { t: ['10.9.0.0/16 hub', '10.0.0.0/16 near'] },
        ),
        transitGateway(
          'tgw2',
          { far: ATTACHED['far']!, hub: { to: 'hub', subnets: ['hub'], table: 't' } },
          { t: ['10.9.0.0/16 far', '10.0.0.0/16 hub'] },
        ),
      ],
    );
    expect(asked(network)).toBe(MAYBE);
  });

  // whether a gateway hands a packet back to where it came from is not documented
  it.each([
    ['may deliver it', ['10.9.0.0/16 local'], MAYBE],
    ['and its table may not', ['10.9.0.0/16 local', '10.9.0.0/24 blackhole'], NO],
    ['or send it round and round', ['10.9.0.0/24 tgw', '10.9.255.0/28 local'], NO],
  ])('its own network: %s', (_, door, expected) => {
    const network = joined(
      {
        hosts: { a: { at: '10.9.1.10', groups: ['ssh'] }, b: { at: '10.9.0.10', groups: ['ssh'] } },
        subnets: {
          private: { cidr: '10.9.1.0/24', network: 'other', table: 'private', zone: 'z1' },
          door: { cidr: '10.9.254.0/28', network: 'other', table: 'door', zone: 'z1' },
        },
        tables: {
          private: ['10.9.0.0/16 local', '10.9.0.0/24 tgw'],
          far: ['10.9.0.0/16 local'],
          door,
        },
      },
      [
        transitGateway(
          'tgw',
          { far: { to: 'other', subnets: ['door'], table: 't' } },
          { t: ['10.9.0.0/16 far'] },
        ),
      ],
    );
    expect(asked(network)).toBe(expected);
  });

  it('its own network may also get it out, whatever gateway serves it', () => {
    const network = joined(
      {
        hosts: { a: { at: '10.9.1.10=54.0.0.1', groups: ['ssh'] }, b: { at: '10.9.0.10', groups: ['ssh'] } },
        subnets: {
          private: { cidr: '10.9.1.0/24', network: 'other', table: 'private', zone: 'z1' },
          door: { cidr: '10.9.254.0/28', network: 'other', table: 'door', zone: 'z1' },
        },
        tables: {
          private: ['10.9.0.0/16 local', '0.0.0.0/0 tgw'],
          door: ['10.9.0.0/16 local', '0.0.0.0/0 igw2'],
        },
      },
      [
        transitGateway(
          'tgw',
          { far: { to: 'other', subnets: ['door'], table: 't' } },
          { t: ['0.0.0.0/0 far'] },
        ),
        { kind: 'internet', id: 'igw2', name: 'igw2', network: 'other', at: {} } as never,
      ],
    );
    const [found] = egress(analyse(network));
    expect([found?.sure.length, found?.possible.length]).toEqual([0, 1]);
  });

  it('one that sends it back to the same gateway loses it', () => {
    const tables = { landing: ['10.9.255.0/28 local', '10.9.0.0/24 tgw'] };
    expect(asked(joined({ tables }))).toBe(NO);
  });
});

describe('peered gateways', () => {
  const peers = (near: readonly string[], far: readonly string[]) => [
    transitGateway(
      'tgw',
      { near: ATTACHED['near']!, link: { to: 'peer:tgw2', table: 't' } },
      { t: ['10.0.0.0/16 near', ...near] },
    ),
    transitGateway(
      'tgw2',
      { far: ATTACHED['far']!, link: { to: 'peer:tgw', table: 't' } },
      { t: ['10.9.0.0/16 far', ...far] },
    ),
  ];
  const tables = { far: ['10.9.0.0/16 local', '10.0.0.0/16 tgw2'] };

  it.each([
    [['10.9.0.0/16 link'], ['10.0.0.0/16 link'], YES],
    [['10.9.0.0/16 link'], [], ONE_WAY],
    [[], ['10.0.0.0/16 link'], NO],
  ])('%j and %j', (near, far, expected) => {
    expect(asked(joined({ tables }, peers(near, far)))).toBe(expected);
  });

  it('a packet that goes round is lost', () => {
    const [near] = peers(['10.9.0.0/16 link'], []);
    const round = transitGateway(
      'tgw2',
      { far: ATTACHED['far']!, link: { to: 'peer:tgw', table: 't' } },
      { t: ['10.9.0.0/16 link', '10.0.0.0/16 link'] },
    );
    expect(asked(joined({ tables }, [near!, round]))).toBe(NO);
  });

  it('a peer that was not read is unknown', () => {
    const gateway = transitGateway(
      'tgw',
      { near: ATTACHED['near']!, far: { to: 'unknown', table: 't' } },
      TABLE,
    );
    expect(asked(joined({ tables: { far: ['10.9.0.0/16 local', '10.0.0.0/16 unknown'] } }, [gateway]))).toBe(
      MAYBE,
    );
  });
});

describe('SG9: rules that name a group across the gateway', () => {
  const groups = { ssh: ['in tcp/22 from group ssh', 'out all to any'] };
  const shares = (near: boolean, far: boolean) => [
    transitGateway(
      'tgw',
      {
        near: { ...ATTACHED['near']!, more: { sharesGroups: near } },
        far: { ...ATTACHED['far']!, more: { sharesGroups: far } },
      },
      TABLE,
    ),
  ];

  it.each([
    [true, true, YES],
    [true, false, NO],
    [false, true, NO],
  ])('%s on one side, %s on the other', (near, far, expected) => {
    expect(asked(joined({ groups }, shares(near, far)))).toBe(expected);
  });

  it('not for what goes out', () => {
    const out = { ssh: ['in tcp/22 from any', 'out all to group ssh'] };
    expect(asked(joined({ groups: out }, shares(true, true)))).toBe(NO);
  });
});

describe('what is told of it', () => {
  it('which table, which route, which ACLs', () => {
    expect(steps(explained(joined(), 'a', 'b', 'tcp/22'))).toEqual([
      '+ a takes part',
      '+ group out a: ssh#1',
      '+ acl out private',
      '+ route private: 10.9.0.0/16 tgw',
      '+ acl in door',
      '+ on tgw: 10.9.0.0/16 far',
      '+ acl out landing',
      '+ b takes part',
      '+ acl in far',
      '+ group in b: ssh#0',
      '+ return far: 10.0.0.0/16 tgw',
      '+ reply out far',
      '+ reply in landing',
      '+ back tgw: 10.0.0.0/16 near',
      '+ reply out door',
      '+ reply in private',
    ]);
  });

  it('why an answer is unknown', () => {
    const gateways = [transitGateway('tgw', ATTACHED, { t: ['10.0.0.0/16 near', '10.9.0.0/16 unknown'] })];
    const { verdict, because } = explained(joined({}, gateways), 'a', 'b', 'tcp/22');
    expect([verdict, because]).toEqual(['unknown', ['unread']]);
  });

  it('where a subnet has no way to the gateway', () => {
    const subnets = { private: { cidr: '10.0.1.0/24', table: 'private', zone: 'z2' } };
    const found = explained(joined({ subnets }), 'a', 'b', 'tcp/22').steps.find(
      ({ kind }) => kind === 'transit',
    );
    expect(found).toMatchObject({ mark: 'blocks', attachment: undefined });
  });
});

describe('changes', () => {
  it('a route in the gateway that goes closes what it carried, replies too', () => {
    const { closed } = diff(
      joined(),
      joined({}, [transitGateway('tgw', ATTACHED, { t: ['10.0.0.0/16 near'] })]),
    );
    expect(closed.map(({ from, to, transport }) => `${from} ${to} ${transport.toString()}`).sort()).toEqual([
      'a b tcp 22',
      'b a tcp 22',
    ]);
  });

  it('an attachment that comes opens it', () => {
    const without = joined({}, [
      transitGateway('tgw', { near: ATTACHED['near']! }, { t: ['10.0.0.0/16 near'] }),
    ]);
    expect(diff(without, joined()).opened.map(({ from, to }) => `${from} ${to}`)).toContain('a b');
  });
});
