import { paginateListTables, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Deployment } from './deployment.ts';

/**
 * The tables that may be a deployment's. CloudFormation gives a table a name that begins with the stack's and ends at random, so it is
 * looked for.
 */
export async function tablesOf({ name }: Deployment, client: DynamoDBClient): Promise<readonly string[]> {
  const prefix = `${name}-Table-`;
  const tables: string[] = [];
  for await (const { TableNames: names = [] } of paginateListTables({ client }, {}))
    tables.push(...names.filter((table) => table.startsWith(prefix)));
  return tables;
}
