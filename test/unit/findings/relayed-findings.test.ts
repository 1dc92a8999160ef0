import { describe, expect, it } from 'vitest';
import { analyse, diff } from '#engine';
import { alertOfChange, audit, evidenceOf, fixesFor, type Finding } from '#findings';
import type { Network } from '#model';
import { networkOf } from '../../support/network.ts';
import { relay } from '../../support/relay.ts';

type Front = {
  readonly listener?: string;
  readonly target?: string;
  readonly carries?: 'requests' | 'bytes';
  readonly from?: string;
};

/** A database behind a load balancer that the whole internet may dial on a web port. */
function shop({
  listener = 'tcp/443',
  target = 'tcp/5432',
  carries = 'bytes',
  from = '0.0.0.0/0',
}: Front = {}): Network {
  return networkOf({
    hosts: {
      lb: { at: '10.0.0.10=203.0.113.10', groups: ['front'], role: 'load-balancer', canPivot: false },
      db: { at: '10.0.1.10', groups: ['db'], role: 'database', canPivot: false },
    },
    groups: {
      front: [`in ${listener} from ${from}`, 'out all to any'],
      db: [`in ${target} from group front`],
    },
    relays: [relay({ id: 'lb', carries, listeners: { [listener]: [`db 10.0.1.10 ${target}`] } })],
  });
}

const found = (front?: Front): Finding[] => audit(analyse(shop(front)));
const told = (front?: Front): string[] => found(front).map(({ severity, title }) => `${severity}: ${title}`);

describe('what is handed on', () => {
  it.each<[string, Front | undefined, string[]]>([
    ['a database', {}, ['critical: PostgreSQL on db is open to the whole internet through lb']],
    [
      'one that only gets requests',
      { target: 'tcp/9200', carries: 'requests' },
      ['high: Elasticsearch on db is open to the whole internet through lb'],
    ],
    ['a server behind a front door is no finding', { target: 'tcp/8080', carries: 'requests' }, []],
    ['nor is what few may dial', { from: '198.51.100.0/24' }, []],
  ])('%s', (_, front, titles) => {
    expect(told(front)).toEqual(titles);
  });

  it('by another port: what clients dial is a finding about the load balancer', () => {
    expect(told({ listener: 'tcp/8443', target: 'tcp/8080' })).toEqual([
      'high: tcp 8080 on db is open to the whole internet through lb',
      'high: tcp 8443 on lb is open to the whole internet',
    ]);
  });

  it('and where nothing that holds data falls next, a lesser one', () => {
    const network = networkOf({
      hosts: {
        lb: { at: '10.0.0.10=203.0.113.10', groups: ['front'], role: 'load-balancer', canPivot: false },
        web: { at: '10.0.1.10', groups: ['web'] },
      },
      groups: { front: ['in tcp/8443 from any', 'out all to any'], web: ['in tcp/8080 from group front'] },
      relays: [relay({ id: 'lb', listeners: { 'tcp/8443': ['web 10.0.1.10 tcp/8080'] } })],
    });
    expect(audit(analyse(network)).map(({ severity, title }) => `${severity}: ${title}`)).toEqual([
      'medium: tcp 8443 on lb is open to the whole internet',
    ]);
  });

  it('rests on the rules of both, and on the load balancer; without them it goes', () => {
    const [finding] = found();
    expect(finding?.culprits.map(({ policy }) => policy)).toEqual(['front', 'db']);
    expect([...evidenceOf(finding!, shop())]).toEqual(
      expect.arrayContaining(['lb', 'lb/tcp/443', 'front', 'db']),
    );
    expect(fixesFor(analyse(shop()), finding!).fixes.map(({ what, isProven }) => [what, isProven])).toEqual([
      ['take tcp 5432 from members of front out of db', true],
      ['take the listener on tcp 443 off lb', true],
      ['take tcp 443 from 0.0.0.0/0 out of front', true],
    ]);
    expect(finding?.witness).toMatchObject({ destination: { value: 0xcb00710a } });
  });
});

it('a way to a database through a host behind a front door is no finding, and one by another port is', () => {
  const behind = (listener: string): string[] =>
    audit(
      analyse(
        networkOf({
          hosts: {
            lb: { at: '10.0.0.10=203.0.113.10', groups: ['front'], role: 'load-balancer', canPivot: false },
            web: { at: '10.0.1.10', groups: ['web'] },
            db: { at: '10.0.1.20', groups: ['db'], role: 'database', canPivot: false },
          },
          groups: {
            front: [`in ${listener} from 0.0.0.0/0`, 'out all to any'],
            web: ['in tcp/8080 from group front', 'out all to any'],
            db: ['in tcp/5432 from group web'],
          },
          relays: [relay({ id: 'lb', listeners: { [listener]: ['web 10.0.1.10 tcp/8080'] } })],
        }),
      ),
    ).map(({ severity, title }) => `${severity}: ${title}`);
  expect(behind('tcp/443')).toEqual([]);
  expect(behind('tcp/8443')).toEqual([
    'high: db is 3 steps from the internet: internet → lb → web → db',
    'high: tcp 8443 on lb is open to the whole internet',
  ]);
});

it('people hear of a server that becomes reachable through a load balancer', () => {
  const server = (listeners: Readonly<Record<string, readonly string[]>>): Network => ({
    ...shop({ target: 'tcp/8080' }),
    relays: networkOf({ hosts: {}, relays: [relay({ id: 'lb', listeners })] }).relays,
  });
  const delta = diff(server({ 'tcp/443': [] }), server({ 'tcp/443': ['db 10.0.1.10 tcp/8080'] }));
  const change = {
    blame: undefined,
    diff: delta,
    opened: [],
    resolved: [],
    newVictims: [],
    undo: undefined,
    restore: undefined,
  };
  expect(alertOfChange(change)).toMatchObject({
    kind: 'opened',
    headline: 'the internet can open more through load balancer lb on db',
    before: 'nothing',
    after: 'tcp 8080 from the whole internet (IPv4)',
  });
});
