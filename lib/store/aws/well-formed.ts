/** What is no character by itself: half of a pair, as where a name was cut in the middle of an emoji. */
const LONE_OR_ESCAPE = /[\p{Surrogate}\u007f]/gu;
const ESCAPED = /\u007f([0-9a-f]{4})/g;

/**
 * A value as DynamoDB can hold it: it takes texts of well-formed UTF-8 only, and in a request others would turn into the same
 * `\ufffd`. `fromStored` gives it back as it was.
 */
export function toStored<T>(value: T): T {
  return inTexts(value, (text) =>
    text.replace(LONE_OR_ESCAPE, (unit) => `\u007f${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  );
}

export function fromStored<T>(value: T): T {
  return inTexts(value, (text) =>
    text.replace(ESCAPED, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
  );
}

/** The value with every text in it replaced; the names of its members stay. */
function inTexts<T>(value: T, replace: (text: string) => string): T {
  if (typeof value === 'string') return replace(value) as T;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((each: unknown) => inTexts(each, replace)) as T;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, inTexts(each, replace)])) as T;
}
