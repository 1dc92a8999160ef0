import { ALL_IPS, IpSet, parseCidr, parseIp, type Ip } from '#netset';
import {
  idOf,
  type BlindSpot,
  type BlindSpotId,
  type Endpoint,
  type EndpointId,
  type FrontDoor,
  type Gateway,
  type Network,
  type Policy,
  type Relay,
  type Role,
  type Route,
  type RouteTarget,
  type Rule,
  type SideDoor,
  type SourceRef,
} from '#model';
import { parseAclRule, parseGroupRule } from './rule-text.ts';

/** A host of a made-up network. Addresses are `private` or `private=public`; the subnet is the one that holds the first. */
export type HostSpec = {
  readonly at: string | readonly string[];
  readonly groups?: readonly string[];
  /** Several interfaces of one machine name the same host; unnamed, each is its own. */
  readonly host?: string;
  readonly workload?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly role?: Role;
  readonly kind?: Endpoint['kind'];
  readonly is?: Endpoint['liveness'];
  readonly onStart?: Endpoint['publicOnStart'];
  readonly unfiltered?: boolean;
  readonly initiates?: boolean;
  readonly listens?: boolean;
  readonly canPivot?: boolean;
};

type SubnetSpec = {
  readonly cidr: string;
  readonly network?: string;
  readonly table?: string;
  readonly acl?: string;
  readonly zone?: string;
};

/**
 * A small network in the words of the domain. What is left out is the usual: one network `vpc` (10.0.0.0/16) with an internet
 * gateway `igw`, a subnet `public` (10.0.0.0/24, 2600:1::/64) that routes to it and a subnet `private` (10.0.1.0/24) that does
 * not, both behind an ACL `open` that lets everything through.
 */
export type NetworkSpec = {
  readonly hosts: Readonly<Record<string, HostSpec>>;
  /** By group, rules such as `in tcp/22 from 0.0.0.0/0`, `out all to any`, `in all from group web`. */
  readonly groups?: Readonly<Record<string, readonly string[]>>;
  readonly defaultGroups?: readonly string[];
  /** By ACL, rules in their order, such as `in deny tcp/22 from any`. */
  readonly acls?: Readonly<Record<string, readonly string[]>>;
  readonly networks?: Readonly<Record<string, string>>;
  readonly subnets?: Readonly<Record<string, SubnetSpec>>;
  /** By table, routes such as `0.0.0.0/0 igw`, `10.9.0.0/16 blackhole`, `unread nat`, `10.0.0.0/8 unknown fw`, `10.0.0.0/8 unknown=tgw`. */
  readonly tables?: Readonly<Record<string, readonly string[]>>;
  readonly gateways?: readonly Gateway[];
  readonly relays?: readonly Relay[];
  readonly frontDoors?: readonly FrontDoor[];
  readonly sideDoors?: readonly string[];
  readonly internetUnknown?: readonly string[];
};

/** The blind spot that everything unread or in doubt in these networks names. */
export const UNREAD: BlindSpotId = idOf('unread');
const SIDE_DOOR: BlindSpotId = idOf('side door');
const NO_GATEWAYS: BlindSpotId = idOf('no gateways');

export function networkOf(spec: NetworkSpec): Network {
  const networks = { vpc: '10.0.0.0/16, 2600:1::/56', ...spec.networks };
  const subnets: Record<string, SubnetSpec> = {
    public: { cidr: '10.0.0.0/24, 2600:1::/64', table: 'public' },
    private: { cidr: '10.0.1.0/24', table: 'private' },
    ...spec.subnets,
  };
  const tables = {
    public: ['10.0.0.0/16 local', '2600:1::/56 local', '0.0.0.0/0 igw', '::/0 igw'],
    private: ['10.0.0.0/16 local'],
    ...spec.tables,
  };
  const acls = { open: ['in allow all from any', 'out allow all to any'], ...spec.acls };
  const networkOfTable = new Map(
    Object.values(subnets).map(({ table, network }) => [table ?? 'private', network ?? 'vpc']),
  );
  const policies = [
    ...Object.entries(spec.groups ?? {}).map(([name, rules]) =>
      groupOf(name, rules, spec.defaultGroups?.includes(name) === true),
    ),
    ...Object.entries(acls).map(([name, rules]) => aclOf(name, rules)),
  ];
  const gateways: readonly Gateway[] = [
    { kind: 'internet', id: idOf('igw'), name: 'igw', network: idOf('vpc'), at: sourceOf('igw') },
    ...(spec.gateways ?? []),
  ];
  const doors: SideDoor[] = (spec.sideDoors ?? []).map((network) => ({
    network: idOf(network),
    text: 'a VPN',
    because: SIDE_DOOR,
  }));
  return {
    endpoints: mapById(Object.entries(spec.hosts).map(([name, host]) => endpointOf(name, host, subnets))),
    policies: mapById(policies),
    innerServices: [],
    networks: mapById(
      Object.entries(networks).map(([name, cidrs]) => ({
        id: idOf<'network'>(name),
        name,
        account: idOf<'account'>('111122223333'),
        region: 'eu-west-1',
        cidrs: ipsOf(cidrs),
        at: sourceOf(name),
      })),
    ),
    subnets: mapById(
      Object.entries(subnets).map(
        ([name, { cidr, network = 'vpc', table = 'private', acl = 'open', zone }]) => ({
          id: idOf<'subnet'>(name),
          name,
          network: idOf<'network'>(network),
          cidrs: ipsOf(cidr),
          policy: idOf<'policy'>(acl),
          routeTable: idOf<'route-table'>(table),
          ...(zone !== undefined && { zone }),
          at: sourceOf(name),
        }),
      ),
    ),
    routeTables: mapById(
      Object.entries(tables).map(([name, routes]) => ({
        id: idOf<'route-table'>(name),
        name,
        network: idOf<'network'>(networkOfTable.get(name) ?? 'vpc'),
        routes: routes.map((text) => routeOf(text)),
        at: sourceOf(name),
      })),
    ),
    gateways: mapById(gateways),
    relays: new Map((spec.relays ?? []).map((relay) => [relay.id, relay])),
    frontDoors: new Map((spec.frontDoors ?? []).map((door) => [door.id, door])),
    sideDoors: doors,
    internetUnknown: new Map(
      (spec.internetUnknown ?? []).map((network) => [idOf<'network'>(network), NO_GATEWAYS]),
    ),
    blindSpots: mapById([UNREAD, SIDE_DOOR, NO_GATEWAYS].map(blindSpotOf)),
  };
}

function blindSpotOf(id: BlindSpotId): BlindSpot {
  return { id, code: 'call-failed', effect: 'hides-ways', what: `${id} was not read`, remedy: '' };
}

/** The endpoint of that name. */
export function endpoint(name: string): EndpointId {
  return idOf(name);
}

export function sourceOf(id: string): SourceRef {
  return { source: 'aws', account: '111122223333', region: 'eu-west-1', path: id, id };
}

/** @throws Error if it is not an address: a mistake in a test */
export function ipOf(text: string): Ip {
  const ip = parseIp(text);
  if (ip === undefined) throw new Error(`not an address: ${text}`);
  return ip;
}

export function natGateway(
  id: string,
  subnet: string,
  ip: string,
  publicIp?: string,
  network = 'vpc',
): Gateway {
  const addresses = [{ ip: ipOf(ip), ...(publicIp !== undefined && { publicIp: ipOf(publicIp) }) }];
  return {
    kind: 'nat',
    id: idOf(id),
    name: id,
    network: idOf(network),
    subnet: idOf(subnet),
    isAvailable: true,
    addresses,
    at: sourceOf(id),
  };
}

export function peering(id: string, sides: readonly [string, string], sharesGroups = true): Gateway {
  return {
    kind: 'peering',
    id: idOf(id),
    name: id,
    isActive: true,
    sides: [idOf(sides[0]), idOf(sides[1])],
    sharesGroups,
    at: sourceOf(id),
  };
}

function mapById<const K extends string, T extends { readonly id: K }>(
  things: readonly T[],
): ReadonlyMap<T['id'], T> {
  return new Map(things.map((thing) => [thing.id, thing]));
}

function ipsOf(cidrs: string): IpSet {
  return cidrs === 'any' ? ALL_IPS : IpSet.parse(...cidrs.split(', '));
}

function groupOf(name: string, rules: readonly string[], isDefault: boolean): Policy {
  return {
    id: idOf(name),
    name,
    kind: 'any-allow',
    rules: rulesOf(name, rules, parseGroupRule),
    isDefault,
    tags: new Map(),
    at: sourceOf(name),
  };
}

function aclOf(name: string, rules: readonly string[]): Policy {
  return {
    id: idOf(name),
    name,
    kind: 'first-match',
    rules: rulesOf(name, rules, parseAclRule),
    isDefault: false,
    tags: new Map(),
    at: sourceOf(name),
  };
}

/** Rules are called by their policy and number: `web#0`. */
function rulesOf(
  name: string,
  texts: readonly string[],
  parse: (text: string, doubt: BlindSpotId) => Omit<Rule, 'id' | 'at'>,
): Rule[] {
  return texts.map((text, i) => ({
    ...parse(text, UNREAD),
    id: idOf(`${name}#${String(i)}`),
    at: sourceOf(`${name}#${String(i)}`),
  }));
}

function routeOf(text: string): Route {
  const [far = '', target = '', appliance] = text.split(' ');
  const [unread, because] = far.split('=');
  return {
    destination: unread === 'unread' ? undefined : parseCidr(far),
    ...(because !== undefined && { because: idOf<'blind-spot'>(because) }),
    target: targetOf(target, appliance),
    at: sourceOf(text),
  };
}

function targetOf(target: string, appliance: string | undefined): RouteTarget {
  switch (target) {
    case 'local':
      return { kind: 'local' };
    case 'blackhole':
      return { kind: 'blackhole', text: 'gone' };
    case 'unknown':
      return {
        kind: 'unknown',
        text: 'a transit gateway',
        because: UNREAD,
        appliances: appliance === undefined ? [] : [idOf(appliance)],
      };
    default:
      return target.startsWith('unknown=')
        ? {
            kind: 'unknown',
            text: 'somewhere',
            because: idOf(target.slice('unknown='.length)),
            appliances: [],
          }
        : { kind: 'gateway', gateway: idOf(target) };
  }
}

function endpointOf(name: string, spec: HostSpec, subnets: Readonly<Record<string, SubnetSpec>>): Endpoint {
  const { role = 'host' } = spec;
  const addresses = [spec.at].flat().map((text, i) => {
    const [own = '', publicIp] = text.split('=');
    const [first = '', last = first] = own.split('-');
    return {
      first: ipOf(first),
      last: ipOf(last),
      isPrimary: i === 0,
      ...(publicIp !== undefined && { publicIp: ipOf(publicIp) }),
    };
  });
  const home = Object.entries(subnets).find(([, { cidr }]) => ipsOf(cidr).has(addresses[0]!.first));
  if (home === undefined) throw new Error(`${name} is in no subnet`);
  const groups = spec.groups ?? [];
  const workload = spec.workload ?? spec.host ?? name;
  return {
    kind: spec.kind ?? 'interface',
    id: idOf(name),
    name,
    role,
    host: idOf(spec.host ?? name),
    workload: { id: workload, name: workload },
    account: idOf('111122223333'),
    network: idOf(home[1].network ?? 'vpc'),
    subnet: idOf(home[0]),
    addresses,
    groups: groups.map((group) => idOf<'group'>(group)),
    labels: new Map(Object.entries(spec.labels ?? {})),
    policies: groups.map((group) => idOf<'policy'>(group)),
    unfiltered: spec.unfiltered ?? false,
    liveness: spec.is ?? 'live',
    ...(spec.onStart !== undefined && { publicOnStart: spec.onStart }),
    initiates: spec.initiates ?? true,
    listens: spec.listens ?? true,
    canPivot: spec.canPivot ?? role === 'host',
    tags: new Map(),
    at: sourceOf(name),
  };
}
