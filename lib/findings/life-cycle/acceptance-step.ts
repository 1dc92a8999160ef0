import { acceptanceOf, limitsFrom, type Acceptance, type Limits } from '../exceptions/acceptance.ts';
import { exceptionName, isActive, type Exception } from '../exceptions/exception.ts';
import type { Finding } from '../finding.ts';
import type { Tracked, TrackedAcceptance } from './tracked.ts';

/** What exceptions say of a finding, with what was remembered when one that names no limits was first seen to accept it. */
export function acceptanceNow(
  was: Tracked | undefined,
  finding: Finding,
  exceptions: readonly Exception[],
  now: string,
): Acceptance {
  const remembered = was?.accepted;
  return acceptanceOf(finding, exceptions, now, (exception): Limits | undefined =>
    remembered !== undefined && remembered.key === keyOf(exception)
      ? limitsFrom(remembered.severity, remembered.flows)
      : undefined,
  );
}

/** Whether somebody answers for what is remembered, as it was when it could last be seen. */
export function isAnsweredFor({ accepted }: Tracked): boolean {
  return accepted !== undefined && accepted.isExceeded !== true;
}

/** Whether what accepted a finding that cannot be seen now holds still. */
export function stillHolds({ accepted }: Tracked, exceptions: readonly Exception[], now: string): boolean {
  return exceptions.some((exception) => keyOf(exception) === accepted?.key && isActive(exception, now));
}

/** How a finding is remembered that an exception accepts: as it is now, unless the exception, or an earlier run, says as what. */
export function acceptedAs(
  was: Tracked | undefined,
  exception: Exception,
  { severity, transport }: Finding,
): TrackedAcceptance {
  const key = keyOf(exception);
  const { owner, until, accepted } = exception;
  const known = was?.accepted?.key === key ? was.accepted : undefined;
  const flows =
    accepted === undefined
      ? known === undefined
        ? transport?.toString()
        : known.flows
      : accepted.transport?.toString();
  return {
    key,
    owner,
    until,
    severity: accepted?.severity ?? known?.severity ?? severity,
    ...(flows !== undefined && { flows }),
  };
}

/** That nobody answers for it any more, in words. */
export function endedNote({ owner, until }: TrackedAcceptance, now: string): string {
  return isActive({ until }, now)
    ? `the exception of ${owner}, until ${until}, was withdrawn`
    : `the exception of ${owner} ended on ${until}`;
}

/** Renewing an exception is no new one; another owner or reason is. */
function keyOf(exception: Exception): string {
  return JSON.stringify([exceptionName(exception), exception.owner, exception.reason]);
}
