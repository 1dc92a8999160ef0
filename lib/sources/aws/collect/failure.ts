import { oneLine, type CollectBlindSpotCode } from '../resources/index.ts';

/** How a call ended that gave no answer. */
export type Failure = {
  readonly code: CollectBlindSpotCode;
  /** The error's own name, such as `UnauthorizedOperation`. */
  readonly name: string;
  /** The name, then the message, on one line. */
  readonly text: string;
};

/** An answer that broke off, with the code that says so; thrown by the collector itself. */
export class BrokenAnswer extends Error {
  readonly code: CollectBlindSpotCode;

  constructor(code: CollectBlindSpotCode, message: string) {
    super(message);
    this.name = 'BrokenAnswer';
    this.code = code;
  }
}

/**
 * Error names by what they mean for the reader. EC2 and the others differ in their names for one thing.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
 */
const CODES: readonly (readonly [RegExp, CollectBlindSpotCode])[] = [
  [
    /^(AccessDenied|UnauthorizedOperation|NotAuthorized|UnauthorizedAccess|AuthFailure|OptInRequired|Blocked|PendingVerification|SubscriptionRequired)/,
    'denied',
  ],
  [
    /^(UnrecognizedClient|InvalidClientTokenId|InvalidAccessKeyId|ExpiredToken|RequestExpired|SignatureDoesNotMatch|InvalidSignature|IncompleteSignature|MissingAuthenticationToken|CredentialsProviderError|TokenProviderError|CredentialUnavailable)/,
    'denied',
  ],
  [
    /^(Throttl|RequestLimitExceeded|RequestThrottled|TooManyRequests|SlowDown|PriorRequestNotComplete|BandwidthLimitExceeded|EC2ThrottledException)/,
    'throttled',
  ],
  [/^(TimeoutError|AbortError|RequestTimeout|ETIMEDOUT|ESOCKETTIMEDOUT)/, 'timed-out'],
  [
    /^(InvalidAction|UnsupportedOperation|UnknownOperation|UnknownParameter|NotImplemented|Unsupported|NoSuchVersion)/,
    'unsupported',
  ],
  [/^(ECONNRESET|EPIPE|ERR_STREAM_PREMATURE_CLOSE|IncompleteBody)/, 'cut'],
  [/^(SyntaxError)/, 'malformed'],
  [/NotFound(Exception)?$/, 'dangling'],
];

/** What the status says where the name says nothing. */
const CODES_BY_STATUS: ReadonlyMap<number, CollectBlindSpotCode> = new Map([
  [401, 'denied'],
  [403, 'denied'],
  [429, 'throttled'],
  [501, 'unsupported'],
]);

/** Reads an error, which may be anything that was thrown. */
export function failureOf(error: unknown): Failure {
  if (error instanceof BrokenAnswer)
    return { code: error.code, name: error.name, text: oneLine(error.message) };
  const name = nameOf(error);
  const message = textOf(error, 'message')
    .replace(/Encoded authorization failure message:.*/s, '')
    .trim();
  const text = oneLine(message === '' ? name : `${name}: ${message}`);
  const byName = CODES.find(([pattern]) => pattern.test(name))?.[1];
  const status = numberOf(objectOf(error, '$metadata'), 'httpStatusCode');
  return {
    code: byName ?? (isUnreadable(error) ? 'malformed' : CODES_BY_STATUS.get(status ?? 0)) ?? 'failed',
    name,
    text,
  };
}

/** The credentials and not the permission are at fault. */
export function isCredentialFailure({ name }: Failure): boolean {
  return CODES[1]?.[0].test(name) ?? false;
}

/** A lost connection is known by its `code` (ECONNRESET), an answer of AWS by its `name`. */
function nameOf(error: unknown): string {
  const code = textOf(error, 'code');
  const name = textOf(error, 'name');
  return oneLine(/^E[A-Z_]+$/.test(code) ? code : name === '' ? 'Error' : name, 80);
}

/** The SDK could not read what came, although the server meant it as an answer. */
function isUnreadable(error: unknown): boolean {
  return (
    objectOf(error, '$response') !== undefined &&
    /deserializ|parse|unexpected (token|end)|XML/i.test(textOf(error, 'message'))
  );
}

function objectOf(value: unknown, member: string): object | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const inner: unknown = Reflect.get(value, member);
  return typeof inner === 'object' && inner !== null ? inner : undefined;
}

function textOf(value: unknown, member: string): string {
  if (typeof value !== 'object' || value === null) return member === 'message' ? String(value) : '';
  const inner: unknown = Reflect.get(value, member);
  return typeof inner === 'string' ? inner : '';
}

function numberOf(value: object | undefined, member: string): number | undefined {
  const inner: unknown = value === undefined ? undefined : Reflect.get(value, member);
  return typeof inner === 'number' ? inner : undefined;
}
