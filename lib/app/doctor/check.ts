/**
 * One thing that an account needs so that Postern sees it, and whether it is there. `unknown`: it could not be asked, which is never as good as
 * `ok`.
 */
export type Check = {
  readonly state: 'ok' | 'missing' | 'unknown';
  /** What was checked: `CloudTrail`, `forwarder`, … Checks of one name are the same question in several places. */
  readonly what: string;
  /** An account, `111122223333`, or an account and a Region, `111122223333/eu-west-1`. */
  readonly at: string;
  /** What was found, and what follows from it. */
  readonly why: string;
  /** What to do, in words; empty for `ok`. */
  readonly remedy: string;
  /** What to run, as one would paste it. */
  readonly run: readonly string[];
};

export type Subject = Pick<Check, 'what' | 'at'>;
export type Remedy = { readonly remedy: string; readonly run?: readonly string[] };

export function ok(subject: Subject, why: string): Check {
  return { ...subject, state: 'ok', why, remedy: '', run: [] };
}

export function missing(subject: Subject, why: string, { remedy, run = [] }: Remedy): Check {
  return { ...subject, state: 'missing', why, remedy, run };
}

export function unknown(
  subject: Subject,
  { why, remedy, run = [] }: Remedy & { readonly why: string },
): Check {
  return { ...subject, state: 'unknown', why, remedy, run };
}
