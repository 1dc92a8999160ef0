import { CLOSED, MAYBE, OPENED, type PageWay } from './data.ts';
import type { Model } from './model.ts';

/** What is looked at. `path`: one path. `in`: what the internet reaches, and how it goes on to what is worth guarding. `all`: who reaches whom. */
export type MapView = 'path' | 'in' | 'all';
/** Of a comparison, which side is drawn, or what changed between them. */
export type MapSide = 'after' | 'before' | 'change';

/** What somebody did to the map. */
export type MapState = {
  view: MapView;
  side: MapSide;
  /** Zones whose groups are drawn, and how many of them at most. */
  readonly zones: Map<number, number>;
  /** Groups whose members are listed. */
  readonly groups: Set<number>;
  /** The path that is drawn before all else. */
  path: number | undefined;
};

export const INTERNET = 'internet';
/** Some addresses outside that a rule names: an office, a partner. */
export const NAMED = 'named';

/** A box: `internet`, `named`, `z3` for a zone, `g12` for a group, `m3` for the groups of zone 3 that are not drawn. */
export type MapNode = {
  readonly id: string;
  readonly kind: 'internet' | 'named' | 'zone' | 'group' | 'more';
  /** The zone or group. */
  readonly of: number;
  /** The zone that it is drawn in. */
  readonly within: number | undefined;
};

export type MapEdge = {
  readonly from: string;
  readonly to: string;
  /** Texts by their place. */
  readonly flows: Set<number>;
  /** `path`: on the path that is looked at; `found`: on one of a finding; `door`: from outside; `way`: any other. */
  rank: 'path' | 'found' | 'door' | 'way';
  state: 'same' | 'opened' | 'closed' | 'mixed';
  isSure: boolean;
};

const INTERNET_BOX = 0;
const NAMED_BOX = 1;

export type MapGraph = { readonly nodes: readonly MapNode[]; readonly edges: readonly MapEdge[] };

/** So many groups of a zone are drawn when it is opened, and with each asking for more. */
export const GROUPS_AT_A_TIME = 12;

const RANKS = { path: 3, found: 2, door: 1, way: 0 } as const;

/** What is drawn, by what somebody opened: everything else is part of the box that holds it. */
export function mapGraph(model: Model, state: MapState): MapGraph {
  const boxes = new Boxes(model, state);
  const edges = new Edges(boxes.nodes);
  if (state.view !== 'path') addDoors(model, state, boxes, edges);
  addPaths(model, state, boxes, edges);
  if (state.view === 'all') for (const way of model.data.ways) addWay(model, way, state, boxes, edges);
  const { all } = edges;
  const isJoined = new Set(all.flatMap(({ from, to }) => [from, to]));
  // among ways in only what is on one is drawn: the rest is there with the view of all
  const isKept = ({ id, kind }: MapNode): boolean =>
    isJoined.has(id) || (state.view === 'all' && kind !== 'internet' && kind !== 'named');
  return { nodes: boxes.nodes.filter(isKept), edges: all };
}

/** Which box each group is in. */
class Boxes {
  readonly nodes: MapNode[] = [];
  readonly #boxOf: Int32Array;
  /** By group, the next one that is in another box. */
  readonly #next: Int32Array;
  readonly #over: (readonly number[] | undefined)[] = [];

  constructor(model: Model, state: MapState) {
    this.#boxOf = new Int32Array(model.data.groups.length);
    // in the order of their numbers
    this.#add({ id: INTERNET, kind: 'internet', of: -1, within: undefined });
    this.#add({ id: NAMED, kind: 'named', of: -1, within: undefined });
    const wanted = groupsOnPath(model, state.path);
    for (const zone of model.data.zones.keys()) this.#layOut(model, state, zone, wanted);
    this.#next = this.#boxOf.map((_, group) => group + 1);
    for (let group = this.#next.length - 2; group >= 0; group -= 1)
      if (this.#boxOf[group] === this.#boxOf[group + 1])
        this.#next[group] = this.#next[group + 1] ?? group + 1;
  }

  /** -1 is outside. */
  of(group: number): number {
    return this.#boxOf[group] ?? INTERNET_BOX;
  }

  /** The boxes that hold the groups of a list of sources. */
  over(model: Model, sources: number): readonly number[] {
    const known = this.#over[sources];
    if (known !== undefined) return known;
    const boxes: number[] = [];
    const ranges = model.rangesOf(sources);
    for (let i = 0; i < ranges.length; i += 2) {
      const last = ranges[i + 1] ?? -1;
      // what is in one box together is passed over at once
      for (let group = ranges[i] ?? 0; group <= last; group = this.#next[group] ?? group + 1) {
        const box = this.of(group);
        if (!boxes.includes(box)) boxes.push(box);
      }
    }
    this.#over[sources] = boxes;
    return boxes;
  }

  #layOut(model: Model, state: MapState, zone: number, wanted: ReadonlySet<number>): void {
    const [first, end] = model.groupsOf(zone);
    const most = state.zones.get(zone) ?? 0;
    const isForced = [...wanted].some((group) => group >= first && group < end);
    if (most === 0 && !isForced) {
      const box = this.#add({ id: `z${String(zone)}`, kind: 'zone', of: zone, within: undefined });
      this.#boxOf.fill(box, first, end);
      return;
    }
    const all = Array.from({ length: end - first }, (_, i) => first + i);
    const shown = new Set(all.filter((group) => wanted.has(group)));
    for (const group of byWeight(model, all)) if (shown.size < most) shown.add(group);
    const rest = all.filter((group) => !shown.has(group));
    for (const group of shown)
      this.#boxOf[group] = this.#add({ id: `g${String(group)}`, kind: 'group', of: group, within: zone });
    if (rest.length > 0) {
      const box = this.#add({ id: `m${String(zone)}`, kind: 'more', of: zone, within: zone });
      for (const group of rest) this.#boxOf[group] = box;
    }
  }

  #add(node: MapNode): number {
    return this.nodes.push(node) - 1;
  }
}

function groupsOnPath(model: Model, path: number | undefined): ReadonlySet<number> {
  if (path === undefined) return new Set();
  const members = model.path(path).hops.flatMap((hop) => model.hop(hop).slice(0, 2) as [number, number]);
  return new Set(members.filter((member) => member >= 0).map((member) => model.groupOf(member)));
}

/** Where the trouble is, then what is worth guarding, then what is many. */
function byWeight(model: Model, groups: readonly number[]): readonly number[] {
  const weight = (group: number): number =>
    model.findingsOf(group).length * 1_000 +
    (model.group(group).isJewel ? 500 : 0) +
    model.memberCount(group);
  return [...groups].sort((a, b) => weight(b) - weight(a) || a - b);
}

/** Boxes are numbers here, and pairs places in a table: there are hundreds of thousands to look up for one drawing. */
class Edges {
  readonly all: MapEdge[] = [];
  readonly #byPair: (MapEdge | undefined)[] = [];
  readonly #nodes: readonly MapNode[];

  constructor(nodes: readonly MapNode[]) {
    this.#nodes = nodes;
  }

  add(from: number, to: number, flows: number, edge: Pick<MapEdge, 'rank' | 'state' | 'isSure'>): void {
    if (from === to) return;
    const pair = from * this.#nodes.length + to;
    const known = this.#byPair[pair];
    if (known === undefined) {
      const [source, target] = [this.#nodes[from]?.id ?? '', this.#nodes[to]?.id ?? ''];
      const made = { from: source, to: target, flows: new Set([flows]), ...edge };
      this.#byPair[pair] = made;
      this.all.push(made);
      return;
    }
    known.flows.add(flows);
    if (RANKS[edge.rank] > RANKS[known.rank]) known.rank = edge.rank;
    if (known.state !== edge.state) known.state = 'mixed';
    known.isSure ||= edge.isSure;
  }
}

function isOnSide(state: 'same' | 'opened' | 'closed', side: MapSide): boolean {
  if (side === 'change') return true;
  return side === 'after' ? state !== 'closed' : state !== 'opened';
}

function addDoors(model: Model, { side }: MapState, boxes: Boxes, edges: Edges): void {
  for (const { member, flows, breadth, isSure, through, state } of model.data.doors) {
    const isOther = (state === 'before' && side !== 'before') || (state === 'after' && side === 'before');
    const change = state === 'opened' || state === 'closed' ? state : 'same';
    if (through !== undefined || isOther || !isOnSide(change, side)) continue;
    const from = breadth === 'limited' ? NAMED_BOX : INTERNET_BOX;
    const to = boxes.of(model.groupOf(member));
    // who a rule names is told of a group; a whole zone has always somebody
    if (from === NAMED_BOX && boxes.nodes[to]?.kind !== 'group') continue;
    edges.add(from, to, flows, { rank: 'door', state: change, isSure });
  }
}

function addPaths(model: Model, { path: chosen, side, view }: MapState, boxes: Boxes, edges: Edges): void {
  const gone = new Set(
    model.data.findings.flatMap(({ state, path }) =>
      state === 'closed' && path !== undefined ? [path] : [],
    ),
  );
  const fresh = new Set(
    model.data.findings.flatMap(({ state, path }) =>
      state === 'opened' && path !== undefined ? [path] : [],
    ),
  );
  for (const [place, { hops, isSure, isFound, side: own }] of model.data.paths.entries()) {
    if (chosen !== place && view === 'path') continue;
    if (own !== undefined && (own === 'before') !== (side === 'before')) continue;
    const state = gone.has(place) ? 'closed' : fresh.has(place) ? 'opened' : 'same';
    if (!isOnSide(state, side)) continue;
    const rank = place === chosen ? 'path' : isFound ? 'found' : 'way';
    for (const hop of hops) {
      const [from, to, flows, after, before] = model.hop(hop);
      const source = from < 0 ? INTERNET_BOX : boxes.of(model.groupOf(from));
      // a new path may go over steps that were there before
      const isNew = state === 'opened' && before !== undefined && after !== before;
      edges.add(source, boxes.of(model.groupOf(to)), flows, {
        rank,
        state: isNew ? 'opened' : state === 'closed' && before !== undefined ? 'closed' : 'same',
        isSure,
      });
    }
  }
}

function addWay(model: Model, way: PageWay, { side }: MapState, boxes: Boxes, edges: Edges): void {
  const [to, flows, sources, certainty, change] = way;
  const state = change === OPENED ? 'opened' : change === CLOSED ? 'closed' : 'same';
  if (!isOnSide(state, side)) return;
  const target = boxes.of(to);
  const edge = { rank: 'way', state, isSure: certainty !== MAYBE } as const;
  for (const source of boxes.over(model, sources)) edges.add(source, target, flows, edge);
}

/** Of ways that are on no path so many are drawn: more of them are a tangle, and each box tells all of its own. */
const MOST_WAYS = 100;

/** What of the edges is drawn. */
export function drawable(edges: readonly MapEdge[]): readonly MapEdge[] {
  let ways = 0;
  return edges.filter(({ rank, state }) => rank !== 'way' || state !== 'same' || (ways += 1) <= MOST_WAYS);
}
