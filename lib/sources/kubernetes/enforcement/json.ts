/** Parsed JSON of which nothing is known: every step is looked at. */
export type Json = Readonly<Record<string, unknown>>;

export type Container = {
  readonly name: string;
  readonly image: string;
  /** `command` and `args`, in order. */
  readonly words: readonly string[];
  /** Variables with a plain value. */
  readonly env: ReadonlyMap<string, string>;
};

export function recordOf(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

export function at(value: unknown, ...path: readonly string[]): unknown {
  let inner = value;
  for (const member of path) inner = recordOf(inner)[member];
  return inner;
}

export function textAt(value: unknown, ...path: readonly string[]): string {
  const inner = at(value, ...path);
  return typeof inner === 'string' ? inner : '';
}

export function listAt(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const inner = at(value, ...path);
  return Array.isArray(inner) ? inner : [];
}

/** The members that are texts, such as labels. */
export function textsAt(value: unknown, ...path: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(recordOf(at(value, ...path))).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
}

/** The containers of a workload's template, without those that only prepare. */
export function containersOf(workload: unknown): readonly Container[] {
  return listAt(workload, 'spec', 'template', 'spec', 'containers').map((container) => ({
    name: textAt(container, 'name'),
    image: textAt(container, 'image'),
    words: [...listAt(container, 'command'), ...listAt(container, 'args')].filter(
      (word) => typeof word === 'string',
    ),
    env: new Map(
      listAt(container, 'env').map((variable) => [textAt(variable, 'name'), textAt(variable, 'value')]),
    ),
  }));
}
