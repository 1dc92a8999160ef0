import { memoryStores, type ObjectStore, type Stores } from '#store';
import { gunzipText, gzipText } from '../../../lib/store/gzip-text.ts';

/** How often each operation of the stores was asked for. */
export type Calls = Readonly<Record<string, number>>;

/** Stores in memory that zip as a bucket's do and count what they are asked; `take` gives the counts and begins anew. */
export function countedStores(): {
  readonly open: (clock: () => Date) => Stores;
  readonly take: () => Calls;
} {
  let calls: Record<string, number> = {};
  const count = (name: string): void => {
    calls[name] = (calls[name] ?? 0) + 1;
  };
  return {
    open: (clock) => {
      const { state, notes, history } = memoryStores({ clock });
      return {
        objects: counting('objects', zippedObjects(), count),
        state: counting('state', state, count),
        notes: counting('notes', notes, count),
        history: counting('history', history, count),
      };
    },
    take: () => {
      const taken = calls;
      calls = {};
      return taken;
    },
  };
}

function counting<Store extends object>(name: string, store: Store, count: (name: string) => void): Store {
  return new Proxy(store, {
    get: (target, member, receiver) => {
      const value: unknown = Reflect.get(target, member, receiver);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]): unknown => {
        count(`${name}.${String(member)}`);
        return Reflect.apply(value, target, args) as unknown;
      };
    },
  });
}

function zippedObjects(): ObjectStore {
  const zipped = new Map<string, Uint8Array>();
  return {
    get: async (key) => {
      const bytes = zipped.get(key);
      return bytes === undefined ? undefined : gunzipText(bytes, key);
    },
    put: async (key, text) => {
      zipped.set(key, await gzipText(text));
    },
  };
}
