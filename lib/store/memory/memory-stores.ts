import { notesInCells, type Notes } from '../cells/notes.ts';
import { NO_STATE, stateInCell } from '../cells/state.ts';
import type { ObjectStore, Stores } from '../contracts.ts';
import { historyInNotes } from '../history.ts';
import { KeyReused } from '../key-reused.ts';
import { memoryCell } from './memory-cell.ts';

/** Stores that last as long as the process: for tests, and for asking once. */
export function memoryStores({ clock }: { readonly clock: () => Date }): Stores {
  const owners = new Map<string, ReturnType<typeof memoryCell<Notes>>>();
  const cellOf = (owner: string): ReturnType<typeof memoryCell<Notes>> => {
    const known = owners.get(owner) ?? memoryCell<Notes>([]);
    owners.set(owner, known);
    return known;
  };
  const notes = notesInCells(cellOf, clock);
  return {
    objects: memoryObjects(),
    state: stateInCell(memoryCell(NO_STATE), clock),
    notes,
    history: historyInNotes(notes),
  };
}

function memoryObjects(): ObjectStore {
  const texts = new Map<string, string>();
  return {
    put: (key, text) => {
      const held = texts.get(key);
      if (held !== undefined && held !== text) return Promise.reject(new KeyReused(key));
      texts.set(key, text);
      return Promise.resolve();
    },
    get: (key) => Promise.resolve(texts.get(key)),
  };
}
