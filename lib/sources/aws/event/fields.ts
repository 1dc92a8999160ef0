/** Lists have a wrapper in a wrapper at most; what is deeper is no list of AWS's. */
const DEEPEST = 5;

/** A JSON object of which nothing is known. */
export type Loose = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function objectOf(value: unknown): Loose {
  return isObject(value) ? value : {};
}

/** The text, or '' for anything else. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/**
 * A member by its name, whatever the case of its letters. EC2's two dialects differ in the first letter (`groupId`, `GroupId`),
 * and log pipelines lower-case whole objects.
 */
export function member(value: unknown, name: string): unknown {
  const object = objectOf(value);
  if (Object.hasOwn(object, name)) return object[name];
  const wanted = name.toLowerCase();
  return Object.entries(object).find(([key]) => key.toLowerCase() === wanted)?.[1];
}

/** A whole number that stands as a number or as text (`"443"`). */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : undefined;
  return typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : undefined;
}

/** A truth value that stands as one or as text (`"true"`). */
export function truthOf(value: unknown): boolean | undefined {
  if (value === true || value === 'true') return true;
  return value === false || value === 'false' ? false : undefined;
}

/**
 * The elements of a list in any form that CloudTrail gives it: an array; under `items` or `item`; the one element by itself;
 * `{"tag": 1, "content": …}` for a scalar; and for no element nothing, null, `{}` or `""`.
 */
export function listOf(value: unknown, depth = 0): readonly unknown[] {
  if (value === undefined || value === null || value === '' || depth > DEEPEST) return [];
  if (Array.isArray(value)) return value.flatMap((each: unknown) => [...listOf(each, depth + 1)]);
  if (!isObject(value)) return [value];
  for (const inner of ['items', 'item', 'content']) {
    if (Object.hasOwn(value, inner)) return listOf(value[inner], depth + 1);
  }
  return Object.keys(value).length === 0 ? [] : [value];
}

/**
 * The parameters inside their wrapper. Newer calls of EC2 put them one level down, mostly under `<EventName>Request`, but the name
 * may be another (`DelTGwVpcAttachReq`); it is the only member and begins with a capital.
 */
export function unwrapped(parameters: unknown): Loose {
  const outer = objectOf(parameters);
  const [entry, ...others] = Object.entries(outer);
  if (entry === undefined || others.length > 0) return outer;
  const [name, inner] = entry;
  return /^[A-Z]/.test(name) && isObject(inner) && !Object.hasOwn(inner, 'tag') ? inner : outer;
}

/** Whether somebody put marks in a value's place before the record came to us. */
export function isMasked(text: string): boolean {
  return /^(?:x{4,}|\*+|<[^>]*>|\[?redacted\]?|hidden_due_to_security_reasons)$/i.test(text);
}

/** The text, or '' if it is masked or none. */
export function clearTextOf(value: unknown): string {
  const text = textOf(value);
  return isMasked(text) ? '' : text;
}
