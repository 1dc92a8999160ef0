/**
 * One thing that an account needs so that Postern sees it, and whether it is there. `unknown`: it could not be asked, which is never as good as
 * `ok`.
 */
export type Check = {
  readonly state: 'ok' | 'missing' | 'unknown';
  /** What was checked: `CloudTrail`, `forwarder`, … The checks of one subject are the same question in several places. */
  readonly what: string;
  /** An account, `111122223333`, or an account and a Region, `111122223333/eu-west-1`. */
  readonly at: string;
  /** What was found, and what follows from it. */
  readonly why: string;
  /** What to run or to do; empty for `ok`. */
  readonly remedy: string;
};

export type Subject = Pick<Check, 'what' | 'at'>;

export function ok(subject: Subject, why: string): Check {
  return { ...subject, state: 'ok', why, remedy: '' };
}

export function missing(subject: Subject, why: string, remedy: string): Check {
  return { ...subject, state: 'missing', why, remedy };
}

export function unknown(
  subject: Subject,
  { why, remedy }: { readonly why: string; readonly remedy: string },
): Check {
  return { ...subject, state: 'unknown', why, remedy };
}
