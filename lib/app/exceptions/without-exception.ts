import { isDeepStrictEqual } from 'node:util';
import { isMap, isScalar, isSeq, parseDocument, type Document } from 'yaml';
import { parseConfig } from '../config/parse-config.ts';
import { QuestionError } from '../question-error.ts';
import { lineEnd, lineStart, replaced, withOwnLineBreaks } from './text-edits.ts';

/**
 * The text of a `postern.yml` without the exception of one finding. The lines of the entry go; what stands beside it stays as it is.
 *
 * @param name what messages call the file
 * @throws QuestionError if it is no configuration, or has no such exception
 */
export function withoutException(text: string, name: string, fingerprint: string): string {
  parseConfig(text, name);
  return withOwnLineBreaks(text, (lines) => {
    const document = parseDocument(lines);
    const list: unknown = document.get('exceptions');
    const items = isSeq(list) ? list.items : [];
    const at = items.findIndex((item) => isMap(item) && item.get('fingerprint') === fingerprint);
    if (!isSeq(list) || at < 0)
      throw new QuestionError(`nobody accepted ${fingerprint} in ${name}: nothing was changed`);
    const cut = withoutLines(lines, document, items[at], items.length === 1);
    list.items.splice(at, 1);
    if (items.length === 0) document.delete('exceptions');
    // an entry that has lines of its own is cut out; else all is written anew
    const result = isSame(cut, document.toJS()) ? cut : document.toString({ lineWidth: 0 });
    parseConfig(result, name);
    return result;
  });
}

/** Without the lines of an entry, and of the key where it was the last; a remark beside the key is kept, with an empty list. */
function withoutLines(text: string, document: Document.Parsed, item: unknown, isLast: boolean): string {
  const range = isMap(item) ? item.range : undefined;
  if (!range) return text;
  const entry = { start: lineStart(text, range[0]), end: lineEnd(text, range[1] - 1), text: '' };
  const key = isMap(document.contents)
    ? document.contents.items.find((pair) => isScalar(pair.key) && pair.key.value === 'exceptions')?.key
    : undefined;
  const at = isScalar(key) ? key.range : undefined;
  if (!isLast || !at) return replaced(text, [entry]);
  const line = { start: lineStart(text, at[0]), end: lineEnd(text, at[1]) };
  const isBare = /^exceptions:\s*$/.test(text.slice(line.start, line.end));
  const head = isBare ? { ...line, text: '' } : { start: at[1], end: at[1] + 1, text: ': []' };
  const rest = replaced(text, [entry, head]);
  // an empty line before what was the end of the file
  return entry.end >= text.length ? rest.replace(/\n{2,}$/, '\n') : rest;
}

function isSame(text: string, expected: unknown): boolean {
  try {
    return isDeepStrictEqual(withoutEmptyList(parseDocument(text).toJS()), withoutEmptyList(expected));
  } catch {
    return false;
  }
}

function withoutEmptyList(value: unknown): unknown {
  const { exceptions, ...rest } = (value ?? {}) as { readonly exceptions?: unknown };
  return Array.isArray(exceptions) && exceptions.length === 0
    ? rest
    : { ...rest, ...(exceptions !== undefined && { exceptions }) };
}
