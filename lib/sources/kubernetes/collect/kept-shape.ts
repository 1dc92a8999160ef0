/**
 * Which part of a value stays: `true`, all of it; an object, the members that it names, each in turn; a list of one, the same for each item;
 * a function, what it makes of it (`undefined` drops it).
 */
export type KeptShape =
  true | ((value: unknown) => unknown) | readonly [KeptShape] | { readonly [member: string]: KeptShape };

/** The part of a value that the shape keeps. What has another form than the shape is dropped. */
export function keepOnly(shape: KeptShape, value: unknown): unknown {
  if (shape === true) return value;
  if (typeof shape === 'function') return shape(value);
  if (isList(shape)) {
    return Array.isArray(value) ? value.map((item) => keepOnly(shape[0], item)) : undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const kept: Record<string, unknown> = {};
  for (const [member, inner] of Object.entries(shape)) {
    if (!Object.hasOwn(value, member)) continue;
    const part = keepOnly(inner, Reflect.get(value, member));
    if (part !== undefined) kept[member] = part;
  }
  return kept;
}

function isList(shape: KeptShape): shape is readonly [KeptShape] {
  return Array.isArray(shape);
}
