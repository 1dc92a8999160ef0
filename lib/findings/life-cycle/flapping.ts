import type { Tracked } from './tracked.ts';

const HOUR_MS = 3_600_000;
/** So many times back within an hour, and it flaps. */
const REOPENINGS = 3;

/** The reopenings that still count at a time, with one at that time. */
export function reopeningsWith({ reopenings }: Tracked, now: string): readonly string[] {
  return [...reopenings, now].filter((at) => Date.parse(now) - Date.parse(at) < HOUR_MS);
}

export function isTooOften(reopenings: readonly string[]): boolean {
  return reopenings.length >= REOPENINGS;
}

/** Whether something that flapped has neither opened nor closed for an hour. */
export function hasSettled({ unstableAt }: Tracked, now: string): boolean {
  return unstableAt !== undefined && Date.parse(now) - Date.parse(unstableAt) >= HOUR_MS;
}
