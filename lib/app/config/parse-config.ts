import { isNode, LineCounter, parseDocument, type Document } from 'yaml';
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
      .map(({ path, message }) => {
        const offset = offsetOf(document, path);
        const key = path.map(String).join('.');
        return `${placeOf(name, lines, offset)}: ${key === '' ? '' : `${key}: `}${firstLine(message)}`;
      })
      .join('\n'),
  );
}

/** An alias bomb is refused by the parser; that too is an answer about the file. */
function valueOf(document: Document.Parsed, name: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw new QuestionError(`${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Where the innermost part of a path that is in the document begins. */
function offsetOf(document: Document.Parsed, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
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
