import type { Cell, Change } from '../cells/cell.ts';

/** The value is kept as a text, so that nobody holds a part of it in hand and JSON is all that comes back, as from a disk. */
export function memoryCell<T>(first: T): Cell<T> {
  let text = JSON.stringify(first);
  const read = (): T => JSON.parse(text) as T;
  const update = <R>(change: (value: T) => Change<T, R>): R => {
    const { value, result } = change(read());
    if (value !== undefined) text = JSON.stringify(value);
    return result;
  };
  return {
    read: () => Promise.resolve(read()),
    update: (change) => Promise.resolve().then(() => update(change)),
  };
}
