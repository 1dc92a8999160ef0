import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A message that the workspace took. */
export type Posted = {
  readonly text: string;
  readonly blocks: string;
  /** Its own id, to which answers are attached. */
  readonly ts: string;
  readonly threadTs?: string;
};

/** What the workspace says to a request instead of taking the message. */
export type No = { readonly status: number; readonly headers?: Readonly<Record<string, string>> };

/** A stand-in for Slack on the loopback, by the one method that is used of it: https://docs.slack.dev/reference/methods/chat.postMessage */
export class SlackWorkspace {
  readonly channel = 'C0123456789';
  readonly token = 'xoxb-1-e2e';
  readonly posted: Posted[] = [];
  /** How often it was asked, taken or not. */
  asked = 0;
  /** Said to the next requests, one each. */
  readonly refusals: No[] = [];
  /** Called when a message was taken, before that is said. */
  onPosted: () => Promise<void> = () => Promise.resolve();
  readonly #server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      this.asked += 1;
      const no = this.refusals.shift();
      if (no !== undefined) {
        response.writeHead(no.status, no.headers);
        response.end('not now');
        return;
      }
      const ts = this.#take(new URLSearchParams(body));
      void this.onPosted().then(() => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ ok: true, channel: this.channel, ts }));
      });
    });
  });

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  get apiUrl(): string {
    return `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}/api/`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #take(fields: URLSearchParams): string {
    const ts = `1700000000.${String(this.posted.length + 1).padStart(6, '0')}`;
    const threadTs = fields.get('thread_ts');
    this.posted.push({
      text: fields.get('text') ?? '',
      blocks: fields.get('blocks') ?? '',
      ts,
      ...(threadTs !== null && { threadTs }),
    });
    return ts;
  }
}
