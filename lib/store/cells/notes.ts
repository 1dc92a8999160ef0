import * as z from 'zod';
import { byCodeUnits } from '../code-units.ts';
import type { Json, Note, NoteStore } from '../contracts.ts';
import type { Cell, Change } from './cell.ts';

/** All notes of one owner. */
export type Notes = z.infer<typeof notesShape>;

export const notesShape = z.array(
  z.object({
    name: z.string(),
    value: z.custom<Json>((value) => value !== undefined),
    version: z.int().positive(),
    /** Milliseconds since 1970. */
    goneAt: z.number().exactOptional(),
  }),
);

export function notesInCells(cellOf: (owner: string) => Cell<Notes>, clock: () => Date): NoteStore {
  const present = (notes: Notes): Notes => {
    const now = clock().getTime();
    return notes.filter(({ goneAt }) => goneAt === undefined || goneAt > now);
  };
  return {
    read: async (owner, name) => {
      const found = present(await cellOf(owner).read()).find((note) => note.name === name);
      return found === undefined ? undefined : shown(found);
    },
    write: async (owner, name, value, { ifVersion, expiresAt } = {}) =>
      cellOf(owner).update((notes): Change<Notes, boolean> => {
        const current = present(notes);
        const version = current.find((note) => note.name === name)?.version ?? 0;
        if (ifVersion !== undefined && ifVersion !== version) return { result: false };
        const goneAt = expiresAt === undefined ? {} : { goneAt: expiresAt.getTime() };
        const written = { name, value, version: version + 1, ...goneAt };
        return { value: [...current.filter((note) => note.name !== name), written], result: true };
      }),
    remove: async (owner, name) => {
      await cellOf(owner).update((notes): Change<Notes, undefined> => {
        const left = present(notes).filter((note) => note.name !== name);
        return left.length === notes.length ? { result: undefined } : { value: left, result: undefined };
      });
    },
    list: async (owner, prefix, from = '') =>
      present(await cellOf(owner).read())
        .filter(({ name }) => name.startsWith(prefix) && name >= from)
        .toSorted((a, b) => byCodeUnits(a.name, b.name))
        .map(shown),
  };
}

function shown({ name, value, version }: Note): Note {
  return { name, value, version };
}
