import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What Slack is to answer: a status, headers and a body, or nothing at all. */
export type SlackAnswer =
  { readonly status: number; readonly headers?: Record<string, string>; readonly body: string } | 'silence';

export type SlackRequest = {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** Of both of Slack's forms: JSON to a webhook, a form with JSON in it to the API. */
  readonly fields: Readonly<Record<string, unknown>>;
};

/** A stand-in for Slack on the loopback, which gives its answers one after the other and closes itself. */
export async function withSlack<T>(
  answers: readonly SlackAnswer[],
  use: (url: string, requests: readonly SlackRequest[]) => Promise<T>,
): Promise<T> {
  const requests: SlackRequest[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const isJson = request.headers['content-type']?.includes('json') === true;
      requests.push({
        path: request.url ?? '',
        headers: request.headers,
        fields: isJson ? (JSON.parse(body) as Record<string, unknown>) : fieldsOf(body),
      });
      const answer = answers[requests.length - 1] ?? {
        status: 599,
        body: `no answer ${String(requests.length)}`,
      };
      if (answer === 'silence') return;
      response.writeHead(answer.status, { 'content-type': 'text/plain', ...answer.headers });
      response.end(answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await use(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, requests);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

function fieldsOf(body: string): Record<string, unknown> {
  return Object.fromEntries(
    [...new URLSearchParams(body)].map(([key, value]) => [
      key,
      key === 'blocks' ? (JSON.parse(value) as unknown) : value,
    ]),
  );
}
