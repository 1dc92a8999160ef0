import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { askedOf, emptyPage, half, refusal, REFUSALS, type Asked, type WireAnswer } from './wire-protocol.ts';

/** What goes wrong with an operation. `times` is for how many requests; absent, for all from now on. */
export type Fault = Harm & {
  /** Only requests with this text in them. */
  readonly only?: string;
};

type Harm =
  /** AWS refuses for load. */
  | { readonly kind: 'throttle'; readonly times?: number }
  | { readonly kind: 'deny'; readonly times?: number }
  /** The server has an error of its own. */
  | { readonly kind: 'server-error'; readonly times?: number }
  /** The server says this no. */
  | {
      readonly kind: 'refuse';
      readonly status: number;
      readonly code: string;
      readonly details?: object;
      readonly times?: number;
    }
  /** The connection is lost in the middle of the answer; the server was not asked. */
  | { readonly kind: 'cut'; readonly times?: number }
  /** The server does what it is asked, and the connection is lost before it says so. */
  | { readonly kind: 'lost-answer'; readonly times?: number }
  /** First comes a page with a token and without items; the page after it is the real one. Only where a form is sent. */
  | { readonly kind: 'empty-page'; readonly times?: number }
  /** Every page gives the same token. Only where a form is sent. */
  | { readonly kind: 'endless-pages'; readonly times?: number }
  /** The answer takes this long. */
  | { readonly kind: 'delay'; readonly ms: number; readonly times?: number }
  /** XML (or JSON, from services that speak it) that stops half-way, with a length to match. */
  | { readonly kind: 'half-xml'; readonly times?: number }
  /** A page of something else, such as a proxy's sign-in, with status 200. */
  | { readonly kind: 'foreign-page'; readonly times?: number };

/** A server in front of the AWS API server that passes requests on, except where it was told to do harm. */
export type FaultProxy = {
  readonly endpoint: string;
  /** Sets what happens to an operation (`DescribeVpcs`, `PutItem`, `PutObject`), in place of what was set before. */
  readonly fault: (operation: string, fault: Fault) => void;
  readonly clear: () => void;
  /** How often each operation was asked since `clear`. */
  readonly asked: (operation: string) => number;
  readonly close: () => Promise<void>;
};

const EMPTY_PAGE_TOKEN = 'an-empty-page-came-first';

/** What becomes of a request before it is passed on. */
export type Rewrite = (asked: Asked, body: Buffer) => Buffer;

export async function startFaultProxy(
  server: string,
  rewrite: Rewrite = (_, body) => body,
): Promise<FaultProxy> {
  const faults = new Map<string, { fault: Fault; left: number }>();
  const counts = new Map<string, number>();

  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const sent = await bodyOf(incoming);
    const asked = askedOf(incoming, sent);
    counts.set(asked.operation, (counts.get(asked.operation) ?? 0) + 1);
    const body = rewrite(asked, sent);
    const entry = faults.get(asked.operation);
    const isMeant = entry !== undefined && entry.left > 0 && sent.includes(entry.fault.only ?? '');
    if (!isMeant || sent.includes(EMPTY_PAGE_TOKEN)) {
      await passOn(server, incoming, body, outgoing);
      return;
    }
    entry.left -= 1;
    await doHarm(entry.fault, asked, server, incoming, body, outgoing);
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
  fault: Harm,
  asked: Asked,
  server: string,
  incoming: IncomingMessage,
  body: Buffer,
  outgoing: ServerResponse,
): Promise<void> {
  switch (fault.kind) {
    case 'throttle':
    case 'deny':
    case 'server-error':
      send(outgoing, refusal(asked.protocol, REFUSALS[fault.kind][asked.protocol]));
      return;
    case 'refuse':
      send(outgoing, refusal(asked.protocol, { ...fault, message: 'As the test wants it.' }));
      return;
    case 'cut':
      outgoing.writeHead(200, { 'content-type': half(asked).contentType, 'content-length': 100_000 });
      outgoing.write(half(asked).body);
      setTimeout(() => outgoing.destroy(), 20);
      return;
    case 'lost-answer':
      await passOn(server, incoming, body, undefined);
      outgoing.destroy();
      return;
    case 'empty-page':
      send(outgoing, emptyPage(asked, EMPTY_PAGE_TOKEN));
      return;
    case 'endless-pages':
      send(outgoing, emptyPage(asked, 'always-the-same'));
      return;
    case 'delay':
      await new Promise((resolve) => setTimeout(resolve, fault.ms));
      await passOn(server, incoming, body, outgoing);
      return;
    case 'half-xml':
      send(outgoing, half(asked));
      return;
    case 'foreign-page':
      sendForeign(outgoing, '<html><body><h1>Sign in to the guest network</h1></body></html>');
      return;
  }
}

/** The request goes on as it came, without the token that the server does not know. The reply goes to `outgoing`, or nowhere. */
async function passOn(
  server: string,
  incoming: IncomingMessage,
  body: Buffer,
  outgoing: ServerResponse | undefined,
): Promise<void> {
  const passed = body.includes(EMPTY_PAGE_TOKEN)
    ? Buffer.from(body.toString('utf8').replace(new RegExp(`&(NextToken|Marker)=${EMPTY_PAGE_TOKEN}`), ''))
    : body;
  // The body is whole by now: it is neither sent in chunks nor waited for.
  const { 'transfer-encoding': _, expect: __, ...sent } = incoming.headers;
  const headers = { ...sent, 'content-length': String(passed.length) };
  await new Promise<void>((resolve, reject) => {
    const forward = request(
      `${server}${incoming.url ?? '/'}`,
      { method: incoming.method ?? 'POST', headers },
      (reply) => {
        if (outgoing === undefined) reply.resume();
        else {
          outgoing.writeHead(reply.statusCode ?? 502, reply.headers);
          reply.pipe(outgoing);
        }
        reply.on('end', resolve);
        reply.on('error', reject);
      },
    );
    forward.on('error', reject);
    forward.end(passed);
  });
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** AWS puts an id on everything that it sends. */
function send(outgoing: ServerResponse, { status, contentType, body }: WireAnswer): void {
  outgoing.setHeader('x-amzn-requestid', '00000000-0000-0000-0000-000000000000');
  outgoing.writeHead(status, { 'content-type': contentType, 'content-length': Buffer.byteLength(body) });
  outgoing.end(body);
}

function sendForeign(outgoing: ServerResponse, html: string): void {
  outgoing.writeHead(200, { 'content-type': 'text/html', 'content-length': Buffer.byteLength(html) });
  outgoing.end(html);
}
