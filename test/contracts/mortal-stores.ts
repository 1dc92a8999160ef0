import type { Stores } from '#store';
import type { Life } from './store-place.ts';

/** Stores whose every method is one step: for those that have no smaller ones. */
export function mortalStores({ objects, state, notes, history }: Stores, life: Life): Stores {
  const writes =
    <A extends unknown[], R>(method: (...args: A) => Promise<R>) =>
    (...args: A): Promise<R> =>
      life.step(() => method(...args));
  const reads =
    <A extends unknown[], R>(method: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      life.look();
      return method(...args);
    };
  return {
    objects: { put: writes(objects.put), get: reads(objects.get) },
    state: {
      head: reads(state.head),
      heads: reads(state.heads),
      commit: writes(state.commit),
      owe: writes(state.owe),
      owedItem: reads(state.owedItem),
      owed: reads(state.owed),
      claim: writes(state.claim),
      release: writes(state.release),
      record: writes(state.record),
    },
    notes: {
      read: reads(notes.read),
      write: writes(notes.write),
      remove: writes(notes.remove),
      list: reads(notes.list),
    },
    history: { record: writes(history.record), since: reads(history.since) },
  };
}
