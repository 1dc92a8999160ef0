import { BrokenAnswer } from './failure.ts';

export type ReadLimits = {
  /** For one call with all its pages and retries. */
  readonly deadlineMs: number;
  /** Ends every call at once. */
  readonly signal: AbortSignal | undefined;
};

/**
 * Does the work until it is done, the deadline passes or the outer signal comes; then it throws a `timed-out`.
 *
 * The SDK heeds a signal during a request but not while it waits to try again, so the wait is ended from here too.
 */
export async function withinLimits<T>(
  limits: ReadLimits,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const ending = new AbortController();
  const whenEnded = new Promise<never>((_, reject) => {
    ending.signal.addEventListener('abort', () => {
      reject(ending.signal.reason as Error);
    });
  });
  const late = new BrokenAnswer('timed-out', `no answer in ${limits.deadlineMs} ms`);
  const stopped = new BrokenAnswer('timed-out', 'the reading was stopped');
  const timer = AbortSignal.timeout(limits.deadlineMs);
  const onTimer = (): void => {
    ending.abort(late);
  };
  const onStop = (): void => {
    ending.abort(stopped);
  };
  timer.addEventListener('abort', onTimer);
  limits.signal?.addEventListener('abort', onStop);
  try {
    if (limits.signal?.aborted === true) throw stopped;
    return await Promise.race([work(ending.signal), whenEnded]);
  } catch (error) {
    // Aborting makes the SDK throw an error of its own, which may come first.
    throw ending.signal.aborted ? ending.signal.reason : error;
  } finally {
    timer.removeEventListener('abort', onTimer);
    limits.signal?.removeEventListener('abort', onStop);
  }
}
