import { describe, expect, it } from 'vitest';
import type { Endpoint, Network } from '#model';
import { analyse } from '#engine';
import { audit, intentFor, NOTHING_SAID, type EndpointSelector, type IntentSettings } from '#findings';
import { IpSet, parseTransport, TransportSet } from '#netset';
import { parseConfig } from '../../../lib/app/config/parse-config.ts';
import { intentOf } from '../../../lib/app/config/intent-of.ts';
import { networkOf } from '../../support/network.ts';

const OUT = 'out all to any';

/** Three hosts, told apart by everything that a selector may name. */
const NETWORK: Network = (() => {
  const network = networkOf({
    hosts: {
      web: { at: '10.0.0.10=203.0.113.10', groups: ['web'] },
      app: { at: '10.0.1.20', groups: ['app', 'shared'] },
      db: {
        at: '10.0.1.30',
        groups: ['db'],
        role: 'database',
        workload: 'database:111122223333/eu-west-1/orders',
      },
    },
    groups: { web: [OUT], app: [OUT], db: [OUT], shared: [OUT] },
  });
  const tags: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
    web: [
      ['env', 'prod'],
      ['tier', 'edge'],
    ],
    app: [['env', 'prod']],
  };
  const endpoints = [...network.endpoints.values()].map((endpoint): Endpoint => ({
    ...endpoint,
    account: (endpoint.name === 'db' ? '111122223333' : '444455556666') as Endpoint['account'],
    at: { ...endpoint.at, region: 'eu-west-1' },
    tags: new Map(tags[endpoint.name] ?? []),
  }));
  return { ...network, endpoints: new Map(endpoints.map((each) => [each.id, each])) };
})();

const all = [...NETWORK.endpoints.values()];

function settings(more: Partial<IntentSettings>): IntentSettings {
  return { ...NOTHING_SAID, ...more };
}

/** Who is meant, by name. */
function meant(...members: readonly EndpointSelector[]): string {
  const { zoneOf } = intentFor(settings({ zones: [{ name: 'z', members }] }), NETWORK);
  return all
    .filter((endpoint) => zoneOf(endpoint) === 'z')
    .map(({ name }) => name)
    .join(' ');
}

describe('a selector means', () => {
  it.each<[readonly EndpointSelector[], string]>([
    [[{ tags: { env: ['prod'] } }], 'web app'],
    [[{ tags: { env: ['pr*', 'test'] } }], 'web app'],
    [[{ tags: { env: ['prod'], tier: ['edge'] } }], 'web'],
    [[{ tags: { env: ['*'] } }], 'web app'],
    [[{ tags: { Env: ['prod'] } }], ''],
    [[{ groups: ['shared'] }], 'app'],
    [[{ groups: ['*b'] }], 'web db'],
    [[{ names: ['web', 'db'] }], 'web db'],
    [[{ names: ['database:*/orders'] }], 'db'],
    [[{ names: ['arn:aws:rds:eu-west-1:111122223333:db:orders'] }], 'db'],
    [[{ names: ['arn:aws:rds:eu-west-1:444455556666:db:orders'] }], ''],
    [[{ names: ['arn:aws:rds:us-east-1:111122223333:db:orders'] }], ''],
    [[{ names: ['arn:aws:elasticache:eu-west-1:111122223333:cluster:orders'] }], ''],
    [[{ kinds: ['database'] }], 'db'],
    [[{ kinds: ['host'] }], 'web app'],
    [[{ cidrs: IpSet.parse('10.0.1.0/24') }], 'app db'],
    [[{ cidrs: IpSet.parse('203.0.113.0/24') }], 'web'],
    [[{ vpcs: ['vpc'] }], 'web app db'],
    [[{ subnets: ['pri*'] }], 'app db'],
    [[{ accounts: ['111122223333'] }], 'db'],
    // every key holds; of several selectors one
    [[{ kinds: ['host'], cidrs: IpSet.parse('10.0.1.0/24') }], 'app'],
    [[{ names: ['web'] }, { names: ['db'] }], 'web db'],
    [[{}], ''],
    [[], ''],
  ])('%j: %s', (members, expected) => {
    expect(meant(...members)).toBe(expected);
  });
});

describe('crown jewels', () => {
  it.each<[Partial<IntentSettings['jewels']>, string]>([
    [{}, 'db'],
    [{ byKind: false }, ''],
    [{ also: [{ names: ['app'] }] }, 'app db'],
    [{ not: [{ kinds: ['database'] }] }, ''],
    [{ also: [{ names: ['a*'] }], not: [{ tags: { env: ['prod'] } }] }, 'db'],
  ])('%j: %s', (jewels, expected) => {
    const { isCrownJewel } = intentFor(settings({ jewels: { ...NOTHING_SAID.jewels, ...jewels } }), NETWORK);
    expect(
      all
        .filter(isCrownJewel)
        .map(({ name }) => name)
        .join(' '),
    ).toBe(expected);
  });
});

describe('zones', () => {
  const intent = intentFor(
    settings({
      zones: [
        { name: 'data', members: [{ kinds: ['database'] }] },
        { name: 'private', members: [{ cidrs: IpSet.parse('10.0.1.0/24', '172.16.0.0/12') }] },
        { name: 'tagged', members: [{ tags: { env: ['prod'] }, cidrs: IpSet.parse('192.168.0.0/16') }] },
      ],
      trusted: [{ name: 'office', ips: IpSet.parse('198.51.100.0/24') }],
    }),
    NETWORK,
  );

  it('the first that names an endpoint has it', () => {
    expect(all.map((endpoint) => intent.zoneOf(endpoint))).toEqual(['unzoned', 'private', 'data']);
  });

  it('have the addresses outside that they name by nothing else, each once', () => {
    expect(intent.zones.map(({ name }) => name)).toEqual([
      'data',
      'private',
      'tagged',
      'office',
      'internet',
      'unzoned',
    ]);
    const outside = new Map(intent.zones.map(({ name, outside: ips }) => [name, ips]));
    expect(outside.get('private')?.toString()).toBe('10.0.1.0/24, 172.16.0.0/12');
    expect(outside.get('tagged')?.isEmpty).toBe(true);
    expect(outside.get('internet')?.overlaps(IpSet.parse('198.51.100.0/24'))).toBe(false);
    expect(outside.get('internet')?.overlaps(IpSet.parse('203.0.113.0/24'))).toBe(true);
  });
});

describe('what is forbidden between zones', () => {
  const flows = `
zones: { web: { name: web }, app: { name: app }, data: { name: db } }
flows:
  - { from: app, to: data, allow: tcp/5432 }
  - { from: app, to: data, forbid: tcp 5000-6000 }
  - { from: any, to: data, forbid: all }
  - { from: data, to: [internet, any], forbid: all }
  - { from: web, to: web, forbid: tcp/22 }
`;
  const { forbidden } = intentFor(intentOf(parseConfig(flows, 'postern.yml')), NETWORK);
  const text = (from: string, to: string): string =>
    forbidden(from, to)
      .map(({ transport }) => transport.toString())
      .join(' | ');

  it.each<[string, string, string]>([
    [
      'app',
      'data',
      `tcp 5000-5431,5433-6000 | ${TransportSet.ALL.subtract(parseTransport('tcp 5000-6000')!).toString()}`,
    ],
    ['web', 'data', 'all traffic'],
    ['internet', 'data', 'all traffic'],
    ['unzoned', 'data', 'all traffic'],
    ['data', 'internet', 'all traffic'],
    ['data', 'app', 'all traffic'],
    // within a zone only what names it on both ends
    ['data', 'data', ''],
    ['web', 'web', 'tcp 22'],
    ['web', 'app', ''],
    ['app', 'internet', ''],
  ])('%s → %s: %s', (from, to, expected) => {
    expect(text(from, to)).toBe(expected);
  });
});

describe('an audit', () => {
  const shop = (rules: readonly string[], role: 'host' | 'load-balancer' = 'host') =>
    networkOf({
      hosts: { a: { at: '10.0.0.10=203.0.113.10', groups: ['a'], role } },
      groups: { a: [...rules, OUT] },
    });
  const found = (network: Network, config: string): string[] =>
    audit(analyse(network), intentOf(parseConfig(config, 'postern.yml'))).map(
      ({ check, transport }) => `${check} ${transport?.toString() ?? ''}`,
    );

  it.each<[string, readonly string[], 'host' | 'load-balancer', string, readonly string[]]>([
    ['without a word', ['in tcp/25 from any'], 'host', '', ['high-risk-port-exposed tcp 25']],
    [
      'meant',
      ['in tcp/25 from any'],
      'host',
      'exposures: [{ what: { name: a }, ports: tcp/25, reason: mail }]',
      [],
    ],
    [
      'of another',
      ['in tcp/25 from any'],
      'host',
      'exposures: [{ what: { name: b }, ports: tcp/25, reason: mail }]',
      ['high-risk-port-exposed tcp 25'],
    ],
    [
      'of another port',
      ['in tcp/25-26 from any'],
      'host',
      'exposures: [{ what: { name: a }, ports: tcp/25, reason: mail }]',
      ['unintended-exposure tcp 26'],
    ],
    [
      'a grave port, meant',
      ['in tcp/22 from any'],
      'host',
      'exposures: [{ what: { name: a }, ports: tcp/22, reason: sftp }]',
      [],
    ],
    [
      'to some of the internet only',
      ['in tcp/22 from any'],
      'host',
      'exposures: [{ what: { name: a }, ports: tcp/22, from: 8.0.0.0/8, reason: sftp }]',
      ['admin-port-exposed tcp 22'],
    ],
    [
      'to those who come',
      ['in tcp/22 from 8.0.0.0/8'],
      'host',
      'exposures: [{ what: { name: a }, ports: tcp/22, from: [8.0.0.0/8], reason: sftp }]',
      [],
    ],
    [
      'to more than those',
      ['in tcp/22 from 8.0.0.0/7'],
      'host',
      'exposures: [{ what: { name: a }, ports: tcp/22, from: [8.0.0.0/8], reason: sftp }]',
      ['admin-port-exposed tcp 22'],
    ],
    [
      'trusted halves of a block',
      ['in tcp/22 from 8.0.0.0/8'],
      'host',
      'trusted: { us: [8.0.0.0/9, 8.128.0.0/9] }',
      [],
    ],
    ['one half trusted', ['in tcp/22 from 8.0.0.0/8'], 'host', 'trusted: { us: 8.0.0.0/9 }', []],
    [
      'trusted does not hide the rest',
      ['in tcp/22 from any'],
      'host',
      'trusted: { us: 8.0.0.0/9 }',
      ['admin-port-exposed tcp 22'],
    ],
    ['a front door', ['in tcp/443 from any'], 'load-balancer', '', []],
    [
      'a front door that nobody means',
      ['in tcp/443 from any'],
      'load-balancer',
      'frontDoors: false',
      ['unintended-exposure tcp 443'],
    ],
    [
      'a front door on another port',
      ['in tcp/8443 from any'],
      'load-balancer',
      'exposures: [{ what: { kind: load-balancer }, ports: tcp/8443, reason: api }]',
      [],
    ],
  ])('%s', (_, rules, role, config, expected) => {
    expect(found(shop(rules, role), config)).toEqual(expected);
  });

  it('looks for ways to what people say is a crown jewel', () => {
    const network = networkOf({
      hosts: {
        a: { at: '10.0.0.10=203.0.113.10', groups: ['a'] },
        b: { at: '10.0.1.20', groups: ['b'] },
      },
      groups: { a: ['in tcp/8080 from any', OUT], b: ['in tcp/22 from group a', OUT] },
    });
    const paths = (config: string) => found(network, config).filter((each) => each.startsWith('lateral'));
    expect(paths('')).toEqual([]);
    expect(paths('crownJewels: { also: { name: b } }')).toEqual(['lateral-path tcp 22']);
    expect(paths('crownJewels: { also: { name: b }, not: { group: b } }')).toEqual([]);
  });

  it('with nothing said finds what it found without', () => {
    const network = shop(['in tcp/1-9000 from any', 'in udp/53 from 8.0.0.0/8'], 'load-balancer');
    expect(audit(analyse(network), intentOf(parseConfig('', 'p')))).toEqual(audit(analyse(network)));
  });
});
