import { oneLine } from '#sources/shared';
import { callOf, CALL_KEYS, type CallKey } from './catalogue.ts';
import type { Shape } from './shape.ts';
import type { AwsSnapshot } from './snapshot.ts';

/** A place that does not hold the kind of value that AWS documents for it. */
export type StructureProblem = {
  /** Such as `DescribeNetworkAcls.NetworkAcls[3].Entries[2].CidrBlock`. */
  readonly path: string;
  readonly expected: string;
  readonly found: string;
};

/** More than this many say no more than that the file is something else; the rest is left out. */
const MOST = 100;

/** The places of a snapshot that are of the wrong kind, the first hundred. Null stands for "not there" and is none. */
export function structureProblems(snapshot: AwsSnapshot): readonly StructureProblem[] {
  const problems: StructureProblem[] = [];
  for (const key of CALL_KEYS) {
    if (!Object.hasOwn(snapshot, key)) continue;
    const body: unknown = snapshot[key];
    const { parent, shape } = callOf(key);
    if (parent?.kept !== 'by-id') look(body, shape, key, problems);
    else if (!isObject(body)) note(problems, key, 'an object', body);
    else
      for (const [id, one] of Object.entries(body))
        look(one, shape, `${key}[${JSON.stringify(id)}]`, problems);
  }
  return problems;
}

/** The problems of one response, for a live answer of the call `key`. */
export function responseProblems(key: CallKey, body: unknown): readonly StructureProblem[] {
  const problems: StructureProblem[] = [];
  look(body, callOf(key).shape, key, problems);
  return problems;
}

function look(value: unknown, shape: Shape, path: string, problems: StructureProblem[]): void {
  if (value === undefined || value === null || problems.length >= MOST) return;
  if (typeof shape === 'string') {
    const kind = shape === 'time' ? 'string' : shape;
    if (typeof value !== kind) note(problems, path, KIND_NAMES[shape], value);
  } else if (isListShape(shape)) {
    if (!Array.isArray(value)) note(problems, path, 'a list', value);
    else for (const [index, item] of value.entries()) lookItem(item, shape[0], `${path}[${index}]`, problems);
  } else if (!isObject(value)) {
    note(problems, path, 'an object', value);
  } else {
    for (const [member, inner] of Object.entries(shape)) {
      if (Object.hasOwn(value, member)) look(value[member], inner, `${path}.${member}`, problems);
    }
  }
}

/** In a list, unlike in an object, null is not a way to say "none". */
function lookItem(item: unknown, shape: Shape, path: string, problems: StructureProblem[]): void {
  if (item === null) note(problems, path, typeof shape === 'string' ? KIND_NAMES[shape] : 'an object', item);
  else look(item, shape, path, problems);
}

const KIND_NAMES = {
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
  time: 'a time as text',
} as const;

function note(problems: StructureProblem[], path: string, expected: string, value: unknown): void {
  if (problems.length < MOST) problems.push({ path: oneLine(path), expected, found: kindOf(value) });
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  const kind = typeof value;
  return kind === 'string' || kind === 'number' || kind === 'boolean' ? KIND_NAMES[kind] : 'an object';
}

function isListShape(shape: Exclude<Shape, string>): shape is readonly [Shape] {
  return Array.isArray(shape);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
