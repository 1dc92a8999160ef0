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
