import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { awsStores, type Stores } from '#store';
import type { Life, StorePlace } from '../contracts/store-place.ts';
import { CREDENTIALS, REGION } from './account.ts';

export type AwsPlace = StorePlace & {
  readonly bucket: string;
  readonly table: string;
  readonly clients: AwsClients;
  /** Waits for nothing more and closes the connections. */
  readonly close: () => void;
};

export type AwsClients = { readonly s3: S3Client; readonly dynamo: DynamoDBDocumentClient };

/** The operations that change something. */
const WRITES = new Set(['PutObject', 'PutItem', 'UpdateItem', 'DeleteItem', 'TransactWriteItems']);

export function awsClients(endpoint: string, maxAttempts = 3): AwsClients {
  // The API server (moto) does a transaction in steps that requests of other connections come between. AWS does not, so the
  // tests send one request at a time; what is raced is what lies between a store's own requests.
  const requestHandler = new NodeHttpHandler({ httpAgent: { keepAlive: true, maxSockets: 1 } });
  const config = { endpoint, region: REGION, credentials: CREDENTIALS, maxAttempts, requestHandler };
  return {
    s3: new S3Client({ ...config, forcePathStyle: true }),
    dynamo: DynamoDBDocumentClient.from(new DynamoDBClient(config)),
  };
}

/** A bucket and a table of their own, empty. */
export async function awsPlace(
  name: string,
  clients: AwsClients,
  clock: () => Date,
  endpoint: string,
): Promise<AwsPlace> {
  await clients.s3.send(
    new CreateBucketCommand({ Bucket: name, CreateBucketConfiguration: { LocationConstraint: REGION } }),
  );
  await clients.dynamo.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    }),
  );
  const mortal: AwsClients[] = [];
  const storesOf = (over: AwsClients): Promise<Stores> =>
    awsStores({ ...over, bucket: name, table: name, clock });
  return {
    bucket: name,
    table: name,
    clients,
    open: () => storesOf(clients),
    openMortal: (life) => {
      const dying = awsClients(endpoint);
      mortal.push(dying);
      endWith(dying, life);
      return storesOf(dying);
    },
    close: () => {
      for (const { s3, dynamo } of mortal) {
        s3.destroy();
        dynamo.destroy();
      }
    },
  };
}

/** Each request that writes is a step. */
function endWith({ s3, dynamo }: AwsClients, life: Life): void {
  const step =
    <A, R>(next: (args: A) => Promise<R>, operation: string | undefined) =>
    async (args: A): Promise<R> => {
      if (WRITES.has(operation ?? '')) return life.step(() => next(args));
      life.look();
      return next(args);
    };
  const options = { name: 'life', step: 'initialize' } as const;
  s3.middlewareStack.add(
    (next, { commandName }) => step(next, commandName?.replace(/Command$/, '')),
    options,
  );
  dynamo.middlewareStack.add(
    (next, { commandName }) => step(next, commandName?.replace(/Command$/, '')),
    options,
  );
}
