import * as z from 'zod';
import { byTarget } from '../by-target.ts';
import type { Head, StateStore, TargetKey } from '../contracts.ts';
import { checkedHead, checkedItem } from '../outbox.ts';
import { headShape } from '../shapes.ts';
import { HEADS, headKey } from './keys.ts';
import { outboxWrites, tableOutbox } from './table-outbox.ts';
import { readRow } from './read-row.ts';
import type { Row, Table, Write } from './table.ts';

const rowShape = headShape.extend({ account: z.string(), region: z.string() });

/** Heads are one partition, so that all of them are found without a scan. */
export function tableState(table: Table, clock: () => Date): StateStore {
  return {
    ...tableOutbox(table, clock),
    head: async (target) => {
      const row = await table.get(headKey(target));
      return row === undefined ? undefined : headOf(row).head;
    },
    heads: async () =>
      (await table.query(HEADS)).map(headOf).toSorted((a, b) => byTarget(a.target, b.target)),
    commit: async (target, head, owed) => {
      const move = moveOf(target, checkedHead(head));
      const item = owed === undefined ? [] : outboxWrites(checkedItem(owed), clock());
      let failed = await transactOf(table, target, [move, ...item]);
      // An item of that id is there already, and is left as it is.
      if (failed.length > 0 && !failed.includes(0)) failed = await transactOf(table, target, [move]);
      return failed.length === 0 ? 'committed' : 'conflict';
    },
  };
}

function moveOf(target: TargetKey, head: Head): Write {
  const { account, region } = target;
  const condition =
    head.version === 1
      ? { text: 'attribute_not_exists(#pk)' }
      : { text: '#version = :before', values: { before: head.version - 1 } };
  return { put: { ...headKey(target), account, region, ...head }, condition };
}

function headOf(row: Row): { readonly target: TargetKey; readonly head: Head } {
  const { account, region, ...head } = readRow(row, rowShape);
  return { target: { account, region }, head };
}

async function transactOf(
  table: Table,
  { account, region }: TargetKey,
  writes: readonly Write[],
): Promise<readonly number[]> {
  try {
    return await table.transact(writes);
  } catch (cause) {
    const why = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    throw new Error(
      `The run of ${account} in ${region} could not be committed: ${why}. Read its head to learn whether it was; ` +
        'if it was not, let the run be made again.',
      { cause },
    );
  }
}
