import type { TransportSet } from '#netset';
import {
  doubtsOfRoute,
  type BlindSpot,
  type BlindSpotCode,
  type BlindSpotId,
  type Network,
  type Rule,
} from '#model';
import { explain, type Analysis, type End, type Plane, type Step } from '#engine';
import type { Pair } from './part.ts';
import { ipAt } from './sides.ts';

/** What is read but not followed yet. An answer that hangs on it waits, whatever else was not seen; one that hangs on other things alone is wrong. */
const LATER: ReadonlySet<BlindSpotCode> = new Set([
  'route-not-modelled',
  'gateway-not-modelled',
  'load-balancer-targets',
]);

/** Why the answer for a pair is what it is. */
export type Reasons = {
  /** The blind spots that make it unknown. */
  readonly doubts: readonly BlindSpot[];
  /** What stands in the way, in the order in which a packet meets it. */
  readonly blocks: readonly string[];
};

export function reasonsFor(analysis: Analysis, plane: Plane, pair: Pair, points: TransportSet): Reasons {
  const [from, to] = [pair.from[0], pair.to[0]];
  const explanation =
    from === undefined || to === undefined
      ? undefined
      : explain(analysis, endAt(plane, from), endAt(plane, to), points);
  if (explanation === undefined) return { doubts: [], blocks: [] };
  const { network } = analysis;
  const ids = new Set([
    ...explanation.because,
    ...explanation.steps.flatMap((step) => doubtsAt(step, network)),
  ]);
  return {
    doubts: [...ids].flatMap((id) => network.blindSpots.get(id) ?? []),
    blocks: explanation.steps.filter(({ mark }) => mark === 'blocks').map(describeStep),
  };
}

/** The later piece of work that an unknown answer waits for; `undefined` where it waits for nothing that will come. */
export function laterWork(doubts: readonly BlindSpot[]): string | undefined {
  const said = (isLater: boolean): string[] => [
    ...new Set(doubts.filter(({ code }) => LATER.has(code) === isLater).map(({ what }) => what)),
  ];
  const [later, other] = [said(true), said(false)];
  if (later.length === 0) return undefined;
  return `needs a later issue: ${later.join('; ')}${other.length === 0 ? '' : ` (beside it: ${other.join('; ')})`}`;
}

function endAt(plane: Plane, position: number): End {
  const endpoint = plane.isOutside(position) ? undefined : plane.endpointAt(position);
  return endpoint === undefined
    ? { kind: 'outside', ip: ipAt(plane, position) }
    : { kind: 'endpoint', id: endpoint.id };
}

function doubtsAt(step: Step, network: Network): BlindSpotId[] {
  if (step.mark !== 'unknown') return [];
  switch (step.kind) {
    case 'handed':
      return step.relay.because === undefined ? [] : [step.relay.because];
    case 'service':
    case 'hairpin':
    case 'translated':
    case 'listener':
      return [];
    case 'door':
      return step.door.because === undefined ? [] : [step.door.because];
    case 'endpoint':
      return step.endpoint.addresses.flatMap(({ hiddenPublicIp }) => hiddenPublicIp ?? []);
    case 'tiers':
    case 'group':
      return step.rules.flatMap(({ rule }) => doubtsIn(rule));
    case 'acl': {
      const rules = network.policies.get(step.subnet.policy)?.rules ?? [];
      return rules.filter(({ direction }) => direction === step.direction).flatMap(doubtsIn);
    }
    case 'route':
      return routeDoubts(network, step.subnet.routeTable, step.route);
    case 'arrival': {
      const doors = network.sideDoors.filter((door) => door.network === step.endpoint.network);
      return [
        network.internetUnknown.get(step.endpoint.network) ?? [],
        ...doors.map(({ because }) => because),
        ...step.routes.flatMap(doubtsOfRoute),
      ].flat();
    }
    case 'transit':
      return [];
    case 'hop': {
      const gateway = step.leg.gateway === undefined ? undefined : network.gateways.get(step.leg.gateway);
      const subnet = gateway?.kind === 'nat' ? network.subnets.get(gateway.subnet) : undefined;
      return subnet === undefined ? [] : routeDoubts(network, subnet.routeTable, undefined);
    }
  }
}

function doubtsIn({ doubt, selector }: Rule): BlindSpotId[] {
  const ofSelector =
    selector.kind === 'unresolved'
      ? selector.because
      : selector.kind === 'group'
        ? selector.beyond
        : undefined;
  return [doubt ?? [], ofSelector ?? []].flat();
}

/** The route that was taken, and those whose destinations are not known. Without a route taken, all that lead to the unknown. */
function routeDoubts(
  network: Network,
  table: Parameters<Network['routeTables']['get']>[0],
  taken: Extract<Step, { kind: 'route' }>['route'],
): BlindSpotId[] {
  return (network.routeTables.get(table)?.routes ?? []).flatMap((route) => {
    const isMeant = taken === undefined || route === taken || route.destination === undefined;
    return isMeant ? [...doubtsOfRoute(route)] : [];
  });
}

function describeStep(step: Step): string {
  switch (step.kind) {
    case 'handed':
      return `${step.relay.name} may hand it on`;
    case 'hairpin':
      return 'the way out by the internet and back';
    case 'translated':
      return `${step.gateway} translates`;
    case 'listener':
      return 'no listener answers';
    case 'service':
      return `${step.service.name} is not filtered`;
    case 'door':
      return `${step.door.name} may let it in`;
    case 'endpoint':
      return `${step.endpoint.id}: ${step.why}`;
    case 'group':
      return `groups of ${step.endpoint.id} refuse ${step.direction} (${step.policies.join(', ')})`;
    case 'tiers':
      return `policies of ${step.endpoint.id} refuse ${step.direction} (${step.endpoint.policies.join(', ')})`;
    case 'acl':
      return `${step.subnet.policy} refuses ${step.isReply ? 'replies, ' : ''}${step.direction} of ${step.subnet.id}`;
    case 'route':
      return `no route ${step.isReply ? 'for replies ' : ''}from ${step.subnet.id}`;
    case 'arrival':
      return `no way into ${step.endpoint.network}`;
    case 'transit':
      return `${step.gateway} does not carry ${step.isReply ? 'replies' : 'it'}`;
    case 'hop':
      return `${step.leg.gateway ?? 'an appliance'} does not carry it`;
  }
}
