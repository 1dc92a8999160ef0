import { POSSIBLE, SURE, type Band } from './band.ts';

/** Whether the internet can dial a place; `perhaps` where its public address may not have been seen. */
export type Publicness = 'public' | 'perhaps' | 'private';

type Ways = {
  readonly replyIn: Band;
  readonly arriving: Band;
  readonly leaving: Band;
  readonly replyOut: Band;
  readonly routed: Band;
};

/** What a place has whose public address may not have been seen: surely what it has without one, possibly what it would have with one. */
export function perhaps<T extends Ways>(without: T, having: T): T {
  const either = (of: (each: Ways) => Band): Band => [of(without)[SURE], of(having)[POSSIBLE]];
  return {
    ...without,
    replyIn: either(({ replyIn }) => replyIn),
    arriving: either(({ arriving }) => arriving),
    leaving: either(({ leaving }) => leaving),
    replyOut: either(({ replyOut }) => replyOut),
    routed: either(({ routed }) => routed),
  };
}
