import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export type FakeServer = {
  readonly endpoint: string;
  /** The form of each request, with the access key that it was signed with as `signedBy`. */
  readonly asked: (operation: string) => readonly URLSearchParams[];
  readonly close: () => Promise<void>;
};

/** Bodies that clients do not take empty. */
const BODIES: Readonly<Record<string, string>> = {
  GetCallerIdentity: '<Account>111122223333</Account>',
  AssumeRole:
    '<Credentials><AccessKeyId>ASIAOFTHEROLE</AccessKeyId><SecretAccessKey>s</SecretAccessKey>' +
    '<SessionToken>t</SessionToken><Expiration>2999-01-01T00:00:00Z</Expiration></Credentials>',
};

/** A server that answers everything in the form of AWS's query protocols, with nothing in it. */
export async function startFakeServer(): Promise<FakeServer> {
  const asked: URLSearchParams[] = [];
  const server = createServer((incoming, outgoing) => {
    void formOf(incoming).then((form) => {
      asked.push(form);
      const operation = form.get('Action') ?? '';
      const result = `<${operation}Result>${BODIES[operation] ?? ''}</${operation}Result>`;
      outgoing.writeHead(200, { 'content-type': 'text/xml', 'x-amzn-requestid': 'id-of-a-request' });
      outgoing.end(
        `<${operation}Response><requestId>id-of-a-request</requestId>${result}</${operation}Response>`,
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: (operation) => asked.filter((form) => form.get('Action') === operation),
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      });
    },
  };
}

async function formOf(incoming: IncomingMessage): Promise<URLSearchParams> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part as Buffer);
  const form = new URLSearchParams(Buffer.concat(parts).toString('utf8'));
  form.set('signedBy', /Credential=([^/]+)/.exec(incoming.headers.authorization ?? '')?.[1] ?? '');
  return form;
}
