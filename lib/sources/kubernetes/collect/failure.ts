import { oneLine } from '#sources/shared';
import type { ReadFailureCode } from './reading.ts';

/** A request that gave no answer that could be used. */
export class RequestFailed extends Error {
  readonly code: ReadFailureCode;
  /** The user, and not what the user may do, is at fault. */
  readonly byCredentials: boolean;
  /** The server was not reached, or is not the one that the kubeconfig trusts. */
  readonly byConnection: boolean;

  constructor(
    code: ReadFailureCode,
    message: string,
    by: { readonly credentials?: boolean; readonly connection?: boolean } = {},
  ) {
    super(message);
    this.name = 'RequestFailed';
    this.code = code;
    this.byCredentials = by.credentials ?? false;
    this.byConnection = by.connection ?? false;
  }
}

/** The list that was being read is no longer kept by the server: what a page token pointed into is gone. */
export class ListExpired extends Error {
  constructor() {
    super('the server no longer keeps the list that was being read');
    this.name = 'ListExpired';
  }
}

const CODES_BY_STATUS: ReadonlyMap<number, ReadFailureCode> = new Map([
  [401, 'denied'],
  [403, 'denied'],
  [404, 'unsupported'],
  [405, 'unsupported'],
  [408, 'timed-out'],
  [429, 'throttled'],
  [504, 'timed-out'],
]);

/** Whom a server takes somebody for who shows nothing: a refusal of this user is about the credentials. */
const NOBODY = 'system:anonymous';

/** What an answer means that is not 2xx. Its body is a `Status` with a message, where it is the API server's own. */
export function failureOfAnswer(status: number, text: string): RequestFailed {
  const said = messageOf(text);
  return new RequestFailed(
    CODES_BY_STATUS.get(status) ?? 'failed',
    oneLine(said === '' ? `HTTP status ${status}` : `HTTP status ${status}: ${said}`),
    { credentials: status === 401 || (status === 403 && said.includes(NOBODY)) },
  );
}

/** What was thrown by the client or the network, as a failure. */
export function failureOfError(error: unknown): RequestFailed {
  if (error instanceof RequestFailed) return error;
  const code = textOf(error, 'code');
  const message = oneLine(textOf(error, 'message') || String(error));
  if (/ABORT|TIMEOUT|TIMEDOUT/i.test(code) || /^(?:Abort|Timeout)Error$/.test(textOf(error, 'name'))) {
    return new RequestFailed('timed-out', message, { connection: true });
  }
  if (/ECONNRESET|EPIPE|PREMATURE_CLOSE/.test(code))
    return new RequestFailed('cut', message, { connection: true });
  return new RequestFailed('failed', message, { connection: true });
}

/** How errors are called that no second try can mend: the certificate is not trusted, the name is not known. */
const LASTING =
  /CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS|ERR_SSL|EPROTO|ENOTFOUND|ERR_INVALID|ENOENT|EACCES|UNSUPPORTED/;

/** Whether it can help to ask again: the connection broke, as against a certificate that is not trusted or a plugin that is not there. */
export function isPassing(error: unknown): boolean {
  const code = textOf(error, 'code');
  return code !== '' && !LASTING.test(code);
}

/** What to tell people whose certificates do not fit. */
export function isDistrust(error: RequestFailed): boolean {
  return /certificate|self.signed|issuer|altname/i.test(error.message);
}

function messageOf(text: string): string {
  try {
    const body: unknown = JSON.parse(text);
    return textOf(body, 'message');
  } catch {
    return '';
  }
}

function textOf(value: unknown, member: string): string {
  if (typeof value !== 'object' || value === null) return '';
  const inner: unknown = Reflect.get(value, member);
  return typeof inner === 'string' ? inner : '';
}
