import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { awsStores } from '#store';
import type { Deployment } from '../../desk/deployment.ts';
import { tablesOf } from '../../desk/hub-table.ts';
import { heartbeats } from '../../watch/heartbeats.ts';
import { targetName } from '../../watch/target-name.ts';
import type { CredentialsProvider } from '#sources/aws';
import type { HubFacts } from '../facts.ts';
import { notTold } from '../told.ts';
import { ask } from './ask.ts';
import { clientConfig } from './client-config.ts';

type TableFacts = Pick<HubFacts, 'heartbeats' | 'lastReads'>;

/** What the hub's table tells. It is looked for, unless it is named. */
export async function tableFacts(
  deployment: Deployment,
  credentials: CredentialsProvider,
  named: string | undefined,
  clock: () => Date,
): Promise<TableFacts> {
  const config = clientConfig(deployment.region, credentials);
  const dynamo = new DynamoDBClient(config);
  const found =
    named === undefined ? await ask('dynamodb:ListTables', () => tablesOf(deployment, dynamo)) : undefined;
  if (found?.told === false) return { heartbeats: found, lastReads: found };
  const table = named ?? only(found?.value ?? []);
  if (table === undefined) {
    const none = notTold(
      `${found?.value.length === 0 ? 'there is no' : 'there is more than one'} table whose name begins with ${deployment.name}-Table-`,
      { remedy: 'Name it with --table: it is the output TableName of the stack' },
    );
    return { heartbeats: none, lastReads: none };
  }
  const { notes, state } = await awsStores({
    dynamo: DynamoDBDocumentClient.from(dynamo),
    // no object is read
    s3: new S3Client(config),
    bucket: '',
    table,
    clock,
  });
  return {
    heartbeats: await ask('dynamodb:Query', () => heartbeats(notes)),
    lastReads: await ask('dynamodb:Query', async () => {
      const heads = await state.heads();
      return new Map(heads.map(({ target, head }) => [targetName(target), head.readAt]));
    }),
  };
}

function only(tables: readonly string[]): string | undefined {
  return tables.length === 1 ? tables[0] : undefined;
}
