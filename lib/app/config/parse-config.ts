import { isMap, isNode, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import type * as z from 'zod';
import { configSchema, type Config } from './config.ts';
import { QuestionError } from '../question-error.ts';
import { issueText, parserText } from './issue-text.ts';

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
        .map((error) => `${placeOf(name, lines, error.pos[0])}: ${parserText(error)}`)
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
        const place = placeOf(name, lines, offsetOf(document, path));
        return `${place}: ${key === '' ? '' : `${key}: `}${issueText(issue)}`;
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
  if (deepest === undefined || (deepest.path.length === 0 && isOtherThan(deepest))) return issue;
  return nearest({ ...deepest, path: [...issue.path, ...deepest.path] });
}

/** Whether a value is none of those that a form has: then all forms are to be told. */
function isOtherThan({ code }: z.core.$ZodIssue): boolean {
  return code === 'invalid_type' || code === 'invalid_value';
}

/** Whether a value is not of the form at all, rather than wrong in it. */
function isOfOtherType({ code }: z.core.$ZodIssue): boolean {
  return code === 'invalid_type';
}

/** Aliases that unfold into billions are refused by the parser; that too is an answer about the file. */
function valueOf(document: Document.Parsed, name: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    throw new QuestionError(
      `${name}: its aliases (*name) unfold into too much, or one has no anchor (&name): write out what they stand for`,
    );
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
