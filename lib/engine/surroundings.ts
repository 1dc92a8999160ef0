import { POSSIBLE, SURE, type Band } from './band.ts';
import type { Leg } from './plane.ts';

/** Whether the internet can dial a place; `perhaps` where its public address may not have been seen. */
export type Publicness = 'public' | 'perhaps' | 'private';

/** What the places of a subnet share that are public, or that are not. */
export type Surroundings = {
  /** What answers may come in. */
  readonly replyIn: Band;
  /** What may come in, groups aside. */
  readonly arriving: Band;
  /** What may go out by a route, groups aside. */
  readonly leaving: Band;
  readonly replyOut: Band;
  readonly routed: Band;
  readonly legs: readonly Leg[];
};

/** What a place has whose public address may not have been seen: surely what it has without one, possibly what it would have with one. */
export function perhaps(without: Surroundings, having: Surroundings): Surroundings {
  const either = (of: (each: Surroundings) => Band): Band => [of(without)[SURE], of(having)[POSSIBLE]];
  return {
    replyIn: either(({ replyIn }) => replyIn),
    arriving: either(({ arriving }) => arriving),
    leaving: either(({ leaving }) => leaving),
    replyOut: either(({ replyOut }) => replyOut),
    routed: either(({ routed }) => routed),
    legs: without.legs,
  };
}
