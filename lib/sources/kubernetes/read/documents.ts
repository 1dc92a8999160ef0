import { LineCounter, parseAllDocuments } from 'yaml';
import {
  objectShape,
  type KubernetesObject,
  type Problem,
  type ReadAt,
  type ReadObject,
} from '../resources/index.ts';

/** What a text holds, and what of it is no object. */
export type Documents = { readonly objects: readonly ReadObject[]; readonly problems: readonly Problem[] };

/**
 * Reads JSON, or YAML of any number of documents; lists (`kind: List`, `PodList`, …) give their items. A document that cannot be read is a problem
 * and the others are read.
 */
export function readDocuments(text: string, file: string): Documents {
  const found: { objects: ReadObject[]; problems: Problem[] } = { objects: [], problems: [] };
  for (const { value, at, problem } of valuesOf(text, file)) {
    if (problem !== undefined) found.problems.push(unreadable(at, problem));
    else unpack(value, at, found);
  }
  return found;
}

type Value = { readonly value: unknown; readonly at: ReadAt; readonly problem?: string };

function valuesOf(text: string, file: string): readonly Value[] {
  // a great list is nearly always JSON, which JSON.parse reads many times as fast
  if (/^\s*[{[]/.test(text)) {
    try {
      return [{ value: JSON.parse(text) as unknown, at: { file } }];
    } catch {
      // YAML in flow style, or broken: the YAML parser says where
    }
  }
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: lines, merge: true, logLevel: 'silent' });
  if (!Array.isArray(documents)) return [];
  return documents.map((document): Value => {
    const offset = document.contents?.range[0] ?? document.range[0];
    const [error] = document.errors;
    if (error !== undefined) {
      const { line } = lines.linePos(error.pos[0]);
      return { value: undefined, at: { file, line }, problem: firstLine(error.message) };
    }
    const at = { file, line: lines.linePos(offset).line };
    try {
      return { value: document.toJS() as unknown, at };
    } catch (error) {
      return {
        value: undefined,
        at,
        problem: error instanceof Error ? firstLine(error.message) : String(error),
      };
    }
  });
}

function unpack(value: unknown, at: ReadAt, found: { objects: ReadObject[]; problems: Problem[] }): void {
  // an empty document, as a trailing --- leaves behind
  if (value === null || value === undefined) return;
  const parsed = objectShape.safeParse(value);
  if (!parsed.success) {
    if (hasKind(value)) found.problems.push(unreadable(at, problemText(parsed.error)));
    else found.problems.push(unreadable(at, 'is no Kubernetes object: it has no apiVersion and kind'));
    return;
  }
  const object = parsed.data as KubernetesObject;
  const { items, kind } = object;
  if (!kind.endsWith('List') || !Array.isArray(items)) {
    found.objects.push({ object, at });
    return;
  }
  // the items of a typed list need not say what they are
  const itemKind = kind.slice(0, -'List'.length);
  for (const item of items as unknown[]) {
    const isBare = typeof item === 'object' && item !== null && !('kind' in item) && itemKind !== '';
    unpack(isBare ? { apiVersion: object.apiVersion, kind: itemKind, ...item } : item, at, found);
  }
}

function hasKind(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'kind' in value;
}

function problemText(error: {
  readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[];
}): string {
  const [issue] = error.issues;
  return issue === undefined ? 'is not understood' : `${issue.path.map(String).join('.')}: ${issue.message}`;
}

function unreadable(at: ReadAt, message: string): Problem {
  return { kind: 'unreadable', at, object: '', field: '', message };
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? text;
}
