import { oneLine } from '#sources/shared';
import type { CollectBlindSpotCode } from '../resources/index.ts';

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

/** How the names begin of errors that mean: the credentials are at fault, not what they permit. */
const CREDENTIALS = [
  'CredentialUnavailable',
  'CredentialsProviderError',
  'ExpiredToken',
  'IncompleteSignature',
  'InvalidAccessKeyId',
  'InvalidClientTokenId',
  'InvalidSignature',
  'MissingAuthenticationToken',
  'RequestExpired',
  'SignatureDoesNotMatch',
  'TokenProviderError',
  'UnrecognizedClient',
];

/**
 * How the names of errors begin, by what they mean for the reader; the services differ in their names for one thing.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
 */
const BEGINNINGS: Readonly<Partial<Record<CollectBlindSpotCode, readonly string[]>>> = {
  denied: [
    ...CREDENTIALS,
    'AccessDenied',
    'AuthFailure',
    'Blocked',
    'NotAuthorized',
    'OptInRequired',
    'PendingVerification',
    'SubscriptionRequired',
    'UnauthorizedAccess',
    'UnauthorizedOperation',
  ],
  throttled: [
    'BandwidthLimitExceeded',
    'EC2ThrottledException',
    'PriorRequestNotComplete',
    'RequestLimitExceeded',
    'RequestThrottled',
    'SlowDown',
    'Throttl',
    'TooManyRequests',
  ],
  'timed-out': ['AbortError', 'ETIMEDOUT', 'RequestTimeout', 'TimeoutError'],
  unsupported: ['InvalidAction', 'NotImplemented', 'Unsupported', 'UnknownOperation', 'UnknownParameter'],
  cut: ['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE', 'IncompleteBody'],
  malformed: ['SyntaxError'],
};

/** What the status says where the name says nothing. */
const CODES_BY_STATUS: ReadonlyMap<number | undefined, CollectBlindSpotCode> = new Map([
  [401, 'denied'],
  [403, 'denied'],
  [404, 'unsupported'],
  [429, 'throttled'],
  [501, 'unsupported'],
]);

/** Parts of messages that are of no use to a reader: a long code that only AWS can decode, and advice to programmers. */
const NOISE = /Encoded authorization failure message:.*|Deserialization error: to see the raw response.*/s;

/** Reads an error, which may be anything that was thrown. */
export function failureOf(error: unknown): Failure {
  if (error instanceof BrokenAnswer) {
    return { code: error.code, name: error.name, text: oneLine(error.message) };
  }
  const name = nameOf(error);
  const message = textOf(error, 'message').replace(NOISE, '').trim();
  const status =
    numberOf(objectOf(error, '$metadata'), 'httpStatusCode') ??
    numberOf(objectOf(error, '$response'), 'statusCode');
  const byStatus = CODES_BY_STATUS.get(status) ?? 'failed';
  if (isUnreadable(error) && codeOf(name) === undefined) {
    if (status === undefined || status < 400) return { code: 'malformed', name, text: oneLine(message) };
    return { code: byStatus, name, text: `HTTP status ${status}, and no error of AWS's form` };
  }
  return {
    code: codeOf(name) ?? byStatus,
    name,
    text: oneLine(message === '' ? name : `${name}: ${message}`),
  };
}

/** The credentials and not the permission are at fault. */
export function isCredentialFailure({ name }: Failure): boolean {
  return CREDENTIALS.some((beginning) => name.startsWith(beginning));
}

function codeOf(name: string): CollectBlindSpotCode | undefined {
  for (const [code, beginnings] of Object.entries(BEGINNINGS)) {
    if (beginnings.some((beginning) => name.startsWith(beginning))) return code as CollectBlindSpotCode;
  }
  return /NotFound(Exception)?$/.test(name) ? 'dangling' : undefined;
}

/** A lost connection is known by its `code` (ECONNRESET), an answer of AWS by its `name`. */
function nameOf(error: unknown): string {
  const code = textOf(error, 'code');
  const name = textOf(error, 'name');
  return oneLine(/^E[A-Z_]+$/.test(code) ? code : name === '' ? 'Error' : name, 80);
}

/** The SDK could not make sense of what came. */
function isUnreadable(error: unknown): boolean {
  return /Deserialization error|parse error/i.test(textOf(error, 'message'));
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
