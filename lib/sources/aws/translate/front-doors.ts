import { TransportSet } from '#netset';
import { idOf, type NetworkId, type Relay } from '#model';
import type { Draft } from './draft.ts';
import { INSTANCE_CONNECT, isReadOtherwise } from './instance-connect.ts';
import type { InterfaceRecord } from './interface-records.ts';
import type { DoorRow, ServiceRow } from './service-table.ts';
import { serviceRowOf } from './tabled-identity.ts';

/**
 * Ways in that neither routes nor public addresses show, by their interfaces: one for each network and kind. What lies behind them was not
 * read, so each is a blind spot, and what it may lead to is unknown.
 */
export function addFrontDoors(draft: Draft, interfaces: readonly InterfaceRecord[]): void {
  const byDoor = new Map<
    string,
    { readonly row: ServiceRow; readonly door: DoorRow; records: InterfaceRecord[] }
  >();
  for (const record of interfaces) {
    const row = serviceRowOf(record);
    if (row?.door === undefined || isReadOtherwise(draft, record)) continue;
    const key = `${row.prefix}:${record.network}`;
    const known = byDoor.get(key) ?? { row, door: row.door, records: [] };
    known.records.push(record);
    byDoor.set(key, known);
  }
  for (const [key, { row, door, records }] of byDoor) addDoor(draft, key, row, door, records);
}

function addDoor(
  draft: Draft,
  key: string,
  { prefix }: ServiceRow,
  { called, hides, remedy, needsGateway, passesBorders, ...how }: DoorRow,
  [first, ...more]: readonly InterfaceRecord[],
): void {
  if (first === undefined) return;
  const at = first.place.ref(first.id);
  const because =
    prefix === INSTANCE_CONNECT && !first.target.has('DescribeInstanceConnectEndpoints')
      ? first.target.notCollected('DescribeInstanceConnectEndpoints')
      : draft.blindSpots.note(`gateway-not-modelled:${key}`, {
          code: 'gateway-not-modelled',
          effect: 'hides-ways',
          what: `${hides.replace('NETWORK', first.network)} is not followed`,
          remedy: remedy ?? '',
          at,
        });
  if (needsGateway && !mayHaveGateway(draft, idOf<'network'>(first.network))) return;
  const id = idOf<'front-door'>(key);
  draft.frontDoors.set(id, {
    id,
    name: called,
    entrances: [first, ...more].map((record) => idOf<'endpoint'>(record.id)),
    ...how,
    passesBorders: passesBorders === true,
    because,
    at,
  });
}

function mayHaveGateway({ gateways, internetUnknown }: Draft, network: NetworkId): boolean {
  if (internetUnknown.has(network)) return true;
  return [...gateways.values()].some((gateway) => gateway.kind === 'internet' && gateway.network === network);
}

/** Only what holds nothing that a shell would act on is put into a command. */
const SERVICE_ID = /^vpce-svc-[0-9a-z]+$/;

const GONE = /^(?:deleting|deleted|failed)$/i;

/**
 * One blind spot for each service that is offered to other accounts by PrivateLink: whoever may connect reaches the load balancer behind it,
 * which no route shows.
 *
 * https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-share-your-services.html
 */
export function addEndpointServices(draft: Draft): void {
  for (const target of draft.targets) {
    const call = 'DescribeVpcEndpointServiceConfigurations';
    if (!target.has(call)) continue;
    for (const { id, place } of target.items(call)) {
      const balancers = place.items('NetworkLoadBalancerArns').map(({ value }) => nameOf(value));
      if (balancers.length === 0 || GONE.test(place.words('ServiceState'))) continue;
      const because = draft.blindSpots.note(`gateway-not-modelled:endpoint-service:${id}`, {
        code: 'gateway-not-modelled',
        effect: 'hides-ways',
        what: `who reaches ${balancers.join(' and ')} from other accounts by the endpoint service ${id} is not followed`,
        remedy: SERVICE_ID.test(id)
          ? `See who is connected: aws ec2 describe-vpc-endpoint-connections --filters Name=service-id,Values=${id}`
          : '',
        at: place.ref(id),
      });
      const relays = place
        .items('NetworkLoadBalancerArns')
        .flatMap(({ value }) => relayOf(draft, value) ?? []);
      const door = idOf<'front-door'>(`endpoint-service:${id}`);
      draft.frontDoors.set(door, {
        id: door,
        name: `endpoint service ${id}`,
        entrances: [],
        gate: 'invited',
        guests: 'whoever is allowed to connect to it from other accounts',
        source: 'door',
        leads: { kind: 'endpoints', endpoints: relays.flatMap(({ entrances }) => entrances) },
        opens: TransportSet.unionOf(
          relays.flatMap(({ listeners }) => listeners.map(({ transport }) => transport)),
        ),
        carries: 'bytes',
        passesBorders: true,
        because,
        at: place.ref(id),
      });
    }
  }
}

function relayOf({ relays }: Draft, arn: unknown): Relay | undefined {
  return typeof arn === 'string' ? relays.get(idOf<'relay'>(arn)) : undefined;
}

/** `fast` of `arn:…:loadbalancer/net/fast/50dc…`. */
function nameOf(arn: unknown): string {
  if (typeof arn !== 'string') return 'a load balancer';
  return /loadbalancer\/[a-z]+\/([^/]+)/.exec(arn)?.[1] ?? arn;
}
