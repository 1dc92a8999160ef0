import { oneLine } from '#sources/shared';
import { NOT_TOLD, type AwsSnapshot } from '../resources/index.ts';
import { assemble, type Assembled } from './assemble.ts';
import { contentsOf } from './contents.ts';
import type { FileProblem } from './file-problem.ts';
import { accountOf, nameOf, readMeta } from './meta.ts';
import { parseJson } from './parse-json.ts';
import { isObject, type Contents } from './piece.ts';

/** Snapshots and what was odd about them; or, not ok, why there is none. */
export type SnapshotFile =
  | {
      readonly ok: true;
      readonly snapshots: readonly AwsSnapshot[];
      readonly problems: readonly FileProblem[];
    }
  | { readonly ok: false; readonly problems: readonly [FileProblem, ...FileProblem[]] };

/** Reads a file's text: one snapshot or a list of them. `name` is what to call the file in messages. */
export function readSnapshotText(
  text: string,
  name: string,
  byteAt?: (offset: number) => number,
): SnapshotFile {
  const file = oneLine(name);
  const parsed = parseJson(text, byteAt);
  return parsed.ok ? readSnapshotValue(parsed.value, file) : failed(file, `cannot be read: ${parsed.why}`);
}

/** Reads JSON that is parsed already. It must not be nested deeply (parseJson sees to it). */
export function readSnapshotValue(value: unknown, file: string): SnapshotFile {
  const entries = Array.isArray(value) ? (value as readonly unknown[]) : [value];
  if (entries.length === 0) return failed(file, 'is an empty list: there is no snapshot in it');
  const targets: Target[] = [];
  for (const [index, entry] of entries.entries()) {
    const where = Array.isArray(value) ? `entry ${index + 1} ` : '';
    const one = readOne(entry, file, where);
    if (!one.ok) return failed(file, one.message);
    targets.push({ ...one, file: `${file}${where === '' ? '' : `, ${where.trim()}`}` });
  }
  return withoutDoubles(targets);
}

/** A snapshot, what was odd about it, and where it came from. */
export type Target = Assembled & { readonly file: string };

/** Puts targets together, unless one of them is there twice: which to believe is not for us to say. */
export function withoutDoubles(targets: readonly Target[]): SnapshotFile {
  const files = new Map<string, string>();
  for (const { snapshot, file } of targets) {
    const { account, region } = snapshot._meta;
    if (account === NOT_TOLD || region === NOT_TOLD) continue;
    const other = files.get(`${account} ${region}`);
    if (other !== undefined) {
      return failed(file, `is about account ${account} in ${region}, and so is ${other}. Keep one of them.`);
    }
    files.set(`${account} ${region}`, file);
  }
  const problems = targets.flatMap((target) => target.problems);
  return { ok: true, snapshots: targets.map(({ snapshot }) => snapshot), problems };
}

export function failed(file: string, message: string): SnapshotFile {
  return { ok: false, problems: [{ level: 'error', file, message }] };
}

function readOne(
  entry: unknown,
  file: string,
  where: string,
): (Assembled & { ok: true }) | { ok: false; message: string } {
  if (!isObject(entry)) return { ok: false, message: `${where}is not an object of AWS responses` };
  const contents = contentsOf(entry, file);
  const read = readMeta(contents.meta);
  if (!read.ok) return { ok: false, message: `${where}${read.message}` };
  if (contents.pieces.length === 0 && read.meta.blindSpots.length === 0) {
    return { ok: false, message: `${where}${unknownShape(contents)}` };
  }
  const { meta } = read;
  const account = accountOf(contents.account);
  const region = nameOf(contents.region);
  const assembled = assemble({ name: file, pieces: contents.pieces, meta, account, region });
  return { ok: true, ...assembled, problems: [...assembled.problems, ...ignoredProblems(contents, file)] };
}

/** Says what was there instead, since a wrong file is the likeliest reason. */
export function unknownShape({ ignored }: Contents): string {
  const some = keysOf(ignored);
  const found = ignored.length === 0 ? 'It has no keys' : `Its keys are ${some}`;
  return `holds no response of AWS that is known here. ${found}; keys such as DescribeVpcs (a saved snapshot) or Vpcs (the output of aws ec2 describe-vpcs) are.`;
}

export function ignoredProblems({ ignored }: Contents, file: string): readonly FileProblem[] {
  if (ignored.length === 0) return [];
  return [
    { level: 'note', file, message: `${keysOf(ignored)} ${ignored.length === 1 ? 'is' : 'are'} not used` },
  ];
}

function keysOf(keys: readonly string[]): string {
  const some = keys.slice(0, 5).map((key) => JSON.stringify(oneLine(key, 60)));
  return keys.length > some.length
    ? `${some.join(', ')} and ${keys.length - some.length} more`
    : some.join(', ');
}
