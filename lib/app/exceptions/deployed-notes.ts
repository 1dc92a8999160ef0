import type { NoteStore } from '#store';
import { failureOf } from '#sources/aws';
import { deploymentOf } from '../desk/deployment.ts';
import { deskOf, identityAt, type DeskOptions } from '../desk/desk.ts';
import { QuestionError } from '../question-error.ts';

/** The notes of a deployment, and whose credentials reach them. */
export type DeployedNotes = { readonly notes: NoteStore; readonly table: string; readonly by: string };

/** @throws QuestionError if no Region is known, AWS does not take the credentials, or the table is not found */
export async function deployedNotes(
  options: DeskOptions & { readonly stage: string; readonly table?: string; readonly clock: () => Date },
): Promise<DeployedNotes> {
  const { stage, clock } = options;
  const desk = deskOf(options);
  const { region, credentials } = desk;
  const { account, partition, arn } = await identityAt(desk);
  // the SDK takes long to load
  const [{ DynamoDBClient }, { DynamoDBDocumentClient }, { S3Client }, { awsStores }, { tablesOf }] =
    await Promise.all([
      import('@aws-sdk/client-dynamodb'),
      import('@aws-sdk/lib-dynamodb'),
      import('@aws-sdk/client-s3'),
      import('#store'),
      import('../desk/hub-table.ts'),
    ]);
  const dynamo = new DynamoDBClient({ region, credentials });
  const deployment = deploymentOf({ stage, account, region, partition });
  const tables =
    options.table === undefined ? await asked(() => tablesOf(deployment, dynamo)) : [options.table];
  const [table] = tables;
  if (table === undefined || tables.length > 1)
    throw new QuestionError(
      `there is ${table === undefined ? 'no' : 'more than one'} table whose name begins with ${deployment.name}-Table- in ${region}: name it with --table, it is the output TableName of the stack`,
    );
  const stores = await awsStores({
    dynamo: DynamoDBDocumentClient.from(dynamo),
    // no object is read
    s3: new S3Client({ region, credentials }),
    bucket: '',
    table,
    clock,
  });
  return { notes: stores.notes, table, by: arn };
}

/** @throws QuestionError in place of what AWS says */
export async function asked<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof QuestionError) throw error;
    throw new QuestionError(`the deployment's table cannot be used: ${failureOf(error).text}`);
  }
}
