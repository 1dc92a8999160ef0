import type { BlindSpotId, RouteTarget, SubnetId } from '#model';
import type { Draft } from './draft.ts';
import type { Place } from './place.ts';

/** What becomes of packets for gateways that the model has no gateway for, by the id that routes name them by. */
export class GatewayFates {
  readonly #draft: Draft;
  readonly #targets = new Map<string, () => RouteTarget>();

  constructor(draft: Draft) {
    this.#draft = draft;
  }

  of(id: string): RouteTarget | undefined {
    return this.#targets.get(id)?.();
  }

  /** It was read, and whatever is routed to it is lost. */
  drops(id: string, text: string): void {
    this.#targets.set(id, () => ({ kind: 'blackhole', text }));
  }

  /** It cannot be told what becomes of packets, because of something already noted. */
  isUnknown(id: string, because: BlindSpotId): void {
    this.#targets.set(id, () => ({ kind: 'unknown', text: id, because, appliances: [] }));
  }

  /** It may drop what is routed to it, and hands the rest on by the tables of its subnets. Noted only once a route leads there. */
  inspects(
    id: string,
    place: Place,
    facts: { readonly what: string; readonly subnets: readonly SubnetId[]; readonly mayTranslate: boolean },
  ): void {
    this.#targets.set(id, () => {
      const { what, subnets, mayTranslate } = facts;
      const because = this.#draft.blindSpots.note(`route-not-modelled:${id}`, {
        code: 'route-not-modelled',
        effect: 'hides-ways',
        what,
        remedy: '',
        at: place.ref(id),
      });
      return { kind: 'inspected', text: id, because, subnets, mayTranslate };
    });
  }

  /** It was read, but what it does is not modelled. Noted only once a route leads there. */
  unmodelled(id: string, place: Place, what: string): void {
    this.#targets.set(id, () => {
      const because = this.#draft.blindSpots.note(`route-not-modelled:${id}`, {
        code: 'route-not-modelled',
        effect: 'hides-ways',
        what: `${what}; that is not modelled`,
        remedy: '',
        at: place.ref(id),
      });
      return { kind: 'unknown', text: id, because, appliances: [] };
    });
  }
}
