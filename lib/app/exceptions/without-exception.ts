import { isMap, isSeq, parseDocument } from 'yaml';
import { parseConfig } from '../config/parse-config.ts';
import { QuestionError } from '../question-error.ts';

/**
 * The text of a `postern.yml` without the exception of one finding. The lines of the entry go; what stands beside it stays as it is.
 *
 * @param name what messages call the file
 * @throws QuestionError if it is no configuration, or has no such exception
 */
export function withoutException(text: string, name: string, fingerprint: string): string {
  parseConfig(text, name);
  const document = parseDocument(text);
  const list: unknown = document.get('exceptions');
  const items = isSeq(list) ? list.items : [];
  const at = items.findIndex((item) => isMap(item) && item.get('fingerprint') === fingerprint);
  if (!isSeq(list) || at < 0)
    throw new QuestionError(`nobody accepted ${fingerprint} in ${name}: nothing was changed`);
  const item = items[at];
  const range = isMap(item) ? item.range : undefined;
  // an entry that has lines of its own is cut out; all else is written anew
  const cut = range && items.length > 1 ? cutLines(text, range[0], range[1]) : undefined;
  list.items.splice(at, 1);
  if (items.length === 0) document.delete('exceptions');
  const anew =
    document.contents === null || isEmpty(document.toJS())
      ? remarksOf(text)
      : document.toString({ lineWidth: 0 });
  const result = cut !== undefined && isSame(cut, document.toJS()) ? cut : anew;
  parseConfig(result, name);
  return result;
}

function cutLines(text: string, first: number, end: number): string {
  const start = text.lastIndexOf('\n', first) + 1;
  const next = text.indexOf('\n', end - 1);
  return text.slice(0, start) + (next < 0 ? '' : text.slice(next + 1));
}

function isSame(text: string, expected: unknown): boolean {
  try {
    return JSON.stringify(parseDocument(text).toJS()) === JSON.stringify(expected);
  } catch {
    return false;
  }
}

function isEmpty(value: unknown): boolean {
  return value === null || (typeof value === 'object' && Object.keys(value).length === 0);
}

/** Of a text of which nothing is left the remarks. */
function remarksOf(text: string): string {
  return text
    .split('\n')
    .filter((line) => line.startsWith('#'))
    .map((line) => `${line}\n`)
    .join('');
}
