import { describe, expect, it } from 'vitest';
import { ALL_IPS, TransportSet } from '#netset';
import type { Network, Relay } from '#model';
import { analyse } from '#engine';
import { audit, fixesFor, latent, NOTHING_SAID, type IntentSettings } from '#findings';
import { natGateway, networkOf, peering } from '../../support/network.ts';
import { portsOfKind } from '../../../lib/findings/sensitive-ports.ts';
import { relay } from '../../support/relay.ts';

const OUT = 'out all to any';
const LB = {
  at: '10.0.0.10=203.0.113.10',
  unfiltered: true,
  role: 'load-balancer',
  canPivot: false,
} as const;

const told = (network: Network, meant: IntentSettings = NOTHING_SAID): string[] =>
  audit(analyse(network), meant).map(
    ({ severity, check, workload }) => `${severity} ${check} ${workload.name}`,
  );

/** Everybody who comes by this load balancer has logged in before. */
const guarded = (whole: Relay): Relay => ({
  ...whole,
  listeners: whole.listeners.map((listener) => ({
    ...listener,
    handoffs: listener.handoffs.map((handoff) => ({ ...handoff, isGuarded: true as const })),
  })),
});

describe('where a check ends', () => {
  it('a crown jewel may open half of all ports, and not fewer, before it is told of', () => {
    const db = (ports: string): Network =>
      networkOf({
        hosts: { db: { at: '10.0.1.10', groups: ['db'], role: 'database' } },
        groups: { db: [`out tcp/${ports} to any`] },
        tables: { private: ['10.0.0.0/16 local', '0.0.0.0/0 nat'] },
        gateways: [natGateway('nat', 'public', '10.0.0.5', '203.0.113.5')],
      });
    expect(told(db('32768-65535'))).toEqual(['low egress-from-crown-jewel db']);
    expect(told(db('32769-65535'))).toEqual([]);
  });

  it('one interface alone does not make two networks one', () => {
    const far = (hosts: Readonly<Record<string, { readonly at: string; readonly groups: string[] }>>) =>
      networkOf({
        networks: { far: '10.9.0.0/16' },
        subnets: { far: { cidr: '10.9.0.0/24', network: 'far', table: 'far' } },
        tables: {
          private: ['10.0.0.0/16 local', '10.9.0.0/16 pcx'],
          far: ['10.9.0.0/16 local', '10.0.0.0/16 pcx'],
        },
        gateways: [peering('pcx', ['vpc', 'far'])],
        groups: { a: [OUT], b: ['in all from 10.0.0.0/16', OUT] },
        hosts: { a: { at: '10.0.1.10', groups: ['a'] }, ...hosts },
      });
    const b = { at: '10.9.0.10', groups: ['b'] };
    expect(told(far({ b })).filter((line) => line.includes('peering'))).toEqual([]);
    expect(told(far({ b, c: { ...b, at: '10.9.0.11' } })).filter((line) => line.includes('peering'))).toEqual(
      ['medium peering-too-wide pcx'],
    );
  });

  it('of a group that nothing carries, rules that are wide only together count', () => {
    const wizard = networkOf({
      hosts: { a: { at: '10.0.1.10' } },
      groups: { wizard: [0, 64, 128, 192].map((second) => `in tcp/22 from 3.${String(second)}.0.0/10`) },
    });
    expect(latent(analyse(wizard)).map(({ check }) => check)).toEqual(['open-group-unused']);
  });

  it('a host that somebody calls a crown jewel is a host: its admin port is one', () => {
    const jewels = { also: [{ names: ['vault'] }], not: [], byKind: true };
    const vault = networkOf({
      hosts: { vault: { at: '10.0.0.20=203.0.113.20', groups: ['vault'] } },
      groups: { vault: ['in tcp/22 from any'] },
    });
    expect(told(vault, { ...NOTHING_SAID, jewels })).toEqual(['critical admin-port-exposed vault']);
  });

  it('of a load balancer that was not read in full a port may be a way to something else', () => {
    const behind = (isWhole: boolean): Network =>
      networkOf({
        hosts: { lb: { ...LB, unfiltered: false, groups: ['front'] } },
        groups: { front: ['in tcp/22 from any', OUT] },
        relays: [relay({ id: 'lb', isWhole, listeners: { 'tcp/22': [] } })],
      });
    expect(told(behind(true))).toEqual(['medium unintended-exposure lb']);
    expect(told(behind(false))).toEqual(['critical admin-port-exposed lb']);
  });
});

it.each([
  ['requests', 'high'],
  ['bytes', 'critical'],
] as const)('an admin port to which a load balancer hands on %s is %s', (carries, severity) => {
  const network = networkOf({
    hosts: { lb: LB, runner: { at: '10.0.1.10', groups: ['runner'] } },
    groups: { runner: ['in tcp/2375 from 10.0.0.0/24'] },
    relays: [relay({ id: 'lb', carries, listeners: { 'tcp/443': ['runner 10.0.1.10 tcp/2375'] } })],
  });
  expect(told(network)).toEqual([`${severity} admin-port-exposed runner`]);
});

describe('who has to log in first', () => {
  const shop = (make: (whole: Relay) => Relay): Network =>
    networkOf({
      hosts: {
        lb: LB,
        web: { at: '10.0.1.10', groups: ['web'] },
        db: { at: '10.0.1.20', groups: ['db'], role: 'database', canPivot: false },
      },
      groups: { web: ['in tcp/9200 from 10.0.0.0/24', OUT], db: ['in tcp/5432 from group web'] },
      relays: [
        make(relay({ id: 'lb', carries: 'requests', listeners: { 'tcp/8443': ['web 10.0.1.10 tcp/9200'] } })),
      ],
    });

  it('is no passer-by: what is behind is no exposure, and nothing falls by it', () => {
    expect(told(shop(guarded))).toEqual(['medium unintended-exposure lb']);
    expect(told(shop((whole) => whole))).toEqual([
      'high database-exposed web',
      'high lateral-path db',
      'high unintended-exposure lb',
    ]);
  });
});

it('what falls after a port of a load balancer is what that port leads to, not another', () => {
  const network = networkOf({
    hosts: {
      lb: LB,
      web: { at: '10.0.1.10', groups: ['web'] },
      db: { at: '10.0.1.20', groups: ['db'], role: 'database', canPivot: false },
    },
    groups: { web: ['in tcp/8080 from 10.0.0.0/24', OUT], db: ['in tcp/5432 from group web'] },
    relays: [relay({ id: 'lb', listeners: { 'tcp/443': ['web 10.0.1.10 tcp/8080'], 'tcp/8443': [] } })],
  });
  expect(told(network)).toEqual(['medium unintended-exposure lb']);
});

it('of the listeners of a load balancer only those are tried that are the matter', () => {
  const ports = ['tcp/81', 'tcp/82', 'tcp/83', 'tcp/84', 'tcp/85'];
  const network = networkOf({
    hosts: { lb: LB },
    relays: [
      relay({ id: 'lb', listeners: Object.fromEntries([...ports, 'tcp/8883'].map((port) => [port, []])) }),
    ],
  });
  const exposures = [{ what: [{ names: ['lb'] }], from: ALL_IPS, transport: TransportSet.tcp(81, 85) }];
  const meant = { ...NOTHING_SAID, exposures };
  const analysis = analyse(network);
  const [finding] = audit(analysis, meant);
  expect(fixesFor(analysis, finding!, { meant }).fixes.map(({ what }) => what)).toEqual([
    'take the listener on tcp 8883 off lb',
  ]);
});

it.each([
  [
    'admin',
    'tcp 22-23,135,512-514,1099,2375-2376,3389,4646-4648,5005,5900-5910,5985-5986,6000-6009,6443,8200-8201,8500-8501,10250,10255; udp 161-162,623,3389',
  ],
  [
    'data',
    'tcp 137-139,389,445,548,636,873,1433-1434,1521,2049,2181,2379-2380,2483-2484,3306,4333,5432,5439,5601,5671-5672,5984,6379-6380,7000-7001,7199,7474,7687,8086,8123,8182,9042,9092,9094-9098,9160,9200,9300,9870,11211,15672,27017-27019,50070; udp 137-139,389,1434,2049,11211',
  ],
  [
    'high-risk',
    'tcp 20-21,25,53,88,110-111,143,464,749-750,3000,4040,5000,5060,5500,7077,8000,8080,8088,8265,8888,9000,9090,9443,11434,50000; udp 53,88,111,123,464,749-750,1900,5060',
  ],
] as const)('every port of the kind %s, so that none goes by accident', (kind, ports) => {
  expect(portsOfKind(kind).toString()).toBe(ports);
});
