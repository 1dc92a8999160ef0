import { isMap, isNode, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import type * as z from 'zod';
import { configSchema, type Config } from './config.ts';
import { QuestionError } from '../question-error.ts';

/**
 * Reads the text of a `postern.yml`.
 *
 * @param name what messages call the file
 * @throws QuestionError that names each line and column, and what is expected there
 */
export function parseConfig(text: string, name: string): Config {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0)
    throw new QuestionError(
      document.errors
        .map(({ pos, message }) => `${placeOf(name, lines, pos[0])}: ${firstLine(message)}`)
        .join('\n'),
    );
  const parsed = configSchema.safeParse(valueOf(document, name) ?? {});
  if (parsed.success) return parsed.data;
  throw new QuestionError(
    parsed.error.issues
      .map(nearest)
      .map((issue) => {
        const [unknown] = issue.code === 'unrecognized_keys' ? issue.keys : [];
        const path = unknown === undefined ? issue.path : [...issue.path, unknown];
        const key = path.map(String).join('.');
        const what = unknown === undefined ? firstLine(issue.message) : 'there is no such key';
        return `${placeOf(name, lines, offsetOf(document, path))}: ${key === '' ? '' : `${key}: `}${what}`;
      })
      .join('\n'),
  );
}

/** Of the forms that a value may have, the one that it comes nearest to says what is wrong with it. */
function nearest(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  if (issue.code !== 'invalid_union') return issue;
  const [deepest] = issue.errors
    .flatMap(([first]) => (first === undefined ? [] : [first]))
    .toSorted((a, b) => b.path.length - a.path.length || Number(isOfOtherType(a)) - Number(isOfOtherType(b)));
  if (deepest === undefined || (deepest.path.length === 0 && isOfOtherType(deepest))) return issue;
  return nearest({ ...deepest, path: [...issue.path, ...deepest.path] });
}

/** Whether a value is not of the form at all, rather than wrong in it. */
function isOfOtherType({ code }: z.core.$ZodIssue): boolean {
  return code === 'invalid_type';
}

/** An alias bomb is refused by the parser; that too is an answer about the file. */
function valueOf(document: Document.Parsed, name: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw new QuestionError(`${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Where the innermost part of a path that is in the document begins: its key, where it has one. */
function offsetOf(document: Document.Parsed, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const inside: unknown = document.getIn(path.slice(0, length - 1), true);
    const at: unknown = isMap(inside)
      ? inside.items.find(({ key }) => isScalar(key) && key.value === path[length - 1])?.key
      : document.getIn(path.slice(0, length), true);
    if (isNode(at) && at.range) return at.range[0];
  }
  return 0;
}

function placeOf(name: string, lines: LineCounter, offset: number): string {
  const { line, col } = lines.linePos(offset);
  return `${name}:${String(line)}:${String(col)}`;
}

function firstLine(message: string): string {
  return message.split('\n')[0] ?? message;
}
