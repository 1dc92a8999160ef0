import { INTERNET, IpSet, type Cidr, type Family, type Ip } from '#netset';
import type { EndpointId, GatewayId, NetworkId, SubnetId, Network } from '#model';
import { before, cutsOf, placesOf, type Address, type Place } from './places.ts';
import type { Span } from './row-pool.ts';

/**
 * Neighbouring places of one subnet: positions `start` up to `end`, addresses within `first` to `last`. Ascending by `first`;
 * `highest` is the highest address of this block and all before it.
 */
type Block = { readonly start: number; end: number; first: Address; last: Address; highest: Address };

/**
 * Everything that the far end of a packet can be, in one line of positions: first every known place, then the whole
 * address space, cut wherever any rule, route or network has an edge. A set of addresses becomes a few spans of positions, and
 * what holds at one position holds for every address in it.
 */
export class Axis {
  readonly family: Family;
  readonly places: readonly Place[];
  /** All positions, the known places, the outside address space, and of it the internet. */
  readonly length: number;
  readonly known: Span;
  readonly outside: Span;
  readonly internet: readonly Span[];
  readonly #cuts: readonly Address[];
  readonly #blocks: readonly Block[];
  readonly #positions: ReadonlyMap<string, readonly number[]>;
  readonly #byNetwork = new Map<NetworkId, Span[]>();
  readonly #bySubnet = new Map<SubnetId, Span[]>();
  readonly #unaddressed = new Map<NetworkId, Span[]>();
  readonly #memo = new Map<IpSet, readonly Span[]>();

  constructor(family: Family, networks: readonly Network[]) {
    this.family = family;
    this.#cuts = cutsOf(family, networks);
    this.places = placesOf(family, networks, this.#cuts);
    this.length = this.places.length + this.#cuts.length;
    this.known = [0, this.places.length];
    this.outside = [this.places.length, this.length];
    this.#blocks = blocksOf(this.places);
    const positions = new Map<string, number[]>();
    this.places.forEach((place, position) => {
      const list = positions.get(place.owner);
      if (list === undefined) positions.set(place.owner, [position]);
      else list.push(position);
      extend(this.#byNetwork, place.network, position);
      extend(this.#bySubnet, place.subnet, position);
      if (place.isUnaddressed === true) extend(this.#unaddressed, place.network, position);
    });
    this.#positions = positions;
    this.internet = this.spansOf(INTERNET).filter(([start]) => start >= this.places.length);
  }

  /** The positions of an endpoint (or of a NAT gateway by its id). */
  positionsOf(owner: EndpointId | GatewayId): readonly number[] {
    return this.#positions.get(owner) ?? [];
  }

  spansOfNetwork(network: NetworkId): readonly Span[] {
    return this.#byNetwork.get(network) ?? [];
  }

  spansOfSubnet(subnet: SubnetId): readonly Span[] {
    return this.#bySubnet.get(subnet) ?? [];
  }

  /** The places of a network whose addresses are not known. */
  unaddressedOf(network: NetworkId): readonly Span[] {
    return this.#unaddressed.get(network) ?? [];
  }

  /** The position of an address of an endpoint, or of an outside address. */
  positionOf(ip: Ip, owner?: EndpointId | GatewayId): number | undefined {
    if (ip.family !== this.family) return undefined;
    if (owner === undefined) return this.places.length + this.#atomOf(ip.value);
    return this.positionsOf(owner).find((position) => {
      const place = this.places[position]!;
      return place.first <= ip.value && ip.value <= place.last;
    });
  }

  /** Every position, known or outside, whose addresses are in the set. The set's edges must be edges of the axis. */
  spansOf(ips: IpSet): readonly Span[] {
    const known = this.#memo.get(ips);
    if (known !== undefined) return known;
    const spans: Span[] = [];
    for (const [first, last] of this.family === 4 ? ips.v4.ranges : ips.v6.ranges)
      this.#addSpansOfRange(first, last, spans);
    this.#memo.set(ips, spans);
    return spans;
  }

  /** Whether the line is cut at every edge of a set, so that positions can say what is in it. */
  hasEdgesOf(ips: IpSet): boolean {
    const end = this.family === 4 ? 2 ** 32 : 2n ** 128n;
    const isCut = (address: Address): boolean =>
      address === end || this.#cuts[this.#atomOf(address)] === address;
    return this.family === 4
      ? ips.v4.ranges.every(([first, last]) => isCut(first) && isCut(last + 1))
      : ips.v6.ranges.every(([first, last]) => isCut(first) && isCut(last + 1n));
  }

  /** Every position whose addresses are in a block. */
  spansOfCidr(cidr: Cidr): readonly Span[] {
    const spans: Span[] = [];
    if (cidr.family === this.family) this.#addSpansOfRange(cidr.first, cidr.last, spans);
    return spans;
  }

  /** The addresses of an outside position, first and last. */
  addressesAt(position: number): readonly [Address, Address] {
    const atom = position - this.places.length;
    const next = this.#cuts[atom + 1];
    const last = next === undefined ? (this.family === 4 ? 2 ** 32 - 1 : 2n ** 128n - 1n) : before(next);
    return [this.#cuts[atom]!, last];
  }

  /** One address for each part of a set in which all answers are the same: the first that is in both. */
  representativesOf(ips: IpSet): Ip[] {
    const found: Ip[] = [];
    for (const [first, last] of this.family === 4 ? ips.v4.ranges : ips.v6.ranges) {
      for (let atom = this.#atomOf(first); atom <= this.#atomOf(last); atom += 1) {
        const cut = this.#cuts[atom]!;
        const value = cut > first ? cut : first;
        found.push(typeof value === 'bigint' ? { family: 6, value } : { family: 4, value });
      }
    }
    return found;
  }

  /** All addresses of outside spans. */
  addressesOf(spans: readonly Span[]): IpSet {
    const ranges = spans.map(
      ([start, end]) => [this.addressesAt(start)[0], this.addressesAt(end - 1)[1]] as const,
    );
    return this.family === 4
      ? IpSet.ofRanges(ranges as readonly (readonly [number, number])[], [])
      : IpSet.ofRanges([], ranges as readonly (readonly [bigint, bigint])[]);
  }

  #addSpansOfRange(first: Address, last: Address, spans: Span[]): void {
    const blocks = this.#blocks;
    for (
      let i = firstThat(blocks.length, (block) => blocks[block]!.highest >= first);
      i < blocks.length;
      i += 1
    ) {
      const block = blocks[i]!;
      if (block.first > last) break;
      if (block.last < first) continue;
      if (first <= block.first && block.last <= last) {
        addSpan(spans, block.start, block.end);
        continue;
      }
      for (let position = block.start; position < block.end; position += 1) {
        const place = this.places[position]!;
        if (first <= place.first && place.last <= last) addSpan(spans, position, position + 1);
      }
    }
    addSpan(spans, this.places.length + this.#atomOf(first), this.places.length + this.#atomOf(last) + 1);
  }

  #atomOf(address: Address): number {
    let low = 0;
    let high = this.#cuts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.#cuts[middle]! <= address) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** The lowest of the numbers below `length` for which something that stays true holds; `length` if there is none. */
function firstThat(length: number, holds: (i: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function addSpan(spans: Span[], start: number, end: number): void {
  const open = spans.at(-1);
  if (open !== undefined && open[1] === start) spans[spans.length - 1] = [open[0], end];
  else spans.push([start, end]);
}

function extend<K>(index: Map<K, Span[]>, key: K, position: number): void {
  const spans = index.get(key);
  if (spans === undefined) index.set(key, [[position, position + 1]]);
  else addSpan(spans, position, position + 1);
}

function blocksOf(places: readonly Place[]): readonly Block[] {
  const blocks: Block[] = [];
  let open: Block | undefined;
  let subnet: SubnetId | undefined;
  places.forEach((place, position) => {
    if (place.isUnaddressed === true) return;
    if (open === undefined || place.subnet !== subnet) {
      open = {
        start: position,
        end: position,
        first: place.first,
        last: place.last,
        highest: open?.highest ?? place.last,
      };
      subnet = place.subnet;
      blocks.push(open);
    }
    open.end = position + 1;
    if (place.first < open.first) open.first = place.first;
    if (place.last > open.last) open.last = place.last;
    if (place.last > open.highest) open.highest = place.last;
  });
  return blocks;
}
