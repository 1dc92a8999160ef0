import { NONE, type SetId } from '#netset';
import type { Bound } from './band.ts';
import { ingressOf, keptSession, rowsOfClient, type HandoffPlaces } from './handoff-cell.ts';
import type { OutsideReach } from './outside-reach.ts';
import type { Plane } from './plane.ts';
import type { RowId } from './row-pool.ts';

/** What gets to targets that see the internet's own addresses, by disjoint sets of those; each looked up once. */
export class KeptReach {
  readonly #known = new Map<string, readonly OutsideReach[]>();

  /** By way of something that stands in the network: filters are asked about the client, routes about whatever stands there. */
  of(places: HandoffPlaces, bound: Bound): readonly OutsideReach[] {
    const { plane, from, to, handoff } = places;
    const key = `${String(plane.axis.family)} ${String(to)} ${from.join()} ${handoff.transport.spans.join()} ${String(bound)}`;
    return this.#once(key, () =>
      bySession(plane, rowsOfClient(places, bound), (client) => keptSession(places, client, bound)),
    );
  }

  /** By a way that passes neither routes nor borders: only the target's groups are asked. */
  pastBorders({ plane, from, to, handoff }: HandoffPlaces, bound: Bound): readonly OutsideReach[] {
    if (!plane.canReceive(to)) return [];
    const { rows } = plane;
    const { sets } = rows;
    const target = plane.endpointAt(to)!;
    const addresses = ingressOf(plane, target, 'addresses', bound);
    const members = ingressOf(plane, target, 'members', bound);
    const named = from.reduce<SetId>((sum, entrance) => sets.union(sum, rows.at(members, entrance)), NONE);
    const carried = sets.intern(handoff.transport);
    const key = ['past', plane.axis.family, addresses, named, carried].join(' ');
    return this.#once(key, () =>
      bySession(plane, [addresses], (client) =>
        sets.intersect(carried, sets.union(named, rows.at(addresses, client))),
      ),
    );
  }

  #once(key: string, find: () => readonly OutsideReach[]): readonly OutsideReach[] {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const found = find();
    this.#known.set(key, found);
    return found;
  }
}

/** The internet's addresses by what passes for them: where these rows are the same, so is that. */
function bySession(
  plane: Plane,
  touched: readonly RowId[],
  sessionOf: (client: number) => SetId,
): readonly OutsideReach[] {
  const bySet = new Map<SetId, [number, number][]>();
  for (const span of plane.axis.internet) {
    const edges: number[] = [...span];
    for (const row of touched) {
      plane.rows.forEachRun(row, span, (start, end) => {
        edges.push(start, end);
        return false;
      });
    }
    edges.sort((a, b) => a - b);
    for (let i = 0; i + 1 < edges.length; i += 1) {
      const [start, end] = [edges[i]!, edges[i + 1]!];
      if (start === end) continue;
      const session = sessionOf(start);
      if (session === NONE) continue;
      const spans = bySet.get(session);
      if (spans === undefined) bySet.set(session, [[start, end]]);
      else spans.push([start, end]);
    }
  }
  return [...bySet].map(([set, spans]) => ({
    ips: plane.axis.addressesOf(spans),
    transport: plane.rows.sets.valueOf(set),
  }));
}
