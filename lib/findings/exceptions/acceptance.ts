import { parseTransport, type TransportSet } from '#netset';
import { SEVERITIES, type Finding, type Severity } from '../finding.ts';
import { patterns } from '../intent/matcher.ts';
import { isActive, type Acceptable, type Exception } from './exception.ts';

/** What exceptions say of a finding. */
export type Acceptance =
  | { readonly kind: 'none' }
  | { readonly kind: 'accepted'; readonly exception: Exception }
  /** It is graver or wider than what was accepted. */
  | { readonly kind: 'exceeded'; readonly exception: Exception; readonly why: string }
  /** What accepted it has ended, and nothing else does. */
  | { readonly kind: 'ended'; readonly exception: Exception };

/** How grave and how wide, as far as it is known. */
export type Limits = { readonly severity?: Severity; readonly transport?: TransportSet };

/** The exceptions that are about a finding. */
export function exceptionsOf(finding: Acceptable, exceptions: readonly Exception[]): readonly Exception[] {
  return exceptions.filter(({ fingerprint, check, workload, account }) => {
    if (fingerprint !== undefined) return fingerprint === finding.fingerprint;
    const fits = (pattern: string | undefined, ...texts: readonly string[]): boolean =>
      pattern === undefined || texts.some(patterns([pattern]));
    return (
      fits(check, finding.check) &&
      fits(workload, finding.workload.id, finding.workload.name) &&
      (account === undefined || account === finding.account)
    );
  });
}

/**
 * Whether somebody answers for a finding at a time (ISO 8601 in UTC). Of several exceptions that are about it, one that accepts it as it is comes
 * before one that it goes beyond, and both before the one that ended last.
 *
 * @param limitsOf what an exception that says no limits of its own is remembered to have accepted
 */
export function acceptanceOf(
  finding: Finding,
  exceptions: readonly Exception[],
  now: string,
  limitsOf: (exception: Exception) => Limits | undefined = () => undefined,
): Acceptance {
  const about = exceptionsOf({ ...finding, account: accountOf(finding) }, exceptions);
  const active = about.filter((exception) => isActive(exception, now));
  const judged = active.map((exception) => ({
    exception,
    why: beyond(exception.accepted ?? limitsOf(exception) ?? {}, finding),
  }));
  const [first] = judged;
  if (first !== undefined) {
    const fit = judged.find(({ why }) => why === undefined);
    return fit === undefined
      ? { kind: 'exceeded', exception: first.exception, why: first.why ?? '' }
      : { kind: 'accepted', exception: fit.exception };
  }
  const [last] = about.toSorted((a, b) => (a.until < b.until ? 1 : a.until > b.until ? -1 : 0));
  return last === undefined ? { kind: 'none' } : { kind: 'ended', exception: last };
}

/** In what a finding goes beyond limits; absent if it does not. */
function beyond({ severity, transport }: Limits, finding: Finding): string | undefined {
  if (severity !== undefined && SEVERITIES.indexOf(finding.severity) < SEVERITIES.indexOf(severity))
    return `it is ${finding.severity}, and ${severity} was accepted`;
  if (transport === undefined || finding.transport === undefined) return undefined;
  const more = finding.transport.subtract(transport);
  return more.isEmpty ? undefined : `${more.toString()} was not accepted`;
}

/** The account that a finding is in: that of its interface, else of the rule that it rests on; empty where neither is known. */
export function accountOf({ endpoints, culprits }: Finding): string {
  return endpoints[0]?.account ?? culprits[0]?.rule.at.account ?? '';
}

/** Flows as they are written with an exception. */
export function limitsFrom(severity: Severity | undefined, flows: string | undefined): Limits {
  const transport = flows === undefined ? undefined : parseTransport(flows);
  return { ...(severity !== undefined && { severity }), ...(transport !== undefined && { transport }) };
}
