import { ALL, type SetId } from '#netset';
import type {
  Direction,
  EndpointId,
  GroupId,
  Network,
  NetworkId,
  Policy,
  PolicyId,
  Rule,
  Selector,
} from '#model';
import type { Axis } from './axis.ts';
import { certain, intersectBand, unionBand, type Band, type Bounds } from './band.ts';
import { ownerOf } from './place-owner.ts';
import type { RowPool, Span } from './row-pool.ts';
import { foldTiers, tiersOf } from './tiers.ts';

/** Neighbouring places of members in one network. */
type Members = { readonly span: Span; readonly network: NetworkId };

/** Spans by the transport that they let through. */
type Layers = Map<SetId, Span[]>;

/** Which rules count: all, those that name addresses, or those that name members. A rule that could not be read may do either. */
export type Naming = 'anything' | 'addresses' | 'members';

function names({ kind }: Selector, naming: Naming): boolean {
  if (naming === 'anything' || kind === 'unresolved' || kind === 'anyone') return true;
  return (naming === 'addresses') === (kind === 'ips');
}

/** Policies as rows: for every position at the far end, what the policy lets through. */
export class PolicyRows {
  readonly #network: Network;
  readonly #axis: Axis;
  readonly #rows: RowPool;
  readonly #members = new Map<GroupId, Members[]>();
  readonly #visible = new Map<NetworkId, Set<NetworkId>>();
  /** For each network the lists of those whose groups its rules may name for what comes in, itself among them. */
  readonly #sharing = new Map<NetworkId, (readonly NetworkId[])[]>();
  readonly #memo = new Map<string, Band>();
  readonly #everything: Bounds<readonly Span[]>;
  readonly #maybeNamed: readonly Span[];
  #privateSpans: readonly Span[] | undefined;

  constructor(network: Network, axis: Axis, rows: RowPool) {
    this.#network = network;
    this.#axis = axis;
    this.#rows = rows;
    this.#everything = certain([[0, axis.length]]);
    this.#maybeNamed = axis.places.flatMap((place, position): Span[] =>
      ownerOf(network, place, axis.family)?.unaddressed?.mayBeNamed === undefined
        ? []
        : [[position, position + 1]],
    );
    axis.places.forEach(({ owner }, position) => {
      const endpoint = network.endpoints.get(owner as EndpointId);
      for (const group of endpoint?.groups ?? []) this.#join(group, position, endpoint!.network);
    });
    for (const gateway of network.gateways.values()) {
      if (gateway.kind !== 'peering' || !gateway.isActive || !gateway.sharesGroups) continue;
      this.#see(gateway.sides[0], gateway.sides[1]);
      this.#see(gateway.sides[1], gateway.sides[0]);
    }
    for (const gateway of network.gateways.values()) {
      if (gateway.kind !== 'transit') continue;
      const sharing = [...gateway.attachments.values()].flatMap(({ to }) =>
        to.kind === 'network' && to.sharesGroups ? [to.network] : [],
      );
      for (const each of sharing) this.#sharing.set(each, [...(this.#sharing.get(each) ?? []), sharing]);
    }
  }

  /** What the policies that an endpoint of that network carries let through together, by rules that name this much. */
  filterOf(
    policies: readonly PolicyId[],
    viewer: NetworkId,
    direction: Direction,
    naming: Naming = 'anything',
  ): Band {
    const carried = policies.map((id) => this.#policy(id));
    const tiered = carried.filter(({ kind }) => kind === 'tiered');
    if (tiered.length === 0) return this.#anyAllow(policies, viewer, direction, naming);
    const ids = tiered.map(({ id }) => id);
    const key = `tiers ${direction} ${naming} ${viewer} ${ids.toSorted().join()}`;
    const passed = this.#remember(key, () =>
      foldTiers(this.#rows, tiersOf(tiered, direction), (rules) =>
        this.#layersOf(rules, viewer, direction, naming),
      ),
    );
    if (tiered.length === carried.length) return passed;
    const others = carried.filter(({ kind }) => kind !== 'tiered').map(({ id }) => id);
    return intersectBand(this.#rows, passed, this.#anyAllow(others, viewer, direction, naming));
  }

  #anyAllow(policies: readonly PolicyId[], viewer: NetworkId, direction: Direction, naming: Naming): Band {
    const key = `${direction} ${naming} ${viewer} ${policies.toSorted().join()}`;
    return this.#remember(key, () =>
      policies
        .map((id) =>
          this.#remember(`${direction} ${naming} ${viewer} ${id}`, () =>
            this.#union(this.#policy(id), viewer, direction, naming),
          ),
        )
        .reduce<Band>((sum, band) => unionBand(this.#rows, sum, band), certain(this.#rows.none)),
    );
  }

  /** What a `first-match` policy lets through. */
  firstMatch(id: PolicyId, direction: Direction): Band {
    return this.#remember(`${direction} ${id}`, () => this.#fold(this.#policy(id), direction));
  }

  /** The positions that a selector surely and possibly names. */
  spansOf(selector: Selector, viewer?: NetworkId, direction: Direction = 'ingress'): Bounds<readonly Span[]> {
    switch (selector.kind) {
      case 'anyone':
        return this.#everything;
      case 'ips': {
        const named = this.#axis.spansOf(selector.ips);
        return this.#maybeNamed.length === 0 || selector.ips.isEmpty
          ? certain(named)
          : [named, [...named, ...this.#maybeNamed]];
      }
      case 'group': {
        const members = this.#members.get(selector.group) ?? [];
        const sure = members
          .filter(({ network }) => this.#sees(viewer, network, direction))
          .map(({ span }) => span);
        return selector.beyond === undefined
          ? certain(sure)
          : [sure, [...members.map(({ span }) => span), ...this.#private()]];
      }
      case 'labels':
        return certain(this.#labelled(selector.labels));
      case 'unresolved':
        return [[], [[0, this.#axis.length]]];
    }
  }

  #policy(id: PolicyId): Policy {
    const policy = this.#network.policies.get(id);
    if (policy === undefined) throw new Error(`the network names a policy that it does not hold: ${id}`);
    return policy;
  }

  #remember(key: string, compute: () => Band): Band {
    const known = this.#memo.get(key);
    if (known !== undefined) return known;
    const band = compute();
    this.#memo.set(key, band);
    return band;
  }

  #union({ rules }: Policy, viewer: NetworkId, direction: Direction, naming: Naming): Band {
    const ofDirection = rules.filter((rule) => rule.direction === direction);
    return this.#layersOf(ofDirection, viewer, direction, naming);
  }

  /** What any of these rules matches. */
  #layersOf(rules: readonly Rule[], viewer: NetworkId, direction: Direction, naming: Naming): Band {
    const sure: Layers = new Map();
    const possible: Layers = new Map();
    let isCertain = true;
    for (const rule of rules) {
      if (!names(rule.selector, naming)) continue;
      const set = this.#rows.sets.intern(rule.transport);
      const [surely, possibly] = this.spansOf(rule.selector, viewer, direction);
      isCertain &&= rule.doubt === undefined && surely === possibly;
      if (rule.doubt === undefined) addSpans(sure, set, surely);
      addSpans(possible, set, possibly);
    }
    const paint = (layers: Layers) =>
      this.#rows.paintAll([...layers].map(([set, spans]) => ({ set, spans })));
    if (isCertain) return certain(paint(sure));
    return [paint(sure), paint(possible)];
  }

  /**
   * From the last rule to the first, each overriding what lies below it. A doubtful allow may not match and a doubtful deny may not either,
   * so the sure row takes every deny at its widest and the possible row every allow.
   */
  #fold(policy: Policy, direction: Direction): Band {
    const rows = this.#rows;
    let [sure, possible] = certain(rows.none);
    for (const rule of policy.rules.toReversed()) {
      if (rule.direction !== direction) continue;
      const set = rows.sets.intern(rule.transport);
      const [surely, possibly] = this.spansOf(rule.selector);
      const least = rule.doubt === undefined ? rows.paint(surely, set) : rows.none;
      const most = rows.paint(possibly, set);
      sure = rule.action === 'allow' ? rows.union(sure, least) : rows.subtract(sure, most);
      possible = rule.action === 'allow' ? rows.union(possible, most) : rows.subtract(possible, least);
    }
    return [sure, possible];
  }

  #labelled(labels: ReadonlyMap<string, string>): Span[] {
    const spans: Span[] = [];
    for (const endpoint of this.#network.endpoints.values()) {
      if (![...labels].every(([key, value]) => endpoint.labels.get(key) === value)) continue;
      for (const position of this.#axis.positionsOf(endpoint.id)) spans.push([position, position + 1]);
    }
    return spans;
  }

  /** The outside addresses that are not the internet's: where members of a group that were not read may be. */
  #private(): readonly Span[] {
    if (this.#privateSpans !== undefined) return this.#privateSpans;
    const rows = this.#rows;
    const spans: Span[] = [];
    const outside = rows.paint([this.#axis.outside], ALL);
    rows.forEachRun(
      rows.subtract(outside, rows.paint(this.#axis.internet, ALL)),
      this.#axis.outside,
      (start, end) => {
        spans.push([start, end]);
        return false;
      },
    );
    this.#privateSpans = spans;
    return spans;
  }

  /** Counts a position to a group's members. Positions come in ascending order. */
  #join(group: GroupId, position: number, network: NetworkId): void {
    const members = this.#members.get(group);
    const member = { span: [position, position + 1] as const, network };
    if (members === undefined) {
      this.#members.set(group, [member]);
      return;
    }
    const last = members.at(-1)!;
    if (last.span[1] !== position || last.network !== network) members.push(member);
    else members[members.length - 1] = { span: [last.span[0], position + 1], network };
  }

  #see(viewer: NetworkId, other: NetworkId): void {
    const seen = this.#visible.get(viewer) ?? new Set();
    seen.add(other);
    this.#visible.set(viewer, seen);
  }

  /** Across a transit gateway only rules for what comes in name groups. https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html#vpc-attachment-security */
  #sees(viewer: NetworkId | undefined, other: NetworkId, direction: Direction): boolean {
    if (viewer === undefined || viewer === other) return true;
    if (this.#visible.get(viewer)?.has(other) === true) return true;
    const lists = direction === 'ingress' ? this.#sharing.get(viewer) : undefined;
    return lists?.some((list) => list.includes(other)) === true;
  }
}

function addSpans(layers: Layers, set: SetId, spans: readonly Span[]): void {
  const known = layers.get(set);
  if (known === undefined) layers.set(set, [...spans]);
  else for (const span of spans) known.push(span);
}
