/**
 * The worlds that a law is tried in: all of them, unless LAW_SHARE says which share, as it does where a law is held to
 * hundreds of mutants one by one.
 */
const SHARE = Number(process.env['LAW_SHARE'] ?? 1);

/** Whether a law meets all its worlds, in which each thing that it speaks of has to come up somewhere. */
export const TRIES_ALL = SHARE >= 1;

/** `least`: how many even then, where few would show nothing. */
export function seeds(count: number, least = 1): number[] {
  return Array.from({ length: Math.max(least, Math.ceil(count * SHARE)) }, (_, seed) => seed);
}
