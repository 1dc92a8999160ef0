import { parseTransport, TransportSet, type Ip } from '#netset';
import type { Analysis } from '#engine';
import type { PageHop, PagePath } from './page/data.ts';
import { ANYBODY, somebodyFor, type Explaining } from './explaining.ts';
import { Pool } from './pool.ts';

/** Explanations cost a look at the network and room in the file. Behind so many the page names the command that gives one. */
const MOST_EXPLAINED = 4_000;

/** One step of a path by ids; `from` is undefined where it is the internet. Flows in the words of the command line. */
export type IdHop = { readonly from: string | undefined; readonly to: string; readonly flows: string };

/** Paths and their hops, each hop once, with its explanation on each side. */
export class Hops {
  readonly hops = new Pool<PageHop>();
  readonly paths = new Pool<PagePath>();
  readonly #memberOf: ReadonlyMap<string, number>;
  readonly #texts: Pool<string>;
  readonly #explaining: Explaining;
  readonly #after: Analysis;
  readonly #before: Analysis | undefined;
  readonly #known = new Map<string, number>();

  constructor(
    sides: { readonly after: Analysis; readonly before: Analysis | undefined },
    memberOf: ReadonlyMap<string, number>,
    texts: Pool<string>,
    explaining: Explaining,
  ) {
    this.#after = sides.after;
    this.#before = sides.before;
    this.#memberOf = memberOf;
    this.#texts = texts;
    this.#explaining = explaining;
  }

  /** The number of a path; `undefined` if one of its ends is nowhere. `side` is the one that it is on, where it is not on both. */
  path(
    hops: readonly IdHop[],
    isSure: boolean,
    isFound: boolean,
    side?: 'before' | 'after',
  ): number | undefined {
    const numbers = hops.map((hop) => this.hop(hop));
    if (!numbers.every((number) => number !== undefined)) return undefined;
    return this.paths.place({ hops: numbers, isSure, isFound, ...(side && { side }) });
  }

  hop({ from, to, flows }: IdHop): number | undefined {
    const key = `${from ?? ''} ${to} ${flows}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const [source, target] = [from === undefined ? -1 : this.#memberOf.get(from), this.#memberOf.get(to)];
    if (source === undefined || target === undefined) return undefined;
    const asked = parseTransport(flows) ?? TransportSet.ALL;
    const isExplained = this.#known.size < MOST_EXPLAINED;
    // both sides are asked about the same client: one that the later lets in, if it lets in any
    const client = this.#clientOf(from, to, asked);
    const [after, before] = [this.#after, this.#before].map((side) =>
      isExplained && side ? this.#explaining.place(side, from, to, asked, client) : undefined,
    );
    const flowsPlace = this.#texts.place(flows);
    const hop: PageHop =
      before === undefined || before === after
        ? [source, target, flowsPlace, after ?? -1]
        : [source, target, flowsPlace, after ?? -1, before];
    const place = this.hops.place(hop);
    this.#known.set(key, place);
    return place;
  }

  #clientOf(from: string | undefined, to: string, flows: TransportSet): Ip {
    if (from !== undefined) return ANYBODY;
    const sides = [this.#after, ...(this.#before ? [this.#before] : [])];
    return sides.map((side) => somebodyFor(side, to, flows)).find((ip) => ip !== undefined) ?? ANYBODY;
  }
}
