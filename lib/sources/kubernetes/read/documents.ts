import { LineCounter, parseAllDocuments } from 'yaml';
import {
  objectShape,
  type KubernetesObject,
  type Problem,
  type ReadAt,
  type ReadObject,
} from '../resources/index.ts';
import { bareManifests, lineOfTemplate } from './bare-manifests.ts';
import { mayBePolicy, mayBePolicyObject } from './may-be-policy.ts';

/** What a text holds, and what of it is no object. */
export type Documents = { readonly objects: readonly ReadObject[]; readonly problems: readonly Problem[] };

/**
 * Reads JSON, or YAML of any number of documents, with or without what Helm prints around them; lists (`kind: List`, `PodList`, …, or bare ones)
 * give their items. A document that cannot be read is a problem and the others are read.
 */
export function readDocuments(text: string, file: string): Documents {
  const found: { objects: ReadObject[]; problems: Problem[] } = { objects: [], problems: [] };
  for (const { value, at, problem } of valuesOf(text, file)) {
    if (problem !== undefined) found.problems.push(unreadable(at, problem.message, problem.mayBePolicy));
    else unpack(value, at, found);
  }
  return found;
}

type Value = {
  readonly value: unknown;
  readonly at: ReadAt;
  readonly problem?: { readonly message: string; readonly mayBePolicy: boolean };
};

function valuesOf(text: string, file: string): readonly Value[] {
  // a great list is nearly always JSON, which JSON.parse reads many times as fast
  if (/^\s*[{[]/.test(text)) {
    try {
      return [{ value: JSON.parse(text.trimStart()) as unknown, at: { file } }];
    } catch {
      // YAML in flow style, or broken: the YAML parser says where
    }
  }
  const bare = bareManifests(text);
  const lines = new LineCounter();
  const documents = parseAllDocuments(bare, { lineCounter: lines, merge: true, logLevel: 'silent' });
  if (!Array.isArray(documents)) return [];
  return documents.map((document, i): Value => {
    const offset = document.contents?.range[0] ?? document.range[0];
    const [error] = document.errors;
    const itself = bare.slice(document.range[0], documents[i + 1]?.range[0] ?? bare.length);
    if (error !== undefined) {
      const { line } = lines.linePos(error.pos[0]);
      return unparsed(itself, lines.linePos(document.range[0]).line, {
        file,
        line,
        message: firstLine(error.message),
      });
    }
    const at = { file, line: lines.linePos(offset).line };
    try {
      return { value: document.toJS() as unknown, at };
    } catch (error) {
      return {
        value: undefined,
        at,
        problem: {
          message: error instanceof Error ? firstLine(error.message) : String(error),
          mayBePolicy: mayBePolicy(itself),
        },
      };
    }
  });
}

/** A document that the parser cannot read: mostly since nobody has filled it in. */
function unparsed(
  text: string,
  firstOfIt: number,
  { file, line, message }: { readonly file: string; readonly line: number; readonly message: string },
): Value {
  const template = lineOfTemplate(text);
  const at = { file, line: template === undefined ? line : firstOfIt + template - 1 };
  const problem = {
    message: template === undefined ? message : NOT_RENDERED,
    mayBePolicy: mayBePolicy(text),
  };
  return { value: undefined, at, problem };
}

const NOT_RENDERED =
  'is a template that was not filled in ({{ … }}): render it first (helm template, kustomize build) and read the result';

function unpack(value: unknown, at: ReadAt, found: { objects: ReadObject[]; problems: Problem[] }): void {
  // an empty document, as a trailing --- leaves behind
  if (value === null || value === undefined) return;
  if (Array.isArray(value)) {
    for (const item of value as unknown[]) unpack(item, at, found);
    return;
  }
  const parsed = objectShape.safeParse(value);
  if (!parsed.success) {
    const message = hasKind(value)
      ? problemText(parsed.error)
      : 'is no Kubernetes object: it has no apiVersion and kind';
    found.problems.push(unreadable(at, message, mayBePolicyObject(value)));
    return;
  }
  const object = parsed.data as KubernetesObject;
  if (isTemplate(object)) {
    found.problems.push(unreadable(at, NOT_RENDERED, mayBePolicyObject(object)));
    return;
  }
  const { items, kind } = object;
  if (kind === 'List' && (items === null || items === undefined)) return;
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

/** Quoted, a template is text: a name that no API server would take. */
function isTemplate({ metadata: { name, namespace, labels } }: KubernetesObject): boolean {
  const texts = Object.entries((labels ?? {}) as Readonly<Record<string, string>>).flat();
  return [name, namespace, ...texts].some((text) => text !== undefined && lineOfTemplate(text) !== undefined);
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

function unreadable(at: ReadAt, message: string, isDoubtful: boolean): Problem {
  return {
    kind: 'unreadable',
    at,
    object: '',
    field: '',
    message,
    ...(isDoubtful && { mayBePolicy: true as const }),
  };
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? text;
}
