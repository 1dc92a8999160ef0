import sesLocal from 'aws-ses-v2-local';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What SES says no with. */
export type SesRefusal = { readonly status: number; readonly type: string; readonly message: string };

/**
 * A local SES behind a door that keeps what goes through as it was sent: the server itself keeps what it understood of it.
 */
export class PostOffice {
  /** As they were sent, byte for byte, oldest first. */
  readonly mails: Buffer[] = [];
  refusal: SesRefusal | undefined;
  /** Done when the server has said yes, before whoever sent hears of it. */
  onTaken: () => Promise<void> = () => Promise.resolve();
  #ses: Server | undefined;
  #door: Server | undefined;

  async start(): Promise<void> {
    this.#ses = await sesLocal({ port: 0, host: '127.0.0.1' });
    this.#door = createServer((incoming, outgoing) => {
      this.#take(incoming, outgoing).catch(() => outgoing.destroy());
    });
    const door = this.#door;
    await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  }

  /** For `AWS_ENDPOINT_URL_SESV2`. */
  get endpoint(): string {
    return addressOf(this.#door);
  }

  /** What the server took, by its own account. */
  async taken(): Promise<readonly { readonly subject: string; readonly attachments: readonly unknown[] }[]> {
    const answer = await fetch(`${addressOf(this.#ses)}/store`);
    const { emails } = (await answer.json()) as { emails: { subject: string; attachments: unknown[] }[] };
    return emails;
  }

  async stop(): Promise<void> {
    for (const server of [this.#door, this.#ses]) {
      server?.closeAllConnections();
      await new Promise((resolve) => (server === undefined ? resolve(undefined) : server.close(resolve)));
    }
  }

  async #take(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of incoming) parts.push(part as Buffer);
    const body = Buffer.concat(parts);
    if (this.refusal !== undefined) {
      const { status, type, message } = this.refusal;
      outgoing.writeHead(status, { 'content-type': 'application/json', 'x-amzn-errortype': type });
      outgoing.end(JSON.stringify({ message }));
      return;
    }
    const answer = await fetch(addressOf(this.#ses) + (incoming.url ?? '/'), {
      method: incoming.method ?? 'POST',
      headers: { 'content-type': 'application/json', authorization: incoming.headers.authorization ?? '' },
      body,
    });
    const text = await answer.text();
    if (answer.ok) {
      const { Content } = JSON.parse(body.toString('utf8')) as { Content: { Raw: { Data: string } } };
      this.mails.push(Buffer.from(Content.Raw.Data, 'base64'));
      await this.onTaken();
    }
    outgoing.writeHead(answer.status, { 'content-type': 'application/json' });
    outgoing.end(text);
  }
}

function addressOf(server: Server | undefined): string {
  if (server === undefined) throw new Error('the post office is shut');
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}
