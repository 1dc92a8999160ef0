import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What goes wrong with an operation. `times` is for how many requests; absent, for all from now on. */
export type Fault =
  /** AWS refuses for load. */
  | { readonly kind: 'throttle'; readonly times?: number }
  | { readonly kind: 'deny'; readonly times?: number }
  /** The server has an error of its own. */
  | { readonly kind: 'server-error'; readonly times?: number }
  /** The connection is lost in the middle of the answer. */
  | { readonly kind: 'cut'; readonly times?: number }
  /** First comes a page with a token and without items; the page after it is the real one. */
  | { readonly kind: 'empty-page'; readonly times?: number }
  /** Every page gives the same token. */
  | { readonly kind: 'endless-pages'; readonly times?: number }
  /** The answer takes this long. */
  | { readonly kind: 'delay'; readonly ms: number; readonly times?: number }
  /** XML that stops half-way, with a length to match. */
  | { readonly kind: 'half-xml'; readonly times?: number }
  /** A page of something else, such as a proxy's sign-in, with status 200. */
  | { readonly kind: 'foreign-page'; readonly times?: number };

/** A server in front of the AWS API server that passes requests on, except where it was told to do harm. */
export type FaultProxy = {
  readonly endpoint: string;
  /** Sets what happens to an operation (`DescribeVpcs`), in place of what was set before. */
  readonly fault: (operation: string, fault: Fault) => void;
  readonly clear: () => void;
  /** How often each operation was asked since `clear`. */
  readonly asked: (operation: string) => number;
  readonly close: () => Promise<void>;
};

const EMPTY_PAGE_TOKEN = 'an-empty-page-came-first';

export async function startFaultProxy(server: string): Promise<FaultProxy> {
  const faults = new Map<string, { fault: Fault; left: number }>();
  const counts = new Map<string, number>();

  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const body = await bodyOf(incoming);
    const operation = operationOf(body);
    counts.set(operation, (counts.get(operation) ?? 0) + 1);
    const entry = faults.get(operation);
    if (entry === undefined || entry.left <= 0 || body.includes(EMPTY_PAGE_TOKEN)) {
      await passOn(server, incoming, body, outgoing);
      return;
    }
    entry.left -= 1;
    await doHarm(entry.fault, operation, server, incoming, body, outgoing);
  };
  const proxy = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const { port } = proxy.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    fault: (operation, fault) => faults.set(operation, { fault, left: fault.times ?? Infinity }),
    clear: () => {
      faults.clear();
      counts.clear();
    },
    asked: (operation) => counts.get(operation) ?? 0,
    close: async () => {
      proxy.closeAllConnections();
      await new Promise<void>((resolve) => proxy.close(() => resolve()));
    },
  };
}

async function doHarm(
  fault: Fault,
  operation: string,
  server: string,
  incoming: IncomingMessage,
  body: string,
  outgoing: ServerResponse,
): Promise<void> {
  switch (fault.kind) {
    case 'throttle':
      send(outgoing, 503, errorXml('RequestLimitExceeded', 'Request limit exceeded.'));
      return;
    case 'deny':
      send(
        outgoing,
        403,
        errorXml('UnauthorizedOperation', 'You are not authorized to perform this operation.'),
      );
      return;
    case 'server-error':
      send(outgoing, 500, errorXml('InternalError', 'An internal error has occurred.'));
      return;
    case 'cut':
      outgoing.writeHead(200, { 'content-type': 'text/xml', 'content-length': 100_000 });
      outgoing.write(`<${operation}Response><requestId>cut`);
      setTimeout(() => outgoing.destroy(), 20);
      return;
    case 'empty-page':
      send(outgoing, 200, pageXml(operation, EMPTY_PAGE_TOKEN));
      return;
    case 'endless-pages':
      send(outgoing, 200, pageXml(operation, 'always-the-same'));
      return;
    case 'delay':
      await new Promise((resolve) => setTimeout(resolve, fault.ms));
      await passOn(server, incoming, body, outgoing);
      return;
    case 'half-xml':
      send(outgoing, 200, `<${operation}Response><requestId>half</requestId><vpcSet><item><vpcId>vpc-1</vp`);
      return;
    case 'foreign-page':
      sendForeign(outgoing, '<html><body><h1>Sign in to the guest network</h1></body></html>');
      return;
  }
}

/** The request goes on as it came, without the token that the server does not know. */
async function passOn(
  server: string,
  incoming: IncomingMessage,
  body: string,
  outgoing: ServerResponse,
): Promise<void> {
  const passed = body.replace(new RegExp(`&(NextToken|Marker)=${EMPTY_PAGE_TOKEN}`), '');
  const headers = { ...incoming.headers, 'content-length': String(Buffer.byteLength(passed)) };
  await new Promise<void>((resolve, reject) => {
    const forward = request(
      `${server}${incoming.url ?? '/'}`,
      { method: incoming.method ?? 'POST', headers },
      (reply) => {
        outgoing.writeHead(reply.statusCode ?? 502, reply.headers);
        reply.pipe(outgoing);
        reply.on('end', resolve);
        reply.on('error', reject);
      },
    );
    forward.on('error', reject);
    forward.end(passed);
  });
}

/** EC2, load balancing, RDS and STS all name the operation in the form that they are sent. */
function operationOf(body: string): string {
  return new URLSearchParams(body).get('Action') ?? '';
}

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

/** AWS puts an id on everything that it sends. */
function send(outgoing: ServerResponse, status: number, xml: string): void {
  outgoing.setHeader('x-amzn-requestid', '00000000-0000-0000-0000-000000000000');
  outgoing.writeHead(status, { 'content-type': 'text/xml', 'content-length': Buffer.byteLength(xml) });
  outgoing.end(xml);
}

function sendForeign(outgoing: ServerResponse, html: string): void {
  outgoing.writeHead(200, { 'content-type': 'text/html', 'content-length': Buffer.byteLength(html) });
  outgoing.end(html);
}

/** The form of an EC2 error, which the other services' clients read as well as their own. */
function errorXml(code: string, message: string): string {
  return `<Response><Errors><Error><Code>${code}</Code><Message>${message}</Message></Error></Errors><RequestID>e2e</RequestID></Response>`;
}

function pageXml(operation: string, token: string): string {
  return `<${operation}Response><requestId>e2e</requestId><nextToken>${token}</nextToken></${operation}Response>`;
}
