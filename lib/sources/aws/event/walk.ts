/** One text of a record and the member that holds it; a list's texts are held by the list's member. */
export type HeldText = { readonly key: string; readonly text: string };

/** Members whose text people write, or that repeat the call: tags, descriptions, error texts, policies, tokens. They name nothing. */
const SPEAKING =
  /^(?:tag.*|.*tags|.*tagset|.*description|.*messages?|.*reason|.*errors?|.*policy|.*policies|policydocument|userdata|useragent|clienttoken|requestid|xmlns)$/i;
/** The levels that lists and wrappers of such words are known to have are far fewer. */
const DEEPEST = 40;
/** Members that only hold a list's elements: the outer name is the telling one. */
const TRANSPARENT = new Set(['items', 'item', 'content']);

/** The texts of a part of a record, with those joined by commas apart. */
export function* textsOf(value: unknown, key = '', depth = 0): Generator<HeldText> {
  if (depth > DEEPEST) return;
  if (typeof value === 'string') {
    for (const word of value.split(',')) yield { key, text: word.trim() };
  } else if (Array.isArray(value)) {
    for (const item of value as unknown[]) yield* textsOf(item, key, depth + 1);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, item] of Object.entries(value as Readonly<Record<string, unknown>>)) {
      if (!SPEAKING.test(name)) yield* textsOf(item, TRANSPARENT.has(name) ? key : name, depth + 1);
    }
  }
}
