import { TransportSet } from '#netset';
import { GroupedConnectivity, type Analysis } from '#engine';
import { CLOSED, MAYBE, OPENED, SAME, SURELY, type PageSources, type PageWay } from './page/data.ts';
import type { Places } from './places.ts';
import { Pool } from './pool.ts';

/** Flows into one group, by the group that they come from. */
type Inflow = ReadonlyMap<number, TransportSet>;

type Inflows = { readonly sure: Inflow; readonly possible: Inflow; readonly examples: Examples };

type Examples = ReadonlyMap<number, readonly [from: string, to: string]>;

/** A way between two groups, by members that prove it. */
export type WayExample = {
  readonly from: number;
  readonly to: number;
  readonly members: readonly [from: string, to: string];
  readonly flows: TransportSet;
  readonly state: typeof SAME | typeof OPENED | typeof CLOSED;
};

/** Who reaches whom by groups, and one example of each way; with an earlier side, what of it is new and what was before. */
export function waysBetween(
  places: Places,
  after: Analysis,
  before: Analysis | undefined,
  texts: Pool<string>,
): {
  readonly ways: readonly PageWay[];
  readonly sources: readonly PageSources[];
  readonly examples: readonly WayExample[];
} {
  const groupOf = ({ id }: { readonly id: string }): number =>
    places.members[places.memberOf.get(id) ?? -1]?.[2] ?? -1;
  const now = new GroupedConnectivity(after, groupOf);
  const old = before && new GroupedConnectivity(before, groupOf);
  const ways: PageWay[] = [];
  const sources = new Pool<PageSources>();
  const examples: WayExample[] = [];
  for (let to = 0; to < places.groups.length; to += 1) {
    const is = inflowsOf(now, to);
    const was = old === undefined ? is : inflowsOf(old, to);
    for (const [certainty, state, inflow] of kindsOf(is, was)) {
      for (const { flows, from } of piecesOf(inflow))
        ways.push([to, texts.place(flows.toString()), sources.place(rangesOf(from)), certainty, state]);
      for (const [from, flows] of inflow) {
        const members = (state === CLOSED ? was : is).examples.get(from);
        if (members !== undefined) examples.push({ from, to, members, flows, state });
      }
    }
  }
  return { ways, sources: sources.values, examples };
}

function kindsOf(is: Inflows, was: Inflows): (readonly [PageWay[3], PageWay[4], Inflow])[] {
  const doubt = less(is.possible, is.sure);
  if (is === was)
    return [
      [SURELY, SAME, is.sure],
      [MAYBE, SAME, doubt],
    ];
  return [
    [SURELY, SAME, shared(is.sure, was.sure)],
    [SURELY, OPENED, less(is.sure, was.sure)],
    [SURELY, CLOSED, less(was.sure, is.possible)],
    [MAYBE, SAME, shared(doubt, was.possible)],
    [MAYBE, OPENED, less(doubt, was.possible)],
  ];
}

function inflowsOf(connectivity: GroupedConnectivity, to: number): Inflows {
  const sure = new Map<number, TransportSet>();
  const possible = new Map<number, TransportSet>();
  const examples = new Map<number, readonly [string, string]>();
  for (const found of connectivity.into(to)) {
    const { from, example } = found;
    add(sure, from, found.sure);
    add(possible, from, found.possible);
    if (!examples.has(from)) examples.set(from, [example.from, example.to]);
  }
  return { sure, possible, examples };
}

function add(inflow: Map<number, TransportSet>, from: number, flows: TransportSet): void {
  if (flows.isEmpty) return;
  const known = inflow.get(from);
  inflow.set(from, known === undefined ? flows : known.union(flows));
}

function less(inflow: Inflow, other: Inflow): Inflow {
  const rest = new Map<number, TransportSet>();
  for (const [from, flows] of inflow) {
    const known = other.get(from);
    if (known !== flows) add(rest, from, known === undefined ? flows : flows.subtract(known));
  }
  return rest;
}

function shared(inflow: Inflow, other: Inflow): Inflow {
  const both = new Map<number, TransportSet>();
  for (const [from, flows] of inflow) add(both, from, flows.intersect(other.get(from) ?? TransportSet.NONE));
  return both;
}

/** The same as few pieces: flows that come from the same groups are told together, as whoever wrote the rules thought of them. */
function piecesOf(inflow: Inflow): { readonly flows: TransportSet; readonly from: readonly number[] }[] {
  const bySet = new Map<TransportSet, number[]>();
  for (const [from, flows] of inflow) {
    const known = bySet.get(flows);
    if (known === undefined) bySet.set(flows, [from]);
    else known.push(from);
  }
  const sets = [...bySet.keys()];
  const edges = [...new Set(sets.flatMap(({ spans }) => spans))].sort((a, b) => a - b);
  const pieces = new Map<string, { spans: number[]; holders: TransportSet[] }>();
  for (let i = 0; i + 1 < edges.length; i += 1) {
    const [low, high] = [edges[i] ?? 0, edges[i + 1] ?? 0];
    const holders = sets.filter((set) => set.has(low));
    if (holders.length === 0) continue;
    const key = holders.map((set) => sets.indexOf(set)).join();
    const piece = pieces.get(key) ?? { spans: [], holders };
    if (piece.spans.at(-1) === low) piece.spans.splice(-1, 1, high);
    else piece.spans.push(low, high);
    pieces.set(key, piece);
  }
  return [...pieces.values()].map(({ spans, holders }) => ({
    flows: TransportSet.fromSpans(spans),
    from: holders.flatMap((set) => bySet.get(set) ?? []).sort((a, b) => a - b),
  }));
}

function rangesOf(sorted: readonly number[]): number[] {
  const ranges: number[] = [];
  let next = 0;
  for (const value of sorted) {
    if (ranges.length > 0 && value === next) ranges.push((ranges.pop() ?? 0) + 1);
    else ranges.push(value - next, 1);
    next = value + 1;
  }
  return ranges;
}
