import { isDeepStrictEqual } from 'node:util';
import { isMap, isScalar, isSeq, parseDocument, stringify, YAMLMap, YAMLSeq, type Document } from 'yaml';
import type { WrittenException } from '../config/exception-schema.ts';
import { parseConfig } from '../config/parse-config.ts';

/**
 * The text of a `postern.yml` with an exception of one finding in it: one that is there is renewed, else it is put at the end of the list. Comments, and
 * the order of everything, stay; so does every other character, unless the list is in brackets.
 *
 * @param name what messages call the file
 * @throws QuestionError if it is no configuration as it is
 */
export function withException(text: string, name: string, added: WrittenException): string {
  parseConfig(text, name);
  const changed = edited(text, added);
  const appended = withAppended(text, added);
  // written anew, a file looks another way wherever its author's style is not the library's
  const isSame = isDeepStrictEqual(parseDocument(appended).toJS(), parseDocument(changed).toJS());
  const result = isSame ? appended : changed;
  parseConfig(result, name);
  return result;
}

/** By way of the document, whatever its form. */
function edited(text: string, added: WrittenException): string {
  const document = parseDocument(text);
  const list = listIn(document);
  const known = list.items.find((item) => isMap(item) && item.get('fingerprint') === added.fingerprint);
  const entry = isMap(known) ? known : new YAMLMap();
  if (entry !== known) list.items.push(entry);
  for (const [key, value] of Object.entries(added)) {
    const node = entry.get(key, true);
    // a comment hangs on the node
    if (isScalar(node)) node.value = value;
    else entry.set(key, document.createNode(value));
  }
  // what was accepted before says nothing about what is accepted now
  if (added.accepted === undefined) entry.delete('accepted');
  const changed = document.toString({ lineWidth: 0 });
  return changed.endsWith('\n') ? changed : `${changed}\n`;
}

function listIn(document: Document.Parsed): YAMLSeq {
  const known: unknown = document.get('exceptions');
  if (isSeq(known)) {
    // a list in brackets is a line that grows beyond reading
    if (known.items.length === 0) known.flow = false;
    return known;
  }
  const list = new YAMLSeq();
  document.set('exceptions', list);
  return list;
}

/** At the end of the text, or of the list where that is the last of it: right only there, which the caller looks at. */
function withAppended(text: string, added: WrittenException): string {
  const start = text === '' || text.endsWith('\n') ? text : `${text}\n`;
  const isThere = /^exceptions:/m.test(text);
  const entry = stringify({ exceptions: [added] }, { lineWidth: 0 });
  if (!isThere) return `${start}${start === '' ? '' : '\n'}${entry}`;
  const list = parseDocument(text).get('exceptions');
  const last: unknown = isSeq(list) ? list.items.at(-1) : undefined;
  const first: unknown = isSeq(list) ? list.items[0] : undefined;
  if (!isMap(last) || !isMap(first) || !last.range || !first.range) return start;
  const lineEnd = text.indexOf('\n', last.range[1] - 1);
  const end = lineEnd < 0 ? start.length : lineEnd + 1;
  const column = first.range[0] - (text.lastIndexOf('\n', first.range[0]) + 1) - 2;
  const item = entry.slice(entry.indexOf('\n') + 1).replaceAll(/^ {2}/gm, ' '.repeat(Math.max(0, column)));
  return start.slice(0, end) + item + start.slice(end);
}
