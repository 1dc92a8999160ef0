import { ALL, NONE, type SetId } from '#netset';
import type { BlindSpotId, Endpoint, EndpointAddress, EndpointId, Network, Subnet, SubnetId } from '#model';
import type { Axis } from './axis.ts';
import { certain, intersectBand, POSSIBLE, SURE, unionBand, type Band, type Bound } from './band.ts';
import { InternetEntries } from './internet-entries.ts';
import type { Leg } from './leg.ts';
import { ownerOf } from './place-owner.ts';
import { PolicyRows } from './policy-rows.ts';
import { replyableIn } from './replyable.ts';
import { RouteRows, type Exit } from './route-rows.ts';
import type { RowId, RowPool } from './row-pool.ts';
import { perhaps, type Publicness } from './publicness.ts';
import { SurroundingRows } from './surroundings.ts';
import { WideWays, type Stamp } from './wide-ways.ts';

export type { Leg } from './leg.ts';

/**
 * What is the same for all places with the same groups, subnet and kind of address. A flow a → b is permitted as far as
 * `out(a)` at b and `in(b)` at a both hold it; its reply as far as `replyOut(b)` at a and `replyIn(a)` at b do.
 */
export type PlaceClass = {
  readonly in: Band;
  readonly out: Band;
  readonly replyOut: Band;
  readonly replyIn: Band;
  /** What the groups alone let out, for ways that go through a hop. */
  readonly egress: Band;
  readonly ingress: Band;
  /** Where routes carry it, filters aside. */
  readonly routed: Band;
  readonly legs: readonly Leg[];
};

/** One network in one address family, compiled to rows. Classes are computed when first asked for. */
export class Plane {
  readonly network: Network;
  readonly axis: Axis;
  readonly rows: RowPool;
  readonly replyable: (replies: SetId) => SetId;
  readonly policies: PolicyRows;
  readonly routes: RouteRows;
  readonly entries: InternetEntries;
  readonly wide: WideWays;
  readonly #endpoints: readonly (Endpoint | undefined)[];
  /** 1 where somebody sends, and where somebody receives: asked of every pair, where to look at the endpoints takes most of the time. */
  readonly #sends: Uint8Array;
  readonly #receives: Uint8Array;
  /** Equal numbers for places of one endpoint. */
  readonly #owners: Int32Array;
  readonly #ids: readonly (EndpointId | undefined)[];
  readonly #classes: (PlaceClass | undefined)[];
  readonly #byKey = new Map<string, PlaceClass>();
  readonly #viaUsers = new Map<number, number[]>();
  readonly #internet: RowId;
  readonly #surroundings: SurroundingRows;

  constructor(network: Network, axis: Axis, rows: RowPool) {
    this.network = network;
    this.axis = axis;
    this.rows = rows;
    this.replyable = replyableIn(rows.sets);
    this.policies = new PolicyRows(network, axis, rows);
    this.routes = new RouteRows(network, axis, rows);
    this.wide = new WideWays(network, axis, rows, this.routes, {
      acl: (subnet, direction) => this.policies.firstMatch(this.subnet(subnet).policy, direction),
      border: (subnet, direction) => this.border(subnet, direction),
    });
    this.entries = new InternetEntries(network, axis, rows, this.routes);
    this.#internet = rows.paint(axis.internet, ALL);
    this.#surroundings = new SurroundingRows(this);
    this.#endpoints = axis.places.map((place) => ownerOf(network, place, axis.family));
    const flags = (holds: (endpoint: Endpoint) => boolean): Uint8Array =>
      Uint8Array.from(this.#endpoints, (endpoint) =>
        endpoint?.liveness === 'live' && holds(endpoint) ? 1 : 0,
      );
    this.#sends = flags(({ initiates }) => initiates);
    this.#receives = flags(({ listens }) => listens);
    this.#ids = this.#endpoints.map((endpoint) => endpoint?.id);
    const numbers = new Map<string, number>();
    this.#owners = Int32Array.from(this.#endpoints, (endpoint) => {
      const id = endpoint?.id ?? '';
      const number = numbers.get(id) ?? numbers.size;
      numbers.set(id, number);
      return number;
    });
    this.#classes = axis.places.map(() => undefined);
  }

  isOutside(position: number): boolean {
    return position >= this.axis.places.length;
  }

  /** Whether it is an outside position of the internet, and not of somebody's private addresses. */
  isInternet(position: number): boolean {
    return this.rows.at(this.#internet, position) !== NONE;
  }

  /** The endpoint at a known place; `undefined` for an outside position, or a place that this network does not hold. */
  endpointAt(position: number): Endpoint | undefined {
    return this.#endpoints[position];
  }

  /** Whether anything there is switched on: outside always. */
  takesPart(position: number): boolean {
    return this.isOutside(position) || this.#endpoints[position]?.liveness === 'live';
  }

  /** The same endpoint's id, without a look at the endpoint. */
  idAt(position: number): EndpointId | undefined {
    return this.#ids[position];
  }

  /** The number of the endpoint at a known place, the same for all its places: to compare and to look up by. */
  ownerAt(position: number): number {
    return this.#owners[position] ?? -1;
  }

  canSend(position: number): boolean {
    return this.#sends[position] === 1;
  }

  canReceive(position: number): boolean {
    return this.#receives[position] === 1;
  }

  /** Whether the internet can dial this place: it has a public address. */
  isPublic(position: number): boolean {
    const { isUnaddressed } = this.axis.places[position]!;
    if (isUnaddressed === true) return this.#endpoints[position]?.unaddressed?.isPublic === true;
    return this.#addressesAt(position).some(({ publicIp }) => publicIp !== undefined);
  }

  /** Why the internet may dial this place although no public address was seen; `undefined` where it surely can, or cannot. */
  hiddenPublic(position: number): BlindSpotId | undefined {
    if (this.isPublic(position)) return undefined;
    const dialled = this.#endpoints[position]?.unaddressed?.isPublic;
    if (typeof dialled === 'string') return dialled;
    return this.#addressesAt(position).find(({ hiddenPublicIp }) => hiddenPublicIp !== undefined)
      ?.hiddenPublicIp;
  }

  #addressesAt(position: number): readonly EndpointAddress[] {
    const place = this.axis.places[position]!;
    const all = place.isUnaddressed === true ? [] : (this.#endpoints[position]?.addresses ?? []);
    return all.filter(({ first, last }) => first.value <= place.first && place.last <= last.value);
  }

  classOf(position: number): PlaceClass {
    const known = this.#classes[position];
    if (known !== undefined) return known;
    const endpoint = this.#endpoints[position];
    if (endpoint === undefined) throw new Error(`no endpoint at position ${String(position)}`);
    const publicness = this.#publicnessOf(position);
    const filter = endpoint.unfiltered ? '*' : endpoint.policies.toSorted().join();
    const subnet = this.subnet(endpoint.subnet);
    const stamp = this.wide.stampOf(position, subnet, this.exitOf(subnet));
    const key = `${endpoint.subnet} ${publicness} ${filter} ${stamp.key}`;
    const shared = this.#byKey.get(key) ?? this.#compute(endpoint, publicness, stamp);
    this.#byKey.set(key, shared);
    this.#classes[position] = shared;
    return shared;
  }

  /** The known places whose flows may arrive under the address of this one. */
  usersOf(via: number): readonly number[] {
    return this.#viaUsers.get(via) ?? [];
  }

  /** Finds out who uses which hop. Must run before `usersOf` is asked. */
  indexLegs(): void {
    if (this.#viaUsers.size > 0) return;
    for (let position = 0; position < this.axis.places.length; position += 1) {
      if (!this.canSend(position)) continue;
      for (const { via } of this.classOf(position).legs) {
        const users = this.#viaUsers.get(via);
        if (users === undefined) this.#viaUsers.set(via, [position]);
        else users.push(position);
      }
    }
  }

  /** What the subnet's ACL lets through, everything within the subnet itself. */
  border(subnet: SubnetId, direction: 'ingress' | 'egress'): Band {
    const { policy, id } = this.subnet(subnet);
    return unionBand(this.rows, this.policies.firstMatch(policy, direction), certain(this.own(id)));
  }

  subnet(id: SubnetId): Subnet {
    const subnet = this.network.subnets.get(id);
    if (subnet === undefined) throw new Error(`the network names a subnet that it does not hold: ${id}`);
    return subnet;
  }

  exitOf(subnet: Subnet): Exit {
    return this.routes.exitOf(subnet);
  }

  /** Whether an internet gateway brings packets of an outside address to a place. */
  opensToInternet(from: number, to: number): boolean {
    const { rows } = this;
    const network = this.#endpoints[to]?.network;
    return (
      network !== undefined &&
      this.isPublic(to) &&
      this.entries.isAttached(network) &&
      rows.at(this.#internet, from) !== NONE
    );
  }

  /** Whether packets of a far end surely come out of a transit gateway in the place's own subnet. */
  skipsAcl(position: number, far: number, bound: Bound = SURE): boolean {
    const subnet = this.subnet(this.#endpoints[position]!.subnet);
    const { skipsAcl } = this.wide.stampOf(position, subnet, this.exitOf(subnet));
    return (bound === POSSIBLE || !this.isInternet(far)) && this.rows.at(skipsAcl[bound], far) !== NONE;
  }

  /** Whether answers of a far end come out of a transit gateway in the place's own subnet, surely or possibly. */
  answersSkipAcl(position: number, far: number, bound: Bound): boolean {
    const subnet = this.subnet(this.#endpoints[position]!.subnet);
    const exit = this.exitOf(subnet);
    const stamp = this.wide.stampOf(position, subnet, exit);
    const unseen = this.wide.answersUnseen(stamp, this.wide.sentToSites(exit, stamp.near), exit);
    return this.rows.at(unseen[bound], far) !== NONE;
  }

  /** The places of a subnet. */
  own(subnet: SubnetId): RowId {
    return this.rows.paint(this.axis.spansOfSubnet(subnet), ALL);
  }

  #publicnessOf(position: number): Publicness {
    if (this.isPublic(position)) return 'public';
    return this.hiddenPublic(position) === undefined ? 'private' : 'perhaps';
  }

  #compute(endpoint: Endpoint, publicness: Publicness, stamp: Stamp): PlaceClass {
    const { rows } = this;
    const { arriving, leaving, replyOut, replyIn, routed, legs } =
      publicness === 'perhaps'
        ? perhaps(this.#surroundings.of(endpoint, false, stamp), this.#surroundings.of(endpoint, true, stamp))
        : this.#surroundings.of(endpoint, publicness === 'public', stamp);
    const filter = (direction: 'ingress' | 'egress'): Band =>
      endpoint.unfiltered
        ? certain(rows.all)
        : this.policies.filterOf(endpoint.policies, endpoint.network, direction);
    const egress = filter('egress');
    const ingress = filter('ingress');
    return {
      in: intersectBand(rows, ingress, arriving),
      out: intersectBand(rows, egress, leaving),
      replyOut,
      replyIn,
      egress,
      ingress,
      routed,
      legs,
    };
  }

  /** Whether the way from an outside position to a place exists: its network's internet gateway, or a door that was not read. */
  arrives(from: number, to: number, bound: Bound): boolean {
    const endpoint = this.#endpoints[to];
    if (endpoint === undefined) return false;
    const isPublic = this.isPublic(to) || (bound === POSSIBLE && this.hiddenPublic(to) !== undefined);
    const reached = (at: Bound): SetId => (this.wide.reachesFromOutside(to, at) ? ALL : NONE);
    const subnet = this.subnet(endpoint.subnet);
    const arrivals = this.#surroundings.arrivals(subnet, endpoint.network, isPublic, [
      reached(0),
      reached(1),
    ]);
    return this.rows.at(arrivals[bound], from) !== NONE;
  }
}
