import { describe, expect, it } from 'vitest';
import { BrokenAnswer, failureOf, isCredentialFailure } from '../../../../lib/sources/aws/collect/failure.ts';

/** An error as the SDK makes them. */
function sdkError(name: string, members: object = {}): Error {
  return Object.assign(new Error('said so'), { name, ...members });
}

describe('failureOf', () => {
  it.each([
    ['UnauthorizedOperation', 'denied'],
    ['AccessDenied', 'denied'],
    ['AccessDeniedException', 'denied'],
    ['AuthFailure', 'denied'],
    ['OptInRequired', 'denied'],
    ['ExpiredToken', 'denied'],
    ['ExpiredTokenException', 'denied'],
    ['RequestExpired', 'denied'],
    ['CredentialsProviderError', 'denied'],
    ['InvalidClientTokenId', 'denied'],
    ['RequestLimitExceeded', 'throttled'],
    ['Throttling', 'throttled'],
    ['ThrottlingException', 'throttled'],
    ['TooManyRequestsException', 'throttled'],
    ['TimeoutError', 'timed-out'],
    ['AbortError', 'timed-out'],
    ['InvalidAction', 'unsupported'],
    ['UnsupportedOperation', 'unsupported'],
    ['UnknownOperationException', 'unsupported'],
    ['SyntaxError', 'malformed'],
    ['InvalidPrefixListID.NotFound', 'dangling'],
    ['TargetGroupNotFound', 'dangling'],
    ['TargetGroupNotFoundException', 'dangling'],
    ['InternalError', 'failed'],
  ])('%s is %s', (name, code) => {
    expect(failureOf(sdkError(name))).toEqual({ code, name, text: `${name}: said so` });
  });

  it.each([
    ['a lost connection', { code: 'ECONNRESET' }, 'cut', 'ECONNRESET: said so'],
    ['a refused connection', { code: 'ECONNREFUSED' }, 'failed', 'ECONNREFUSED: said so'],
    ['status 403', { $metadata: { httpStatusCode: 403 } }, 'denied', 'Error: said so'],
    ['status 429', { $metadata: { httpStatusCode: 429 } }, 'throttled', 'Error: said so'],
    ['status 501', { $response: { statusCode: 501 } }, 'unsupported', 'Error: said so'],
  ] as const)('%s', (_, members, code, text) => {
    expect(failureOf(sdkError('Error', members))).toMatchObject({ code, text });
  });

  it.each([
    [200, 'malformed', 'XML parse error: mismatched tags.'],
    [500, 'failed', "HTTP status 500, and no error of AWS's form"],
    [404, 'unsupported', "HTTP status 404, and no error of AWS's form"],
  ])('an answer with status %d that cannot be parsed is %s', (statusCode, code, text) => {
    const message =
      'XML parse error: mismatched tags. Deserialization error: to see the raw response, inspect it.';
    const error = Object.assign(new Error(message), { $response: { statusCode } });
    expect(failureOf(error)).toMatchObject({ code, text });
  });

  it('keeps its own code', () => {
    expect(failureOf(new BrokenAnswer('cut', 'half'))).toMatchObject({ code: 'cut', text: 'half' });
  });

  it.each([[undefined], [null], ['text'], [42], [{}], [Object.create(null)]])(
    'takes %j, which is no error',
    (thrown) => {
      expect(failureOf(thrown).code).toBe('failed');
    },
  );

  it('leaves out what only AWS can decode, control characters and what is too long', () => {
    const message = `no\u001b[31m way\r\n${'x'.repeat(1_000)} Encoded authorization failure message: abcdef`;
    const { text } = failureOf(Object.assign(new Error(message), { name: 'UnauthorizedOperation' }));
    expect(text).toMatch(/^UnauthorizedOperation: no \[31m way x+…$/);
    expect(text.length).toBe(300);
    const denied = Object.assign(new Error('No. Encoded authorization failure message: abc\ndef'), {
      name: 'X',
    });
    expect(failureOf(denied).text).toBe('X: No.');
  });
});

it.each([
  ['ExpiredToken', true],
  ['CredentialsProviderError', true],
  ['UnauthorizedOperation', false],
])('%s is about the credentials: %s', (name, expected) => {
  expect(isCredentialFailure(failureOf(sdkError(name)))).toBe(expected);
});
