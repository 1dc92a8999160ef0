import { isDeepStrictEqual } from 'node:util';
import { isMap, isScalar, isSeq, parseDocument, stringify, YAMLMap, YAMLSeq, type Document } from 'yaml';
import type { WrittenException } from '../config/exception-schema.ts';
import { parseConfig } from '../config/parse-config.ts';
import { lineEnd, lineStart, replaced, withOwnLineBreaks, type TextEdit } from './text-edits.ts';

/**
 * The text of a `postern.yml` with an exception of one finding in it: one that is there is renewed, else it is put at the end of the list. Comments, and
 * the order of everything, stay; so does every other character, unless the list is in brackets.
 *
 * @param name what messages call the file
 * @throws QuestionError if it is no configuration as it is
 */
export function withException(text: string, name: string, added: WrittenException): string {
  parseConfig(text, name);
  return withOwnLineBreaks(text, (lines) => {
    const changed = edited(lines, added);
    const meant: unknown = parseDocument(changed).toJS();
    // written anew, a file looks another way wherever its author's style is not the library's
    const result = [withRenewed(lines, added), withAppended(lines, added)].find(
      (each) => each !== undefined && isDeepStrictEqual(parseDocument(each).toJS(), meant),
    );
    parseConfig(result ?? changed, name);
    return result ?? changed;
  });
}

/** By way of the document, whatever its form. */
function edited(text: string, added: WrittenException): string {
  const document = parseDocument(text);
  const list = listIn(document);
  const known = entryOf(list, added.fingerprint);
  const entry = known ?? new YAMLMap();
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

function entryOf({ items }: YAMLSeq, fingerprint: string | undefined): YAMLMap | undefined {
  return items.filter(isMap).find((item) => item.get('fingerprint') === fingerprint);
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

/** In the words of the one that is there: right only where each word is on lines of its own, which the caller looks at. */
function withRenewed(text: string, added: WrittenException): string | undefined {
  const list: unknown = parseDocument(text).get('exceptions');
  const entry = isSeq(list) ? entryOf(list, added.fingerprint) : undefined;
  if (!entry?.range || entry.flow === true) return undefined;
  const indent = ' '.repeat(entry.range[0] - lineStart(text, entry.range[0]));
  const edits: TextEdit[] = [];
  for (const key of ['owner', 'reason', 'until'] as const) {
    const node = entry.get(key, true);
    if (!isScalar(node) || !node.range) return undefined;
    if (node.value === added[key]) continue;
    const [start, end] = node.range;
    const last = text.slice(start, end).endsWith('\n') ? '\n' : '';
    edits.push({ start, end, text: stringify(added[key], { lineWidth: 0 }).trimEnd() + last });
  }
  const was = entry.items.find(({ key }) => isScalar(key) && key.value === 'accepted');
  const [key, value] = [rangeOf(was?.key), rangeOf(was?.value)];
  const end = lineEnd(text, entry.range[1] - 1);
  const accepted =
    added.accepted === undefined
      ? ''
      : stringify({ accepted: added.accepted }, { lineWidth: 0 }).replaceAll(/^/gm, indent).trimEnd() + '\n';
  const isSame = isDeepStrictEqual((entry.toJSON() as WrittenException).accepted, added.accepted);
  if (!isSame)
    edits.push({
      start: key === undefined ? end : lineStart(text, key[0]),
      end: value === undefined ? end : lineEnd(text, value[1] - 1),
      text: accepted,
    });
  return replaced(text.endsWith('\n') ? text : `${text}\n`, edits);
}

function rangeOf(node: unknown): readonly [number, number, number] | undefined {
  return (node as { range?: [number, number, number] | null } | null | undefined)?.range ?? undefined;
}

/** At the end of the text, or of the list where that is the last of it: right only there, which the caller looks at. */
function withAppended(text: string, added: WrittenException): string {
  const start = text === '' || text.endsWith('\n') ? text : `${text}\n`;
  const isThere = /^exceptions:/m.test(text);
  const entry = stringify({ exceptions: [added] }, { lineWidth: 0 });
  if (!isThere) return `${start}${start === '' ? '' : '\n'}${entry}`;
  const lines = entry.slice(entry.indexOf('\n') + 1);
  const list = parseDocument(text).get('exceptions');
  if (!isSeq(list)) return start;
  const [last, first] = [list.items.at(-1), list.items[0]];
  if (last === undefined && list.range) {
    // in place of the empty brackets
    const [at, to] = list.range;
    const end = lineEnd(start, to);
    return `${start.slice(0, at).trimEnd()}${start.slice(to, end)}${lines}${start.slice(end)}`;
  }
  if (!isMap(last) || !isMap(first) || !last.range || !first.range) return start;
  const end = lineEnd(start, last.range[1] - 1);
  const column = first.range[0] - lineStart(text, first.range[0]) - 2;
  const item = lines.replaceAll(/^ {2}/gm, ' '.repeat(Math.max(0, column)));
  return start.slice(0, end) + item + start.slice(end);
}
