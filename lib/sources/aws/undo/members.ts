/** A response that came from a file may hold anything: these read a member only if it is what AWS documents. */
export type Members = Readonly<Record<string, unknown>>;

export function objectsOf(value: unknown): readonly Members[] {
  return Array.isArray(value) ? (value as unknown[]).filter(isObject) : [];
}

export function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function textOf(members: Members, name: string): string | undefined {
  const value = members[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function numberOf(members: Members, name: string): number | undefined {
  const value = members[name];
  return typeof value === 'number' && Number.isInteger(value) ? value : undefined;
}

/** Whether two responses, or parts of them, hold the same. */
export function isSameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, i) => isSameValue(item, b[i]));
  if (!isObject(a) || !isObject(b)) return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && isSameValue(a[name], b[name]))
  );
}
