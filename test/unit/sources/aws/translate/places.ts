/** The way from the top of a snapshot to a place in it. */
export type Path = readonly (string | number)[];

export function placesOf(value: unknown, path: Path = []): Path[] {
  const own = path.length === 0 ? [] : [path];
  if (typeof value !== 'object' || value === null) return own;
  const keys: (string | number)[] = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return [
    ...own,
    ...keys.flatMap((key) => placesOf((value as Record<string | number, unknown>)[key], [...path, key])),
  ];
}

export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<string | number, unknown>)[key], value);
}

/** Where an earlier change left nothing on the way, there is nothing to change. */
export function replaceAt(root: unknown, path: Path, value: unknown): void {
  let inner = root;
  for (const key of path.slice(0, -1)) {
    if (typeof inner !== 'object' || inner === null) return;
    inner = (inner as Record<string | number, unknown>)[key];
  }
  const last = path.at(-1);
  if (typeof inner === 'object' && inner !== null && last !== undefined)
    Object.assign(inner, { [last]: structuredClone(value) });
}
