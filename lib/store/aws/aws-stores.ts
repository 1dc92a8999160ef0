import type { Stores } from '../contracts.ts';
import { historyInNotes } from '../history.ts';
import { bucketObjects } from './bucket-objects.ts';
import type { AwsStoresOptions } from './options.ts';
import { tableNotes } from './table-notes.ts';
import { tableState } from './table-state.ts';
import { tableOf } from './table.ts';

/** Objects in a bucket; heads, outbox and notes in one table. See README.md for its items and who reads them how. */
export function awsStores({ s3, dynamo, bucket, table: name, clock }: AwsStoresOptions): Stores {
  const table = tableOf(dynamo, name);
  const notes = tableNotes(table, clock);
  return {
    objects: bucketObjects(s3, bucket),
    state: tableState(table, clock),
    notes,
    history: historyInNotes(notes),
  };
}
