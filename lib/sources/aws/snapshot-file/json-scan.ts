/** What a text is as JSON. Offsets count UTF-16 units. */
export type JsonScan =
  | { readonly kind: 'whole' }
  | { readonly kind: 'empty' }
  /** It ends too early, inside a thing of this kind. */
  | { readonly kind: 'cut'; readonly inside: 'object' | 'list' | 'text' | 'word' }
  | { readonly kind: 'deep'; readonly at: number }
  | { readonly kind: 'wrong'; readonly at: number };

type Container = 'object' | 'list';
type Expect = 'value' | 'value or ]' | 'key' | 'key or }' | 'colon' | 'comma' | 'nothing';

/**
 * Goes through a text by JSON's grammar (RFC 8259) without building anything and without recursion, so that the depth of
 * what is parsed afterwards is known beforehand and a broken text can be told from one that was cut off.
 */
export function scanJson(text: string, deepest: number): JsonScan {
  const open: Container[] = [];
  let expect: Expect = 'value';
  let at = skipSpace(text, 0);
  if (at === text.length) return { kind: 'empty' };
  for (; at < text.length; at = skipSpace(text, at)) {
    const char = text[at];
    if (expect === 'colon') {
      if (char !== ':') return { kind: 'wrong', at };
      expect = 'value';
      at += 1;
    } else if (expect === 'comma') {
      const container = open.at(-1);
      if (char === ',') expect = container === 'object' ? 'key' : 'value';
      else if (char !== (container === 'object' ? '}' : ']')) return { kind: 'wrong', at };
      else {
        open.pop();
        expect = afterValue(open);
      }
      at += 1;
    } else if ((expect === 'key or }' && char === '}') || (expect === 'value or ]' && char === ']')) {
      open.pop();
      expect = afterValue(open);
      at += 1;
    } else if (expect === 'key' || expect === 'key or }') {
      const end = stringEnd(text, at);
      if (end < 0) return broken(end, 'object');
      at = end;
      expect = 'colon';
    } else if (expect === 'nothing') {
      return { kind: 'wrong', at };
    } else if (char === '{' || char === '[') {
      if (open.length === deepest) return { kind: 'deep', at };
      open.push(char === '{' ? 'object' : 'list');
      expect = char === '{' ? 'key or }' : 'value or ]';
      at += 1;
    } else {
      const end = char === '"' ? stringEnd(text, at) : wordEnd(text, at);
      if (end < 0) return broken(end, open.at(-1) ?? (char === '"' ? 'text' : 'word'));
      at = end;
      expect = afterValue(open);
    }
  }
  return open.length === 0 && expect === 'nothing'
    ? { kind: 'whole' }
    : { kind: 'cut', inside: open.at(-1) ?? 'word' };
}

/** After a value comes a comma or an end, or outside of everything nothing. */
function afterValue(open: readonly Container[]): Expect {
  return open.length === 0 ? 'nothing' : 'comma';
}

/** An end below zero says where it broke: -1 at the end of the text, else -2 minus the offset. */
const CUT = -1;
const wrongAt = (at: number): number => -2 - at;

function broken(end: number, inside: Container | 'text' | 'word'): JsonScan {
  return end === CUT ? { kind: 'cut', inside } : { kind: 'wrong', at: -2 - end };
}

function skipSpace(text: string, from: number): number {
  let at = from;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) break;
  }
  return at;
}

/** Where the string that begins at `from` is over. */
function stringEnd(text: string, from: number): number {
  if (text[from] !== '"') return wrongAt(from);
  let at = from + 1;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return at + 1;
    if (code < 0x20) return wrongAt(at);
    if (code !== 0x5c) continue;
    at += 1;
    const escape = text[at];
    if (escape === undefined) return CUT;
    if (escape === 'u') {
      const digits = text.slice(at + 1, at + 5);
      if (!/^[0-9a-fA-F]*$/.test(digits)) return wrongAt(at);
      if (digits.length < 4) return CUT;
      at += 4;
    } else if (!'"\\/bfnrt'.includes(escape)) return wrongAt(at);
  }
  return CUT;
}

const NUMBER = /^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$/;
/** What may become a number when more comes. */
const NUMBER_BEGUN = /^-?((0|[1-9][0-9]*)(\.[0-9]*|(\.[0-9]+)?[eE][+-]?)?)?$/;

/** Where the number, `true`, `false` or `null` that begins at `from` is over. */
function wordEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && /[-+.0-9A-Za-z]/.test(text.charAt(at))) at += 1;
  const word = text.slice(from, at);
  if (word === 'true' || word === 'false' || word === 'null' || NUMBER.test(word)) return at;
  const isBegun =
    NUMBER_BEGUN.test(word) || ['true', 'false', 'null'].some((whole) => whole.startsWith(word));
  return at === text.length && word !== '' && isBegun ? CUT : wrongAt(from);
}
