import { isActive } from '../exceptions/exception.ts';
import type { Tracked } from './tracked.ts';

/** Whether time alone may make news of a finding now: it flaps, a reminder of it is due, or what accepted it has ended. */
export function isTimed(
  { unstableAt, told, severity, state, accepted }: Tracked,
  now: string,
  remindAfterMs: number,
): boolean {
  if (state === 'open' && accepted !== undefined && accepted.isExceeded !== true)
    return !isActive(accepted, now);
  if (unstableAt !== undefined) return true;
  return (
    state === 'open' &&
    severity === 'critical' &&
    told !== undefined &&
    Date.parse(now) - Date.parse(told.at) >= remindAfterMs
  );
}
