import type { S3Client } from '@aws-sdk/client-s3';
import type { Stores } from '#store';
import { asked } from '../exceptions/deployed-notes.ts';
import { QuestionError } from '../question-error.ts';
import { deploymentOf } from './deployment.ts';
import { deskOf, identityAt, type DeskOptions } from './desk.ts';

/** All that a deployment remembers, as somebody at a desk may read it. */
export type DeployedStores = {
  readonly stores: Stores;
  readonly table: string;
  readonly bucket: string;
  readonly by: string;
};

/** @throws QuestionError if no Region is known, AWS does not take the credentials, or table or bucket are not found */
export async function deployedStores(
  options: DeskOptions & {
    readonly stage: string;
    readonly table?: string;
    readonly bucket?: string;
    readonly clock: () => Date;
  },
): Promise<DeployedStores> {
  const { stage, clock } = options;
  const desk = deskOf(options);
  const { region, credentials } = desk;
  const { account, partition, arn: by } = await identityAt(desk);
  // the SDK takes long to load
  const [{ DynamoDBClient }, { DynamoDBDocumentClient }, { S3Client: S3 }, { awsStores }, { tablesOf }] =
    await Promise.all([
      import('@aws-sdk/client-dynamodb'),
      import('@aws-sdk/lib-dynamodb'),
      import('@aws-sdk/client-s3'),
      import('#store'),
      import('./hub-table.ts'),
    ]);
  const dynamo = new DynamoDBClient({ region, credentials });
  const isElsewhere = process.env['AWS_ENDPOINT_URL'] !== undefined;
  // an API server on one address has no host for each bucket
  const s3 = new S3({ region, credentials, ...(isElsewhere && { forcePathStyle: true }) });
  const deployment = deploymentOf({ stage, account, region, partition });
  const { name } = deployment;
  const table = only(
    options.table,
    options.table === undefined ? await asked(() => tablesOf(deployment, dynamo)) : [],
    `table whose name begins with ${name}-Table- in ${region}`,
    '--table, it is the output TableName of the stack',
  );
  const bucket = only(
    options.bucket,
    options.bucket === undefined ? await asked(() => bucketsOf(name, s3)) : [],
    `bucket whose name begins with ${name.toLowerCase()}-bucket-`,
    '--bucket, it is the output BucketName of the stack',
  );
  const stores = await awsStores({ dynamo: DynamoDBDocumentClient.from(dynamo), s3, bucket, table, clock });
  return { stores, table, bucket, by };
}

function only(named: string | undefined, found: readonly string[], what: string, how: string): string {
  if (named !== undefined) return named;
  const [one] = found;
  if (one === undefined || found.length > 1)
    throw new QuestionError(
      `there is ${one === undefined ? 'no' : 'more than one'} ${what}: name it with ${how}`,
    );
  return one;
}

/** CloudFormation makes a bucket's name of the stack's, in small letters, and ends it at random. */
async function bucketsOf(name: string, s3: S3Client): Promise<readonly string[]> {
  const { ListBucketsCommand } = await import('@aws-sdk/client-s3');
  const { Buckets: buckets = [] } = await s3.send(new ListBucketsCommand({}));
  const prefix = `${name.toLowerCase()}-bucket-`;
  return buckets.flatMap(({ Name }) => (Name?.startsWith(prefix) === true ? [Name] : []));
}
