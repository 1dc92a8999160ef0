import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IpSet, parseCidr, TransportSet } from '#netset';
import {
  analyse,
  connectivity,
  diff,
  explain,
  explainRelayed,
  exposures,
  HostGraph,
  reachBetween,
  relayedConnections,
  relayedExposures,
  type End,
} from '#engine';
import { idOf, type Network } from '#model';
import {
  endpoint,
  ipOf,
  networkOf,
  peering,
  type HostSpec,
  type NetworkSpec,
} from '../../support/network.ts';
import { relay } from '../../support/relay.ts';

const shop = (more: Partial<NetworkSpec> = {}): Network =>
  networkOf({
    hosts: {
      alb: {
        at: ['10.0.0.10=203.0.113.10', '2600:1::10=2600:1::10'],
        groups: ['front'],
        role: 'load-balancer',
        canPivot: false,
      },
      web: { at: '10.0.1.10', groups: ['web'] },
      nlb: { at: '10.0.1.20', unfiltered: true, role: 'load-balancer', canPivot: false },
      db: { at: '10.0.1.30', groups: ['db'], role: 'database', canPivot: false },
    },
    groups: {
      front: ['in tcp/443 from 0.0.0.0/0', 'in tcp/443 from ::/0', 'out all to any'],
      web: ['in tcp/8080 from group front', 'out all to any'],
      db: ['in tcp/5432 from 10.0.1.10/32'],
    },
    relays: [
      relay({ id: 'alb', listeners: { 'tcp/443': ['web 10.0.1.10 tcp/8080'] } }),
      relay({ id: 'nlb', listeners: { 'tcp/5000': ['db 10.0.1.30 tcp/5432 client'] } }),
    ],
    ...more,
  });

const ways = (network: Network): string[] =>
  relayedExposures(analyse(network)).map(
    ({ endpoint: { id }, family, through, sure, possible }) =>
      `${through.map(({ name }) => name).join('>')}>${id} v${String(family)} ${union(sure)}${union(possible) === union(sure) ? '' : ' ?'}`,
  );
const union = (reach: readonly { transport: TransportSet }[]): string =>
  TransportSet.unionOf(reach.map(({ transport }) => transport)).toString();

const paths = (network: Network, from: string, to: string): string[] =>
  new HostGraph(analyse(network))
    .pathsTo(from === 'internet' ? { kind: 'internet' } : { kind: 'host', host: idOf(from) }, idOf(to))
    .map(({ hops }) => hops.map(({ to: at, transport }) => `${transport.toString()} ${at.name}`).join(', '));

const fallen = (network: Network, from: string): string[] =>
  new HostGraph(analyse(network))
    .fallsFrom(from === 'internet' ? { kind: 'internet' } : { kind: 'host', host: idOf(from) })
    .map(({ host, depth }) => `${String(depth)} ${host}`);

describe('what the internet reaches through relays', () => {
  it('over either family, whatever family the target has', () => {
    expect(ways(shop())).toEqual(['alb>web v4 tcp 8080', 'alb>web v6 tcp 8080']);
  });

  it('through one behind the other', () => {
    const outer = relay({ id: 'nlb', listeners: { 'tcp/443': ['alb 10.0.0.10 tcp/443'] } });
    const network = shop({
      hosts: {
        alb: { at: '10.0.0.10', groups: ['front'], canPivot: false },
        web: { at: '10.0.1.10', groups: ['web'] },
        nlb: { at: '10.0.0.20=203.0.113.20', unfiltered: true, canPivot: false },
      },
      relays: [relay({ id: 'alb', listeners: { 'tcp/443': ['web 10.0.1.10 tcp/8080'] } }), outer],
    });
    expect(ways(network)).toEqual(['nlb>alb v4 tcp 443', 'nlb>alb>web v4 tcp 8080']);
    expect(paths(network, 'internet', 'web')).toEqual(['tcp 443 nlb, tcp 443 alb, tcp 8080 web']);
    expect(fallen(network, 'internet')).toContain('3 web');
  });

  it('one that asks whose address it sees sees that of a relay before it which keeps the clients’ to itself', () => {
    const network = (source: string, named: string): Network => {
      const inner = relay({ id: 'alb', listeners: { 'tcp/443': ['web 10.0.1.10 tcp/8080'] } });
      const clients = IpSet.from([parseCidr(named)!]);
      const listeners = inner.listeners.map((listener) => ({
        ...listener,
        handoffs: listener.handoffs.map((handoff) => ({ ...handoff, clients })),
      }));
      return shop({
        hosts: {
          alb: { at: '10.0.0.10', groups: ['front'], canPivot: false },
          web: { at: '10.0.1.10', groups: ['web'] },
          nlb: { at: '10.0.0.20=203.0.113.20', unfiltered: true, canPivot: false },
          other: { at: '10.0.1.11', groups: [] },
        },
        relays: [
          { ...inner, listeners },
          relay({ id: 'nlb', listeners: { 'tcp/443': [`alb 10.0.0.10 tcp/443 ${source}`] } }),
        ],
      });
    };
    const reached = (source: string, named: string): string[] =>
      ways(network(source, named)).filter((way) => way.includes('>web'));
    expect(reached('relay', '10.0.0.0/8')).toEqual(['nlb>alb>web v4 tcp 8080']);
    expect(reached('client', '10.0.0.0/8')).toEqual([]);
    expect(reached('unknown', '10.0.0.0/8')).toEqual(['nlb>alb>web v4 no traffic ?']);
    expect(reached('relay', '8.0.0.0/8')).toEqual([]);
    expect(reached('client', '8.0.0.0/8')).toEqual(['nlb>alb>web v4 tcp 8080']);
    expect(fallen(network('relay', '10.0.0.20/32'), 'internet')).toContain('3 web');
    expect(fallen(network('relay', '10.0.1.0/24'), 'internet')).not.toContain('3 web');
  });

  it('a loop of relays ends', () => {
    const network = shop({
      relays: [
        relay({ id: 'alb', listeners: { 'tcp/443': ['nlb 10.0.1.20 tcp/1', 'web 10.0.1.10 tcp/8080'] } }),
        relay({ id: 'nlb', listeners: { 'tcp/1': ['alb 10.0.0.10 tcp/443'] } }),
      ],
    });
    expect(ways(network)).toContain('alb>web v4 tcp 8080');
  });

  it('a kept address is the client’s, of the target’s family only', () => {
    const kept = (rules: readonly string[]): Network =>
      shop({
        groups: { front: ['in tcp/443 from any', 'out all to any'], web: rules },
        hosts: {
          alb: { at: ['10.0.0.10=203.0.113.10', '2600:1::10=2600:1::10'], groups: ['front'] },
          web: { at: '10.0.1.10', groups: ['web'] },
        },
        relays: [relay({ id: 'alb', listeners: { 'tcp/443': ['web 10.0.1.10 tcp/8080 client'] } })],
      });
    expect(ways(kept(['in tcp/8080 from 0.0.0.0/0']))).toEqual([
      'alb>web v4 tcp 8080',
      'alb>web v6 tcp 8080',
    ]);
    expect(ways(kept(['in tcp/8080 from 198.51.100.0/24']))).toEqual(['alb>web v4 tcp 8080']);
    expect(ways(kept(['in tcp/8080 from 10.0.0.10/32']))).toEqual(['alb>web v6 tcp 8080']);
  });

  it('a kept address goes no further than a peered network of the Region', () => {
    const far = (gateways: NetworkSpec['gateways']): Network =>
      networkOf({
        networks: { far: '10.9.0.0/16' },
        subnets: { far: { cidr: '10.9.0.0/24', network: 'far', table: 'far' } },
        tables: {
          public: ['10.0.0.0/16 local', '0.0.0.0/0 igw', '10.9.0.0/16 pcx'],
          far: ['10.9.0.0/16 local', '10.0.0.0/16 pcx'],
        },
        ...(gateways && { gateways }),
        hosts: {
          nlb: { at: '10.0.0.20=203.0.113.20', unfiltered: true },
          db: { at: '10.9.0.5', groups: ['db'] },
        },
        groups: { db: ['in tcp/5432 from any'] },
        relays: [relay({ id: 'nlb', listeners: { 'tcp/5432': ['db 10.9.0.5 tcp/5432 client'] } })],
      });
    expect(ways(far([peering('pcx', ['vpc', 'far'])]))).toEqual(['nlb>db v4 tcp 5432']);
    expect(ways(far([peering('pcx', ['vpc', 'far'], false)]))).toEqual([]);
  });

  it('no more of the internet than gets into the first relay', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('198.51.100.0/24', '0.0.0.0/1', '8.0.0.0/8', '10.0.0.0/8'), {
          minLength: 1,
        }),
        fc.array(fc.constantFrom('198.51.100.0/25', '0.0.0.0/0', '8.8.8.8/32', '10.0.0.0/16'), {
          minLength: 1,
        }),
        fc.constantFrom('relay', 'client', 'unknown'),
        (front, back, source) => {
          const network = shop({
            groups: {
              front: [...front.map((cidr) => `in tcp/443 from ${cidr}`), 'out all to any'],
              web: back.map((cidr) => `in tcp/8080 from ${cidr}`),
              db: [],
            },
            relays: [relay({ id: 'alb', listeners: { 'tcp/443': [`web 10.0.1.10 tcp/8080 ${source}`] } })],
          });
          const analysis = analyse(network);
          const direct = exposures(analysis).find(({ endpoint: { id } }) => id === endpoint('alb'));
          for (const { sure, possible } of relayedExposures(analysis)) {
            for (const { ips } of sure)
              expect(direct?.sure.some((piece) => ips.isSubsetOf(piece.ips))).toBe(true);
            for (const { ips } of possible)
              expect(direct?.possible.some((piece) => ips.isSubsetOf(piece.ips))).toBe(true);
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  it('adding one takes no flow away', () => {
    const flows = (network: Network): string[] =>
      [...connectivity(analyse(network))].map(
        ({ from, to, sure, possible }) => `${from} ${to} ${sure.toString()} ${possible.toString()}`,
      );
    // what nothing filters is open on its listeners alone, once they are known
    const others = (network: Network): string[] => flows(network).filter((flow) => !flow.includes(' nlb '));
    expect(others(shop())).toEqual(others({ ...shop(), relays: new Map() }));
  });
});

describe('where a kept address is seen', () => {
  type Case = {
    readonly front?: readonly string[];
    readonly acl: readonly string[];
    readonly at?: string;
    readonly aclOfRelay?: readonly string[];
    readonly routes?: readonly string[];
  };
  const OPEN = ['in allow all from any', 'out allow all to any'];
  const kept = ({
    front = ['in all from any', 'out all to any'],
    acl,
    at = '10.0.1.10',
    aclOfRelay = OPEN,
    routes = [],
  }: Case): Network =>
    networkOf({
      hosts: { nlb: { at: '10.0.0.20=203.0.113.20', groups: ['front'] }, web: { at, groups: ['web'] } },
      groups: { front, web: ['in tcp/80 from any'] },
      acls: { 'acl-web': acl, 'acl-nlb': aclOfRelay },
      subnets: {
        public: { cidr: '10.0.0.0/24', table: 'public', acl: 'acl-nlb' },
        private: { cidr: '10.0.1.0/24', acl: 'acl-web' },
      },
      tables: { public: ['10.0.0.0/16 local', '0.0.0.0/0 igw', ...routes] },
      relays: [relay({ id: 'nlb', listeners: { 'tcp/80': [`web ${at} tcp/80 client`] } })],
    });

  it.each<[string, Case, readonly string[]]>([
    ['everything is open', { acl: OPEN }, ['nlb>web v4 tcp 80']],
    [
      'the ACL of the target lets in the relay and not the client',
      { acl: ['in allow all from 10.0.0.0/16', 'out allow all to any'] },
      [],
    ],
    [
      'it lets no reply out to the client',
      { acl: ['in allow all from any', 'out allow all to 10.0.0.0/16'] },
      [],
    ],
    [
      'in the relay’s own subnet no ACL of its own is crossed again',
      {
        acl: OPEN,
        at: '10.0.0.30',
        aclOfRelay: ['in allow tcp/80 from any', 'out allow tcp/1024-65535 to any'],
      },
      ['nlb>web v4 tcp 80'],
    ],
    [
      'the relay’s group lets nothing out to the target',
      { acl: OPEN, front: ['in all from any', 'out tcp/80 to 198.51.100.0/24'] },
      [],
    ],
    [
      'the relay’s ACL lets nothing out to the target',
      {
        acl: OPEN,
        aclOfRelay: ['in allow all from any', 'out deny all to 10.0.0.0/16', 'out allow all to any'],
      },
      [],
    ],
    // it must flow directly
    ['the relay’s route to the target leads elsewhere', { acl: OPEN, routes: ['10.0.1.0/24 blackhole'] }, []],
    ['or was not read', { acl: OPEN, routes: ['10.0.1.0/24 unknown'] }, ['nlb>web v4 no traffic ?']],
    [
      'the relay’s ACL lets no reply in from the target',
      {
        acl: OPEN,
        aclOfRelay: ['in deny all from 10.0.0.0/16', 'in allow all from any', 'out allow all to any'],
      },
      [],
    ],
  ])('%s', (_, one, found) => {
    expect(ways(kept(one))).toEqual(found);
  });

  it('in one subnet, an ACL that would stop it between two does not', () => {
    const acl = ['in deny tcp/81 from any', 'in allow all from any', 'out allow all to any'];
    const network = networkOf({
      hosts: {
        nlb: { at: '10.0.0.20=203.0.113.20', unfiltered: true },
        web: { at: '10.0.0.30', groups: ['web'] },
      },
      groups: { web: ['in tcp/81 from any'] },
      acls: { mine: acl },
      subnets: { public: { cidr: '10.0.0.0/24', table: 'public', acl: 'mine' } },
      relays: [relay({ id: 'nlb', listeners: { 'tcp/80': ['web 10.0.0.30 tcp/81 client'] } })],
    });
    expect(ways(network)).toEqual(['nlb>web v4 tcp 81']);
  });
});

describe('a relay that nothing filters', () => {
  const made = (isWhole: boolean, unfiltered = true): Network =>
    networkOf({
      hosts: { nlb: { at: '10.0.0.20=203.0.113.20', unfiltered, groups: ['all'] } },
      groups: { all: ['in all from 0.0.0.0/0'] },
      relays: [relay({ id: 'nlb', listeners: { 'tcp/443': [], 'udp/53': [] }, isWhole })],
    });
  const open = (network: Network): string[] => exposures(analyse(network)).map(({ sure }) => union(sure));

  it('answers on its listeners and on nothing else', () => {
    expect(open(made(true))).toEqual(['tcp 443; udp 53']);
  });

  it('but perhaps on more if not all of them are known', () => {
    expect(open(made(false))).toEqual(['all traffic']);
  });

  it('and one that a group filters counts as open where the group is', () => {
    expect(open(made(true, false))).toEqual(['all traffic']);
  });
});

describe('ways through relays', () => {
  it('lead from the internet to what the target can open, and no further', () => {
    expect(paths(shop(), 'internet', 'db')).toEqual([
      'tcp 443 alb, tcp 8080 web, tcp 5432 db',
      'tcp 443 alb, tcp 8080 web, tcp 5000 nlb, tcp 5432 db',
    ]);
    expect(fallen(shop(), 'internet')).toEqual(['1 alb', '2 web', '3 nlb', '3 db']);
  });

  it('are told once, however many listeners and rules of it lead there', () => {
    const network = shop({
      hosts: {
        jump: { at: '10.0.1.5', groups: ['web'] },
        nlb: { at: '10.0.1.20', unfiltered: true, role: 'load-balancer', canPivot: false },
        db: { at: '10.0.1.30', groups: ['db'], role: 'database', canPivot: false },
      },
      groups: { web: ['out all to any'], db: ['in tcp/5432 from 10.0.1.20/32'], front: [] },
      relays: [
        relay({
          id: 'nlb',
          listeners: {
            'tcp/5000': ['db 10.0.1.30 tcp/5432', 'db 10.0.1.30 tcp/5432'],
            'tcp/5001': ['db 10.0.1.30 tcp/5432'],
          },
        }),
      ],
    });
    expect(paths(network, 'jump', 'db')).toEqual(['tcp 5000-5001 nlb, tcp 5432 db']);
  });

  it('lead through an internal one where there is no direct way', () => {
    const network = shop({
      groups: { web: ['out tcp/5000 to 10.0.1.20/32'], db: ['in tcp/5432 from 10.0.1.10/32'], front: [] },
    });
    expect(paths(network, 'web', 'db')).toEqual(['tcp 5000 nlb, tcp 5432 db']);
    expect(fallen(network, 'web')).toEqual(['1 nlb', '2 db']);
    const [path] = [
      new HostGraph(analyse(network)).shortestTo({ kind: 'host', host: idOf('web') }, idOf('db')),
    ];
    expect(path?.hops.map(({ from, to }) => `${from?.name ?? ''}>${to.name}`)).toEqual(['web>nlb', 'nlb>db']);
  });

  it.each<[string, Partial<NetworkSpec>]>([
    [
      'a client’s group does not count where its address is kept',
      { groups: { web: ['out tcp/5000 to any'], db: ['in tcp/5432 from group web'], front: [] } },
    ],
    [
      'the client must be able to dial the listener',
      { groups: { web: ['out tcp/5432 to 10.0.1.20/32'], db: ['in tcp/5432 from any'], front: [] } },
    ],
    [
      'the target must admit the port that it is dialled on',
      { groups: { web: ['out tcp/5000 to any'], db: ['in tcp/6000 from any'], front: [] } },
    ],
  ])('%s', (_, spec) => {
    expect(paths(shop(spec), 'web', 'db')).toEqual([]);
    expect(fallen(shop(spec), 'web')).not.toContain('2 db');
  });

  it('that are ignored are none', () => {
    const graph = new HostGraph(analyse(shop()), { ignores: ({ relay: { name } }) => name === 'alb' });
    expect(graph.fallsFrom({ kind: 'internet' }).map(({ host }) => host)).toEqual(['alb']);
    expect(graph.pathsTo({ kind: 'internet' }, idOf('web'))).toEqual([]);
  });
});

describe('a change', () => {
  const before = (): Network => shop({ relays: [relay({ id: 'alb', listeners: {} })] });
  const changes = (old: Network, now: Network): string[] =>
    diff(old, now).exposures.map(
      ({ endpoint: id, family, through, isWider }) =>
        `${isWider ? '+' : '-'} ${(through ?? []).map(({ name }) => name).join()} ${id} v${String(family)}`,
    );

  it('a listener that comes or goes', () => {
    const opened = ['+ alb web v4', '+ alb web v6'];
    expect(changes(before(), shop())).toEqual(opened);
    expect(changes(shop(), before())).toEqual(opened.map((text) => text.replace('+', '-')));
  });

  it('a target that is registered', () => {
    const empty = shop({ relays: [relay({ id: 'alb', listeners: { 'tcp/443': [] } })] });
    expect(changes(empty, shop())).toEqual(['+ alb web v4', '+ alb web v6']);
  });

  it('a group that opens behind it', () => {
    const shut = shop({
      groups: { front: ['in tcp/443 from 0.0.0.0/0', 'out all to any'], web: [], db: [] },
    });
    const open = shop({
      groups: {
        front: ['in tcp/443 from 0.0.0.0/0', 'out all to any'],
        web: ['in tcp/8080 from 10.0.0.10/32'],
        db: [],
      },
    });
    expect(changes(shut, open)).toEqual(['+ alb web v4']);
  });
});

it('the ways from one end to another are explained', () => {
  const network = shop();
  const explained = (from: string, to: string, asked = TransportSet.ALL): string[] =>
    explainRelayed(
      analyse(network),
      /^\d/.test(from) ? { kind: 'outside', ip: ipOf(from) } : { kind: 'endpoint', id: endpoint(from) },
      network.endpoints.get(endpoint(to))!,
      asked,
    ).map(
      ({ relay: { name }, verdict, dialled, handed, onward }) =>
        `${verdict} ${name} ${dialled.toString()} ${handed.toString()} ${onward.map(({ mark }) => mark).join()}`,
    );
  expect(explained('8.8.8.8', 'web')[0]).toMatch(/^allowed alb tcp 443 tcp 8080 passes(,passes)*$/);
  expect(explained('8.8.8.8', 'web', TransportSet.tcp(22))).toEqual([]);
  expect(explained('8.8.8.8', 'db')).toEqual([]);
  expect(explained('web', 'db')).toEqual(['allowed nlb tcp 5000 tcp 5432 passes,passes']);
});

describe('a load balancer that nothing filters answers on its listeners, whoever asks', () => {
  const nlb: HostSpec = {
    at: '10.0.0.20=203.0.113.20',
    unfiltered: true,
    role: 'load-balancer',
    canPivot: false,
  };
  const balanced = (isWhole = true): Network =>
    shop({
      hosts: { nlb, web: { at: '10.0.1.10', groups: ['web'] }, db: { at: '10.0.1.30', groups: ['db'] } },
      relays: [relay({ id: 'nlb', listeners: { 'tcp/5000': ['db 10.0.1.30 tcp/5432'] }, isWhole })],
    });
  const said = (network: Network, from: string, asked: TransportSet): string => {
    const source: End =
      from === 'internet'
        ? { kind: 'outside', ip: ipOf('8.8.8.8') }
        : { kind: 'endpoint', id: endpoint(from) };
    const found = explain(analyse(network), source, { kind: 'endpoint', id: endpoint('nlb') }, asked);
    return `${found?.verdict ?? 'none'} ${found?.sure.toString() ?? ''} ${found?.steps.at(-1)?.kind ?? ''}`;
  };

  it.each(['internet', 'web'])('asked from %s', (from) => {
    expect(said(balanced(), from, TransportSet.tcp(22))).toBe('denied no traffic listener');
    expect(said(balanced(), from, TransportSet.tcp(5000))).toMatch(/^allowed tcp 5000 (?!listener)/);
    expect(said(balanced(), from, TransportSet.ALL)).toMatch(/^allowed tcp 5000 (?!listener)/);
  });

  it('and on more where not all of it was read', () => {
    expect(said(balanced(false), 'internet', TransportSet.tcp(22))).toMatch(/^allowed/);
  });

  it('in lists, in pairs and in what falls', () => {
    const analysis = analyse(balanced());
    const listed = [...connectivity(analysis)].filter(({ to }) => to === endpoint('nlb'));
    expect(listed.map(({ from, sure }) => `${from} ${sure.toString()}`)).toEqual(['web tcp 5000']);
    expect(reachBetween(analysis, endpoint('web'), endpoint('nlb')).possible.toString()).toBe('tcp 5000');
    const falls = new HostGraph(analysis).fallsFrom({ kind: 'host', host: idOf('web') });
    expect(falls.map(({ host, by }) => `${host} ${by.transport.toString()}`)).toContain('nlb tcp 5000');
  });

  it('and a listener that comes opens it', () => {
    const none = {
      ...balanced(),
      relays: new Map([relay({ id: 'nlb', listeners: {} })].map((each) => [each.id, each])),
    };
    const opened = diff(none, balanced()).opened.filter(({ to }) => to === endpoint('nlb'));
    expect(opened.map(({ from, transport }) => `${from} ${transport.toString()}`)).toEqual(['web tcp 5000']);
  });
});

const GROUPS = {
  any: ['out all to any'],
  front: ['in tcp/443 from 10.0.1.20/32', 'out all to any'],
  web: ['in tcp/8080 from group front'],
};

describe('between own hosts', () => {
  const through = (network: Network): string[] =>
    relayedConnections(analyse(network)).map(
      ({ from, to, through: relays, dialled, sure, possible }) =>
        `${from} ${dialled.toString()} > ${relays.map(({ name }) => name).join(' > ')} > ${to} ${sure.toString()}${possible.equals(sure) ? '' : ` ? ${possible.toString()}`}`,
    );

  it('what goes through relays is listed beside what does not', () => {
    expect(through(shop())).toEqual(['web tcp 5000 > nlb > db tcp 5432']);
    const pairs = [...connectivity(analyse(shop()))].map(({ from, to }) => `${from} ${to}`);
    expect(pairs).toContain('web nlb');
  });

  it.each<[string, string, readonly string[]]>([
    ['by the address that the target sees', 'client', ['a tcp 5000 > nlb > db tcp 5432']],
    ['by the relay’s, for all who get in', 'relay', []],
    ['by either', 'unknown', ['a tcp 5000 > nlb > db no traffic ? tcp 5432']],
  ])('%s', (_, source, expected) => {
    const network = shop({
      hosts: {
        a: { at: '10.0.1.10', groups: [] },
        b: { at: '10.0.1.11', groups: [] },
        nlb: { at: '10.0.0.20', unfiltered: true, role: 'load-balancer' },
        db: { at: '10.0.1.30', groups: ['db'] },
      },
      groups: { db: ['in tcp/5432 from 10.0.1.10/32'] },
      relays: [relay({ id: 'nlb', listeners: { 'tcp/5000': [`db 10.0.1.30 tcp/5432 ${source}`] } })],
    });
    for (const each of ['a', 'b']) {
      const host = network.endpoints.get(endpoint(each))!;
      (network.endpoints as Map<unknown, unknown>).set(endpoint(each), { ...host, unfiltered: true });
    }
    expect(through(network)).toEqual(expected);
  });

  const chained = (more: Partial<NetworkSpec> = {}): Network =>
    shop({
      hosts: {
        client: { at: '10.0.1.40', groups: ['any'] },
        nlb: { at: '10.0.1.20', unfiltered: true, role: 'load-balancer', canPivot: false },
        alb: { at: '10.0.0.10', groups: ['front'], role: 'load-balancer', canPivot: false },
        web: { at: '10.0.1.10', groups: ['web'] },
      },
      groups: GROUPS,
      relays: [
        relay({ id: 'nlb', listeners: { 'tcp/443': ['alb 10.0.0.10 tcp/443'] } }),
        relay({ id: 'alb', listeners: { 'tcp/443': ['web 10.0.1.10 tcp/8080'] } }),
      ],
      ...more,
    });

  it('a relay behind a relay is followed, in lists and explanations', () => {
    expect(through(chained())).toEqual([
      'client tcp 443 > nlb > alb tcp 443',
      'client tcp 443 > nlb > alb > web tcp 8080',
    ]);
    const explained = explainRelayed(
      analyse(chained()),
      { kind: 'endpoint', id: endpoint('client') },
      chained().endpoints.get(endpoint('web'))!,
      TransportSet.tcp(8080),
    ).map(
      ({ relay: first, behind, verdict, dialled }) =>
        `${verdict} ${dialled.toString()} ${first.name} > ${behind?.map(({ name }) => name).join() ?? ''}`,
    );
    expect(explained).toEqual(['allowed tcp 443 nlb > alb']);
  });

  const flowsOf = (old: Network, now: Network, part: 'opened' | 'closed' | 'maybeOpened'): string[] =>
    diff(old, now)[part].flatMap(({ from, to, transport, through: relays }) =>
      relays === undefined
        ? []
        : `${from} > ${relays.map(({ name }) => name).join(' > ')} > ${to} ${transport.toString()}`,
    );
  const BOTH = ['client > nlb > alb tcp 443', 'client > nlb > alb > web tcp 8080'];

  it.each<[string, Network, readonly string[]]>([
    ['a listener comes', chained({ relays: [relay({ id: 'nlb', listeners: {} })] }), BOTH],
    [
      'a target is registered behind the second',
      chained({
        relays: [
          relay({ id: 'nlb', listeners: { 'tcp/443': ['alb 10.0.0.10 tcp/443'] } }),
          relay({ id: 'alb', listeners: { 'tcp/443': [] } }),
        ],
      }),
      BOTH.slice(1),
    ],
    ['a group of the target opens', chained({ groups: { ...GROUPS, web: [] } }), BOTH.slice(1)],
    ['a group of the client opens', chained({ groups: { ...GROUPS, any: [] } }), BOTH],
    ['nothing changes', chained(), []],
  ])('a change tells of it when %s', (_, old, expected) => {
    expect(flowsOf(old, chained(), 'opened')).toEqual(expected);
    expect(flowsOf(chained(), old, 'closed')).toEqual(expected);
    expect(flowsOf(old, chained(), 'maybeOpened')).toEqual([]);
  });
});
