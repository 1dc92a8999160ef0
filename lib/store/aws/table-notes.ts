import * as z from 'zod';
import type { Json, Note, NoteStore } from '../contracts.ts';
import { itemSize, LARGEST_ITEM } from './item-size.ts';
import { noteKey, notesPartition } from './keys.ts';
import { absent, isGone, life, present } from './life.ts';
import { readRow } from './read-row.ts';
import type { Expression, Row, Table } from './table.ts';

const noteShape = z.object({ name: z.string(), value: z.string(), version: z.int().positive() });

/** Each means that the note came between two requests, and went between the next two. */
const MOST_TURNS = 10;

/** One item a note. The value is JSON in a text: DynamoDB's own numbers and maps do not hold all that JSON can. */
export function tableNotes(table: Table, clock: () => Date): NoteStore {
  return {
    read: async (owner, name) => {
      const row = await table.get(noteKey(owner, name));
      return row === undefined || isGone(row, clock()) ? undefined : noteOf(row);
    },
    write: async (owner, name, value, { ifVersion, expiresAt } = {}) => {
      const rest = { name, value: JSON.stringify(value), ...life(expiresAt?.getTime()) };
      const put = async (version: number, condition: Expression): Promise<boolean> => {
        const row = { ...noteKey(owner, name), ...rest, version };
        checkSize(row, owner, name);
        return table.put(row, condition);
      };
      if (ifVersion === 0) return put(1, absent(clock()));
      if (ifVersion !== undefined) return put(ifVersion + 1, isAt(ifVersion, clock()));
      for (let turn = 0; turn < MOST_TURNS; turn += 1) {
        if (await put(1, absent(clock()))) return true;
        const key = noteKey(owner, name);
        const condition = present(clock());
        if ((await table.update({ key, change: replacing(rest), condition })) !== undefined) return true;
      }
      throw new Error(`The note ${nameOf(owner, name)} comes and goes too fast to be written. Try again.`);
    },
    remove: (owner, name) => table.remove(noteKey(owner, name)),
    list: async (owner, prefix, from = '') => {
      const [begin, start] = [noteKey(owner, prefix).sk, noteKey(owner, from).sk];
      // Nothing that `sortable` makes has a character above this one.
      const [first, last] = [begin > start ? begin : start, `${begin}\u0080`];
      // DynamoDB refuses a range that ends before it begins.
      if (first > last) return [];
      const now = clock();
      const rows = await table.query(notesPartition(owner), [first, last]);
      return rows.filter((row) => !isGone(row, now)).map(noteOf);
    },
  };
}

/** The same note with another content, one version on. */
function replacing(content: Readonly<Record<string, unknown>>): Expression {
  const set = Object.keys(content).map((name) => `#${name} = :${name}`);
  const text = `SET #version = #version + :one, ${set.join(', ')}`;
  const values = { ...content, one: 1 };
  return 'goneAt' in content ? { text, values } : { text: `${text} REMOVE #goneAt, #expiresAt`, values };
}

function isAt(version: number, now: Date): Expression {
  const { text, values } = present(now);
  return { text: `#version = :version AND ${text}`, values: { ...values, version } };
}

function noteOf(row: Row): Note {
  const { name, value, version } = readRow(row, noteShape);
  return { name, value: JSON.parse(value) as Json, version };
}

function checkSize(row: Readonly<Record<string, string | number>>, owner: string, name: string): void {
  const size = itemSize(row);
  if (size <= LARGEST_ITEM) return;
  throw new RangeError(
    `The note ${nameOf(owner, name)} would take ${size} bytes, and DynamoDB holds items of up to ${LARGEST_ITEM}. ` +
      'Put what is large into an object, and its key into the note.',
  );
}

function nameOf(owner: string, name: string): string {
  return `${JSON.stringify(name)} of ${JSON.stringify(owner)}`;
}
