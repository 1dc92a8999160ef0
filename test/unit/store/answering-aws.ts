import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { awsStores, type Stores } from '#store';

export type Answer = { readonly status: number; readonly body: string | Uint8Array };
export type Request = { readonly operation: string; readonly body: string };

/** An AWS that gives the answers that it was told, in order, and then the last one for ever. */
export type AnsweringAws = {
  readonly stores: Stores;
  readonly answer: (...answers: readonly Answer[]) => void;
  readonly requests: readonly Request[];
  readonly close: () => Promise<void>;
};

export const yes: Answer = { status: 200, body: '{}' };

/** A no of DynamoDB's. */
export function no(code: string, more: object = {}): Answer {
  return {
    status: 400,
    body: JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${code}`, ...more }),
  };
}

/** A cancelled transaction, with the reason of each of its writes. */
export function cancelled(...reasons: readonly string[]): Answer {
  return no('TransactionCanceledException', { CancellationReasons: reasons.map((Code) => ({ Code })) });
}

export function s3No(status: number, code: string): Answer {
  return { status, body: `<Error><Code>${code}</Code><Message>m</Message></Error>` };
}

/**
 * A mocked client would answer in the place of what is tested here: the SDK's reading of errors, and its trying again. So this
 * is a server, and the clients are the real ones.
 */
export async function startAnsweringAws(clock: () => Date): Promise<AnsweringAws> {
  const requests: Request[] = [];
  let answers: Answer[] = [yes];
  const server = createServer((incoming, outgoing) => {
    void bodyOf(incoming).then((body) => {
      const target = incoming.headers['x-amz-target'];
      const operation = typeof target === 'string' ? target.replace(/^.*\./, '') : (incoming.method ?? '');
      requests.push({ operation, body });
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      outgoing.writeHead(answer?.status ?? 500, { 'x-amzn-requestid': 'id' });
      outgoing.end(answer?.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const config = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' },
    maxAttempts: 3,
  };
  const s3 = new S3Client({ ...config, forcePathStyle: true });
  const dynamo = DynamoDBDocumentClient.from(new DynamoDBClient(config));
  return {
    stores: await awsStores({ s3, dynamo, bucket: 'bucket', table: 'table', clock }),
    requests,
    answer: (...given) => {
      answers = [...given];
    },
    close: async () => {
      s3.destroy();
      dynamo.destroy();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
