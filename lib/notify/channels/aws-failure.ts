import { ChannelFailure } from '../channel.ts';

/**
 * How the clients of AWS channels are to be made: few tries and short waits, since whoever sends tries again later and need not hold a
 * function meanwhile.
 */
export const CHANNEL_CLIENT = { maxAttempts: 2 } as const;

/** Refusals that pass by themselves although AWS blames the caller: load, and credentials that are about to be renewed. */
const PASSING =
  /throttl|toomanyrequests|requestlimit|slowdown|expiredtoken|requestexpired|concurrentaccess|timeout/i;

/**
 * A failed call of AWS as a channel's failure. It may recover unless AWS says that the request itself is wrong.
 *
 * @param what the channel and its address: `SNS topic arn:…`
 * @param remedies what to do about an error, by its name
 */
export function awsFailure(
  error: unknown,
  { what, remedies }: { readonly what: string; readonly remedies: Readonly<Record<string, string>> },
): ChannelFailure {
  const { name, message, status } = factsOf(error);
  // Without a status there was no answer: the network, or credentials that could not be had.
  const mayRecover = status === undefined || status >= 500 || status === 429 || PASSING.test(name);
  const remedy = mayRecover ? 'It is tried again later.' : (remedies[name] ?? 'Trying again cannot help.');
  return new ChannelFailure(`${what}: ${name}: ${message}. ${remedy}`, { mayRecover, cause: error });
}

function factsOf(error: unknown): {
  readonly name: string;
  readonly message: string;
  readonly status: number | undefined;
} {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error), status: undefined };
  const metadata = '$metadata' in error ? (error.$metadata as { httpStatusCode?: number }) : {};
  return {
    name: error.name,
    message: error.message.replace(/[.\s]+$/, '') || 'no further words',
    status: metadata.httpStatusCode,
  };
}
