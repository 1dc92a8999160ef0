import {
  idOf,
  type BlindSpotId,
  type Endpoint,
  type EndpointId,
  type FrontDoor,
  type FrontDoorId,
  type Gateway,
  type GatewayId,
  type InnerService,
  type Network,
  type NetworkId,
  type Policy,
  type PolicyId,
  type PrivateNetwork,
  type Relay,
  type RelayId,
  type RouteTable,
  type RouteTableId,
  type SideDoor,
  type Subnet,
  type SubnetId,
} from '#model';
import { BlindSpots } from './blind-spots.ts';
import type { CallKey } from '../resources/index.ts';
import { Target, type Item } from './target.ts';

/** A network that is being put together from the answers of one or more targets. */
export class Draft {
  readonly blindSpots = new BlindSpots();
  readonly targets: readonly Target[];
  readonly endpoints = new Map<EndpointId, Endpoint>();
  readonly policies = new Map<PolicyId, Policy>();
  readonly networks = new Map<NetworkId, PrivateNetwork>();
  readonly subnets = new Map<SubnetId, Subnet>();
  readonly routeTables = new Map<RouteTableId, RouteTable>();
  readonly gateways = new Map<GatewayId, Gateway>();
  readonly relays = new Map<RelayId, Relay>();
  readonly frontDoors = new Map<FrontDoorId, FrontDoor>();
  readonly internetUnknown = new Map<NetworkId, BlindSpotId>();
  readonly innerServices: InnerService[] = [];
  /** The target that told of a network. What it holds about the network's gateways and tables is looked for there. */
  readonly homes = new Map<NetworkId, Target>();
  /** Networks that belong to an account that was not collected, which alone sees their gateways and tables. */
  readonly foreign = new Map<NetworkId, BlindSpotId>();
  readonly #sideDoors = new Map<string, Map<string, SideDoor>>();
  readonly #collected = new Set<string>();
  readonly #hasNamelessTarget: boolean;

  constructor(snapshots: readonly unknown[]) {
    this.targets = snapshots.map((snapshot) => new Target(snapshot, this.blindSpots));
    for (const { account, region } of this.targets) this.#collected.add(`${account}/${region}`);
    this.#hasNamelessTarget = this.targets.some(({ account, region }) => account === '' || region === '');
  }

  /** The things of a call over all targets, each once. Where several targets tell of one, its owner's word counts. */
  distinct(call: CallKey): ReadonlyMap<string, Item> {
    const items = new Map<string, Item>();
    for (const target of this.targets) {
      for (const item of target.items(call)) {
        const known = items.get(item.id);
        if (known === undefined || (known.target !== target && !isOwn(known) && isOwn(item)))
          items.set(item.id, item);
      }
    }
    return items;
  }

  /** The things of a call whose ids are unique, of the targets that hold it. That a target does not is not noted. */
  whereRead(call: CallKey): ReadonlyMap<string, Item> {
    const read = this.targets.filter((target) => target.has(call));
    return new Map(read.flatMap((target) => target.items(call)).map((item) => [item.id, item]));
  }

  /** A target that does not say which account it is may be any. */
  isCollected(account: string, region: string): boolean {
    return this.#hasNamelessTarget || this.#collected.has(`${account}/${region}`);
  }

  accountNotCollected(account: string, region: string): BlindSpotId {
    return this.blindSpots.note(`account-not-collected:${account}/${region}`, {
      code: 'account-not-collected',
      effect: 'hides-ways',
      what: `account ${account} was not collected in ${region}`,
      remedy: `Collect account ${account} in ${region} together with this one.`,
    });
  }

  targetOf(account: string, region: string): Target | undefined {
    return this.targets.find((target) => target.account === account && target.region === region);
  }

  /** One side door for each network and way in. */
  openSideDoor(network: string, way: string, text: string, because: BlindSpotId): void {
    let doors = this.#sideDoors.get(network);
    if (doors === undefined) this.#sideDoors.set(network, (doors = new Map<string, SideDoor>()));
    if (!doors.has(way)) doors.set(way, { network: idOf<'network'>(network), text, because });
  }

  /** The side doors of a network by their way in, which is mostly the id of a gateway. */
  sideDoorsOf(network: string): ReadonlyMap<string, SideDoor> {
    return this.#sideDoors.get(network) ?? new Map<string, SideDoor>();
  }

  finish(): Network {
    const { endpoints, policies, networks, subnets, routeTables, gateways } = this;
    const { relays, frontDoors, internetUnknown, innerServices } = this;
    const sideDoors = [...this.#sideDoors.values()].flatMap((doors) => [...doors.values()]);
    const blindSpots = this.blindSpots.all;
    return {
      endpoints,
      policies,
      networks,
      subnets,
      routeTables,
      gateways,
      relays,
      frontDoors,
      sideDoors,
      internetUnknown,
      innerServices,
      blindSpots,
    };
  }
}

/** Things of a shared network are visible to the accounts it is shared with, but only the owner sees all of them. */
function isOwn({ place, target }: Item): boolean {
  const owner = place.raw('OwnerId');
  return owner === undefined || target.account === '' || owner === target.account;
}
