import type { IncomingMessage } from 'node:http';

/** How a service is asked: with a form (EC2, load balancing, RDS, STS, SNS), with JSON (DynamoDB, SQS, …), or as S3 is. */
export type WireProtocol = 'query' | 'json' | 's3';

export type Asked = {
  readonly protocol: WireProtocol;
  /** `DescribeVpcs`, `TransactWriteItems`, `PutObject`; empty where the request does not say. */
  readonly operation: string;
};

export type WireAnswer = { readonly status: number; readonly contentType: string; readonly body: string };

export function askedOf(incoming: IncomingMessage, body: Buffer): Asked {
  // `DynamoDB_20120810.TransactWriteItems`
  const target = incoming.headers['x-amz-target'];
  if (typeof target === 'string') return { protocol: 'json', operation: target.replace(/^.*\./, '') };
  if (incoming.headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true) {
    return { protocol: 'query', operation: new URLSearchParams(body.toString('utf8')).get('Action') ?? '' };
  }
  // The SDK names the operation of S3 so, where method and path alone do not.
  const { searchParams } = new URL(incoming.url ?? '/', 'http://s3');
  return { protocol: 's3', operation: searchParams.get('x-id') ?? '' };
}

export type Refusal = {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** What some errors of services that speak JSON have beside it. */
  readonly details?: object;
};

/** The same no in the words of each protocol's services. */
export const REFUSALS: Readonly<Record<'throttle' | 'deny' | 'server-error', Record<WireProtocol, Refusal>>> =
  {
    throttle: {
      query: { status: 503, code: 'RequestLimitExceeded', message: 'Request limit exceeded.' },
      json: {
        status: 400,
        code: 'ThrottlingException',
        message: 'Rate of requests exceeds the allowed one.',
      },
      s3: { status: 503, code: 'SlowDown', message: 'Please reduce your request rate.' },
    },
    deny: {
      query: {
        status: 403,
        code: 'UnauthorizedOperation',
        message: 'You are not authorized to perform this operation.',
      },
      json: { status: 400, code: 'AccessDeniedException', message: 'The role is not authorized to do this.' },
      s3: { status: 403, code: 'AccessDenied', message: 'Access Denied' },
    },
    'server-error': {
      query: { status: 500, code: 'InternalError', message: 'An internal error has occurred.' },
      json: { status: 500, code: 'InternalServerError', message: 'An internal error has occurred.' },
      s3: { status: 500, code: 'InternalError', message: 'We encountered an internal error.' },
    },
  };

export function refusal(protocol: WireProtocol, { status, code, message, details }: Refusal): WireAnswer {
  switch (protocol) {
    case 'json': {
      const body = JSON.stringify({ __type: code, message, ...details });
      return { status, contentType: 'application/x-amz-json-1.0', body };
    }
    case 's3': {
      const body = `<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
      return { status, contentType: 'application/xml', body };
    }
    // The form of an EC2 error, which the other services' clients read as well as their own.
    case 'query': {
      const error = `<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
      const body = `<Response><Errors>${error}</Errors><RequestID>e2e</RequestID></Response>`;
      return { status, contentType: 'text/xml', body };
    }
  }
}

/** An answer that stops half-way, with a length to match. */
export function half({ protocol, operation }: Asked): WireAnswer {
  if (protocol === 'json')
    return { status: 200, contentType: 'application/x-amz-json-1.0', body: '{"Item":{"pk":{"S"' };
  const body = `<${operation}Response><requestId>half</requestId><vpcSet><item><vpcId>vpc-1</vp`;
  return { status: 200, contentType: 'text/xml', body };
}

/** A page with a token and without items. */
export function emptyPage({ protocol, operation }: Asked, token: string): WireAnswer {
  if (protocol !== 'query') throw new Error(`${operation}: only a form's services get empty pages here`);
  const body = `<${operation}Response><requestId>e2e</requestId><nextToken>${token}</nextToken></${operation}Response>`;
  return { status: 200, contentType: 'text/xml', body };
}
