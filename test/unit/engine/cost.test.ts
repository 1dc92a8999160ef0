import { afterEach, describe, expect, it, vi } from 'vitest';
import { TransportSet } from '#netset';
import { analyse, diff, doorways, HostGraph } from '#engine';
import { idOf, type FrontDoor, type Network } from '#model';
import { networkOf, type HostSpec, type NetworkSpec } from '../../support/network.ts';
import { relay } from '../../support/relay.ts';
import { transitGateway, type AttachmentSpec } from '../../support/wide.ts';
import { RowPool } from '../../../lib/engine/row-pool.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

/** How often rows are looked up: what time goes into, and the same on every machine. */
function lookUps(ask: () => unknown): number {
  const at = vi.spyOn(RowPool.prototype, 'at');
  ask();
  const { length } = at.mock.calls;
  at.mockRestore();
  return length;
}

/** A load balancer that keeps the clients' addresses, with as many targets which none of the hosts may reach. */
function behindKept(hosts: number, targets: number): Network {
  const names = Array.from({ length: targets }, (_, i) => `t${String(i)}`);
  const at = (i: number): string => `10.0.${String(4 + (i >> 7))}.${String(1 + (i & 127))}`;
  return networkOf({
    hosts: {
      nlb: { at: '10.0.0.20', unfiltered: true, role: 'load-balancer', canPivot: false },
      ...Object.fromEntries(
        names.map((name, i): [string, HostSpec] => [name, { at: at(i), groups: ['shut'] }]),
      ),
      ...Object.fromEntries(
        Array.from({ length: hosts }, (_, i): [string, HostSpec] => [
          `h${String(i)}`,
          { at: `10.0.${String(128 + (i >> 7))}.${String(1 + (i & 127))}`, groups: ['any'] },
        ]),
      ),
    },
    groups: { any: ['in all from group any', 'out all to any'], shut: ['in tcp/5432 from 192.0.2.0/24'] },
    subnets: {
      public: { cidr: '10.0.0.0/24', table: 'public' },
      targets: { cidr: '10.0.4.0/22', table: 'private' },
      hosts: { cidr: '10.0.128.0/18', table: 'private' },
    },
    relays: [
      relay({
        id: 'nlb',
        listeners: { 'tcp/5432': names.map((name, i) => `${name} ${at(i)} tcp/5432 client`) },
      }),
    ],
  });
}

/** Networks that a transit gateway joins in the very subnets of their hosts, each with an ACL of its own. */
function joinedInPlace(networks: number, hosts: number): Network {
  const all = Array.from({ length: networks }, (_, i) => i);
  const block = (i: number): string => `10.${String(10 + i)}.0.0/16`;
  const attachments: Record<string, AttachmentSpec> = Object.fromEntries(
    all.map((i) => [`a${String(i)}`, { to: `n${String(i)}`, subnets: [`s${String(i)}`], table: 't' }]),
  );
  const spec: NetworkSpec = {
    hosts: Object.fromEntries(
      Array.from({ length: hosts }, (_, i): [string, HostSpec] => [
        `h${String(i)}`,
        {
          at: `10.${String(10 + (i % networks))}.0.${String(10 + Math.floor(i / networks))}`,
          groups: ['any'],
        },
      ]),
    ),
    groups: { any: ['in all from 10.0.0.0/8', 'out all to any'] },
    networks: Object.fromEntries(all.map((i) => [`n${String(i)}`, block(i)])),
    acls: Object.fromEntries(
      all.map((i) => [
        `acl${String(i)}`,
        [`in allow tcp/${String(1000 + i)} from any`, 'out allow all to any'],
      ]),
    ),
    subnets: Object.fromEntries(
      all.map((i) => [
        `s${String(i)}`,
        {
          cidr: `10.${String(10 + i)}.0.0/24`,
          network: `n${String(i)}`,
          table: `r${String(i)}`,
          acl: `acl${String(i)}`,
          zone: 'z',
        },
      ]),
    ),
    tables: Object.fromEntries(all.map((i) => [`r${String(i)}`, [`${block(i)} local`, '10.0.0.0/8 tgw']])),
    gateways: [transitGateway('tgw', attachments, { t: all.map((i) => `${block(i)} a${String(i)}`) })],
  };
  return networkOf(spec);
}

describe('what once took minutes grows with the network, and not with its square', () => {
  it('hosts that fall, before a load balancer that keeps their addresses from targets', () => {
    const fallen = (hosts: number, targets: number): number => {
      const graph = new HostGraph(analyse(behindKept(hosts, targets)));
      return lookUps(() => graph.fallsFrom({ kind: 'host', host: idOf('h0') }));
    };
    const [small, large] = [fallen(50, 25), fallen(200, 100)];
    expect(large / small).toBeLessThan(6);
  });

  it('hosts in subnets in which a transit gateway stands', () => {
    const compiled = (networks: number): number => {
      const { planes } = analyse(joinedInPlace(networks, 96));
      return lookUps(() => {
        for (const plane of planes) {
          plane.axis.places.forEach((_, position) => {
            if (plane.endpointAt(position) !== undefined) plane.classOf(position);
          });
        }
      });
    };
    const [small, large] = [compiled(6), compiled(24)];
    expect(large / small).toBeLessThan(6);
  });

  it('a change of one client, without a look at the other clients of its load balancers', () => {
    const changed = (hosts: number, targets: number): number => {
      const now = behindKept(hosts, targets);
      const h0 = now.endpoints.get(idOf('h0'))!;
      const before = { ...now, endpoints: new Map([...now.endpoints, [h0.id, { ...h0, policies: [] }]]) };
      return lookUps(() => diff(before, now));
    };
    const [small, large] = [changed(50, 25), changed(200, 100)];
    expect(large / small).toBeLessThan(6);
  });

  it('what comes by a front door, under the clients’ addresses', () => {
    const opened = (hosts: number): number => {
      const now = behindKept(hosts, 1);
      const door: FrontDoor = {
        id: idOf('eice'),
        name: 'eice',
        entrances: [idOf('h0')],
        gate: 'invited',
        guests: 'whoever may',
        source: 'unknown',
        leads: { kind: 'anywhere' },
        opens: TransportSet.tcp(),
        carries: 'bytes',
        passesBorders: false,
        at: now.endpoints.get(idOf('h0'))!.at,
      };
      return lookUps(() => doorways(analyse({ ...now, frontDoors: new Map([[door.id, door]]) })));
    };
    const [small, large] = [opened(50), opened(200)];
    expect(large / small).toBeLessThan(6);
  });
});
