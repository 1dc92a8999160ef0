import type { Answer, Connection } from './connection.ts';
import { failureOfAnswer, failureOfError, isPassing, ListExpired, RequestFailed } from './failure.ts';

export type Limits = {
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** For one request. */
  readonly requestMs: number;
  /** Ends this and everything that belongs to it. */
  readonly signal: AbortSignal;
};

const TRIES = 5;
const FIRST_WAIT_MS = 250;
/** A server that wants more patience than this is said to have refused. */
const LONGEST_WAIT_MS = 20_000;
const WORTH_A_RETRY = new Set([429, 500, 502, 503, 504]);

/**
 * Gets one path as JSON. A refusal for load (429, with or without Retry-After), a server's fault and a broken connection are tried again,
 * a few times; 410 throws `ListExpired`, and what else is no answer a `RequestFailed`.
 * https://kubernetes.io/docs/reference/using-api/api-concepts/#retrieving-large-results-sets-in-chunks
 */
export async function getJson(
  path: string,
  query: Readonly<Record<string, string>>,
  connection: Connection,
  limits: Limits,
): Promise<unknown> {
  for (let tries = 1; ; tries += 1) {
    const outcome = await tryGet(path, query, connection, limits);
    if ('answer' in outcome && outcome.answer.status === 200) return parse(outcome.answer.text);
    if ('answer' in outcome && outcome.answer.status === 410) throw new ListExpired();
    const { failure, again } = verdictOn(outcome);
    const ms = waitOf(outcome, tries);
    if (!again || tries === TRIES || ms > LONGEST_WAIT_MS) throw failure;
    await pause(ms, limits);
  }
}

type Outcome = { readonly answer: Answer } | { readonly error: unknown };

async function tryGet(
  path: string,
  query: Readonly<Record<string, string>>,
  connection: Connection,
  { requestMs, signal }: Limits,
): Promise<Outcome> {
  throwIfEnded(signal);
  const late = AbortSignal.timeout(requestMs);
  try {
    return { answer: await connection.get(path, query, AbortSignal.any([late, signal])) };
  } catch (error) {
    throwIfEnded(signal);
    return {
      error: late.aborted
        ? new RequestFailed('timed-out', `no answer in ${requestMs} ms`, { connection: true })
        : error,
    };
  }
}

function verdictOn(outcome: Outcome): { readonly failure: RequestFailed; readonly again: boolean } {
  if ('error' in outcome) {
    const failure = failureOfError(outcome.error);
    return { failure, again: failure.code === 'timed-out' || isPassing(outcome.error) };
  }
  const { status, text } = outcome.answer;
  return { failure: failureOfAnswer(status, text), again: WORTH_A_RETRY.has(status) };
}

/** Retry-After as the API server sends it, in seconds; else longer each time. */
function waitOf(outcome: Outcome, tries: number): number {
  const told = 'answer' in outcome ? Number(outcome.answer.headers['retry-after']) : Number.NaN;
  return Number.isFinite(told) && told >= 0 ? told * 1_000 : FIRST_WAIT_MS * 2 ** (tries - 1);
}

async function pause(ms: number, { wait, signal }: Limits): Promise<void> {
  try {
    await wait(ms, signal);
  } finally {
    throwIfEnded(signal);
  }
}

function throwIfEnded(signal: AbortSignal): void {
  if (!signal.aborted) return;
  const { reason } = signal as { reason: unknown };
  throw reason instanceof RequestFailed ? reason : new RequestFailed('timed-out', 'the reading was stopped');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new RequestFailed('malformed', 'the answer is not JSON');
  }
}
