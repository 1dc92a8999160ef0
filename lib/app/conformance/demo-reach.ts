import { parseCidr, TransportSet, type Family } from '#netset';
import { idOf, type EndpointId } from '#model';
import {
  cellOf,
  egress,
  exposures,
  openTo,
  planeOf,
  POSSIBLE,
  reachBetween,
  SURE,
  type Analysis,
  type Bound,
  type Exposure,
} from '#engine';
import type { DemoEnd } from './demo-statement.ts';
import { outsideIn } from './sides.ts';

/** Sessions that surely, and that possibly, can be established. */
export type Sessions = { readonly sure: TransportSet; readonly possible: TransportSet };

export const NO_SESSIONS: Sessions = { sure: TransportSet.NONE, possible: TransportSet.NONE };

/** One account's answers in the terms of a demo account's facts. */
export class DemoReach {
  readonly analysis: Analysis;
  readonly #in: ReadonlyMap<string, Exposure>;
  readonly #out: ReadonlyMap<string, Exposure>;

  constructor(analysis: Analysis) {
    this.analysis = analysis;
    const byEndpoint = (list: readonly Exposure[]) =>
      new Map(list.map((each) => [`${each.endpoint.id} ${String(each.family)}`, each]));
    this.#in = byEndpoint(exposures(analysis));
    this.#out = byEndpoint(egress(analysis));
  }

  get interfaces(): readonly EndpointId[] {
    return [...this.analysis.network.endpoints.keys()];
  }

  knows(end: DemoEnd): boolean {
    return !('eni' in end) || this.analysis.network.endpoints.has(idOf<'endpoint'>(end.eni));
  }

  /** What can be opened from one end to the other; a text where that is no question. */
  sessions(from: DemoEnd, to: DemoEnd, family: Family): Sessions | string {
    if ('eni' in from) {
      if (!('eni' in to)) return this.#withOutside(from.eni, to, family, 'out');
      return reachBetween(this.analysis, idOf<'endpoint'>(from.eni), idOf<'endpoint'>(to.eni), family);
    }
    return 'eni' in to ? this.#withOutside(to.eni, from, family, 'in') : 'neither end is an interface';
  }

  #withOutside(
    eni: string,
    far: Exclude<DemoEnd, { eni: string }>,
    family: Family,
    direction: 'in' | 'out',
  ): Sessions | string {
    if ('cidr' in far) return this.#withBlock(eni, far.cidr, family, direction);
    const reach = (direction === 'in' ? this.#in : this.#out).get(`${eni} ${String(family)}`);
    if (reach === undefined) return NO_SESSIONS;
    return { sure: openTo(reach.sure, family, 'whole'), possible: openTo(reach.possible, family, 'whole') };
  }

  /** What every address of the block can open, or have opened to it. */
  #withBlock(eni: string, block: string, family: Family, direction: 'in' | 'out'): Sessions | string {
    const cidr = parseCidr(block);
    if (cidr?.family !== family) return `${JSON.stringify(block)} is no IPv${String(family)} block`;
    const plane = planeOf(this.analysis, family);
    const places = plane.axis.positionsOf(idOf<'endpoint'>(eni));
    const at = (bound: Bound): TransportSet =>
      outsideIn(plane, cidr)
        .map((outside) =>
          TransportSet.unionOf(
            places.map((place) => {
              const [from, to] = direction === 'in' ? [outside, place] : [place, outside];
              return plane.rows.sets.valueOf(cellOf(plane, from, to, bound).session);
            }),
          ),
        )
        .reduce((shared, each) => shared.intersect(each), TransportSet.ALL);
    return { sure: at(SURE), possible: at(POSSIBLE) };
  }
}
