import type { Endpoint, Relay } from '#model';
import { SURE, type Bound } from './band.ts';
import type { Doorway } from './doorways.ts';
import { USEFUL } from './host-fall.ts';
import { openTo, type Breadth } from './outside-reach.ts';
import type { Dial, Segment } from './relay-segment.ts';
import type { RelayedExposure } from './relayed.ts';

/** Somebody outside gets to something through relays, by their addresses or by a front door. */
export type RelayedWay = RelayedExposure | Doorway;

type Relays = {
  /** The interface by which a relay is dialled, for people. */
  readonly entranceOf: (relay: Relay) => Endpoint | undefined;
  readonly ignores: (dial: Dial) => boolean;
};

/** The hops of these ways, as far as so much of the internet gets through. */
export function relayEntries(
  ways: readonly RelayedWay[],
  bound: Bound,
  breadth: Breadth,
  { entranceOf, ignores }: Relays,
): Segment[] {
  const found = new Map<string, Segment>();
  for (const way of ways) {
    const { endpoint, family, through, dialled, between, isGuarded, sure, possible } = way;
    const first = through.at(0);
    if (first === undefined) continue;
    const transport = openTo(bound === SURE ? sure : possible, family, breadth).intersect(USEFUL);
    const entrances = through.flatMap((relay) => entranceOf(relay) ?? []);
    const isCut = entrances.length < through.length || ignores({ relay: first, dialled, isGuarded });
    if (transport.isEmpty || isCut) continue;
    // a way that is there over IPv4 and over IPv6 is one, and one that needs no front door is that
    const key = [...through.map(({ id }) => id), endpoint.id].join(' ');
    const known = found.get(key);
    const door = 'door' in way && (known === undefined || known[0].door !== undefined) ? way.door : undefined;
    const hops = [...entrances, endpoint].map((to, i) => {
      const flows = i === 0 ? dialled : (between[i - 1] ?? transport);
      const hop = { from: entrances[i - 1], to, transport: known?.[i]?.transport.union(flows) ?? flows };
      return i === 0 && door !== undefined ? { ...hop, door } : hop;
    });
    found.set(key, hops as unknown as Segment);
  }
  return [...found.values()];
}
