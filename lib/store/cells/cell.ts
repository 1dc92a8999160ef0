/** What becomes of a value: another one, or none given and it stays. `result` is for whoever asked for the change. */
export type Change<T, R> = { readonly value?: T; readonly result: R };

/** A value that changes as a whole: memory has it in a variable, the file system in a folder of versions. */
export type Cell<T> = {
  readonly read: () => Promise<T>;
  /** Changes the value in one step. Where another was faster, `change` is asked again with what the value is then. */
  readonly update: <R>(change: (value: T) => Change<T, R>) => Promise<R>;
};
