import type { Tracked } from './tracked.ts';

/** Whether time alone may make news of a finding now: it flaps, or a reminder of it is due. */
export function isTimed(
  { unstableAt, told, severity, state }: Tracked,
  now: string,
  remindAfterMs: number,
): boolean {
  if (unstableAt !== undefined) return true;
  return (
    state === 'open' &&
    severity === 'critical' &&
    told !== undefined &&
    Date.parse(now) - Date.parse(told.at) >= remindAfterMs
  );
}
