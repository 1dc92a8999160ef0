import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
  type DynamoDBDocumentClient,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import type { Key } from './keys.ts';
import { BELOW_RETRY, CONDITION_FAILED, reasonsOf, retryConflicts } from './retry-conflicts.ts';
import { fromStored, toStored } from './well-formed.ts';

export type Row = Readonly<Record<string, unknown>> & Key;

/** An expression of DynamoDB's. All names are written `#name`, so that none meets its 573 reserved words. */
export type Expression = {
  readonly text: string;
  /** By their names without `#`; absent where the attribute is called the same. */
  readonly names?: Readonly<Record<string, string>>;
  /** By their names without `:`. */
  readonly values?: Readonly<Record<string, unknown>>;
};

export type Update = { readonly key: Key; readonly change: Expression; readonly condition: Expression };
export type Write =
  | { readonly put: Row; readonly condition?: Expression }
  | { readonly update: Update }
  | { readonly remove: Key };

/** The few requests that the stores make. What is read is read consistently: a run builds on it. */
export type Table = {
  readonly get: (key: Key) => Promise<Row | undefined>;
  /** All rows of a partition, to the last page, in the order of `sk`. Both ends of the range are in it. */
  readonly query: (pk: string, range?: readonly [first: string, last: string]) => Promise<readonly Row[]>;
  /** False if the condition does not hold. */
  readonly put: (row: Row, condition: Expression) => Promise<boolean>;
  /** The row as it is then; `undefined` if the condition does not hold. */
  readonly update: (update: Update) => Promise<Row | undefined>;
  readonly remove: (key: Key) => Promise<void>;
  /** All of it or nothing. Which writes' conditions did not hold; none: it is done. */
  readonly transact: (writes: readonly Write[]) => Promise<readonly number[]>;
};

export function tableOf(dynamo: DynamoDBDocumentClient, name: string): Table {
  const TableName = name;
  return {
    get: async (Key) => {
      const { Item } = await dynamo.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
      return Item === undefined ? undefined : rowOf(Item);
    },
    query: async (pk, range) => {
      const rows: Row[] = [];
      let ExclusiveStartKey: Record<string, unknown> | undefined;
      do {
        const command = new QueryCommand({
          TableName,
          ConsistentRead: true,
          KeyConditionExpression:
            range === undefined ? '#pk = :pk' : '#pk = :pk AND #sk BETWEEN :first AND :last',
          ExpressionAttributeNames: range === undefined ? { '#pk': 'pk' } : { '#pk': 'pk', '#sk': 'sk' },
          ExpressionAttributeValues: {
            ':pk': pk,
            ...(range === undefined ? {} : { ':first': range[0], ':last': range[1] }),
          },
          ...(ExclusiveStartKey === undefined ? {} : { ExclusiveStartKey }),
        });
        const page = await dynamo.send(command);
        rows.push(...(page.Items ?? []).map(rowOf));
        ExclusiveStartKey = page.LastEvaluatedKey;
      } while (ExclusiveStartKey !== undefined);
      return rows;
    },
    put: async (row, condition) => {
      const Item = itemOf(row);
      const command = new PutCommand({ TableName, Item, ...expressions({ ConditionExpression: condition }) });
      return unlessConditionFails(
        dynamo.send(command).then(() => true),
        false,
      );
    },
    update: async (update) => {
      const command = new UpdateCommand({ TableName, ...updateOf(update), ReturnValues: 'ALL_NEW' });
      command.middlewareStack.add(retryConflicts, BELOW_RETRY);
      return unlessConditionFails(
        dynamo.send(command).then(({ Attributes }) => rowOf(Attributes ?? {})),
        undefined,
      );
    },
    remove: async (Key) => {
      await dynamo.send(new DeleteCommand({ TableName, Key }));
    },
    transact: async (writes) => {
      const command = new TransactWriteCommand({
        TransactItems: writes.map((write) => actionOf(name, write)),
      });
      command.middlewareStack.add(retryConflicts, BELOW_RETRY);
      try {
        await dynamo.send(command);
        return [];
      } catch (error) {
        const failed = reasonsOf(error).flatMap((reason, i) => (reason === CONDITION_FAILED ? [i] : []));
        if (failed.length > 0) return failed;
        throw error;
      }
    },
  };
}

/** Keys are in a form of their own already. See keys.ts. */
function itemOf({ pk, sk, ...rest }: Row): Row {
  return { ...toStored(rest), pk, sk };
}

function rowOf(item: Readonly<Record<string, unknown>>): Row {
  return { ...fromStored(item), pk: String(item['pk']), sk: String(item['sk']) };
}

type Action = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

function actionOf(TableName: string, write: Write): Action {
  if ('remove' in write) return { Delete: { TableName, Key: write.remove } };
  if ('update' in write) return { Update: { TableName, ...updateOf(write.update) } };
  const { put, condition } = write;
  const Item = itemOf(put);
  return {
    Put: {
      TableName,
      Item,
      ...(condition === undefined ? {} : expressions({ ConditionExpression: condition })),
    },
  };
}

function updateOf({ key, change, condition }: Update) {
  return { Key: key, ...expressions({ UpdateExpression: change, ConditionExpression: condition }) };
}

/** The expressions with their names and values, which DynamoDB wants in one list for all, with no name or value unused. */
function expressions<const K extends string>(
  all: Readonly<Record<K, Expression>>,
): Record<K, string> & {
  ExpressionAttributeNames: Record<string, string>;
  ExpressionAttributeValues?: Record<string, unknown>;
} {
  const each = Object.entries<Expression>(all);
  const aliases = each.flatMap(([, { text }]) => text.match(/#\w+/g) ?? []);
  const given = Object.assign({}, ...each.map(([, { names }]) => names ?? {})) as Record<string, string>;
  const values = each.flatMap(([, one]) => Object.entries(one.values ?? {}));
  return {
    ...(Object.fromEntries(each.map(([key, { text }]) => [key, text])) as Record<K, string>),
    ExpressionAttributeNames: Object.fromEntries(
      aliases.map((alias) => [alias, given[alias.slice(1)] ?? alias.slice(1)]),
    ),
    ...(values.length === 0
      ? {}
      : {
          ExpressionAttributeValues: Object.fromEntries(
            values.map(([key, value]) => [`:${key}`, toStored(value)]),
          ),
        }),
  };
}

async function unlessConditionFails<T, E>(work: Promise<T>, otherwise: E): Promise<T | E> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return otherwise;
    throw error;
  }
}
