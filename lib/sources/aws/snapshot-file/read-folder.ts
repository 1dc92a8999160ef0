import { oneLine } from '#sources/shared';
import type { CollectBlindSpot } from '../resources/index.ts';
import { assemble } from './assemble.ts';
import { contentsOf } from './contents.ts';
import { decode } from './decode.ts';
import { fileBlindSpot } from './file-blind-spot.ts';
import { callInName, idLikeIn, placeInPath } from './file-name.ts';
import type { FileProblem } from './file-problem.ts';
import { groupBy } from './group-by.ts';
import { accountOf, nameOf } from './meta.ts';
import { parseJson } from './parse-json.ts';
import { isObject, type Piece } from './piece.ts';
import {
  failed,
  ignoredProblems,
  readSnapshotValue,
  unknownShape,
  withoutDoubles,
  type SnapshotFile,
  type Target,
} from './read-text.ts';

/** A file below the folder that was given: its path from there, with forward slashes, and what is in it. */
export type FolderFile = { readonly path: string; readonly bytes: Uint8Array };

/**
 * Reads a folder of raw `aws … describe-*` outputs, one call a file. Files side by side are of one target; each sub-folder
 * is a target of its own, and folders named for an account or a Region say which. A file that is a whole snapshot (it has
 * `_meta` or an account, or is a list) stands for itself.
 */
export function readFolder(files: readonly FolderFile[], name: string): SnapshotFile {
  const targets: Target[] = [];
  const problems: FileProblem[] = [];
  for (const [folder, inFolder] of groupBy(files, ({ path }) => path.slice(0, path.lastIndexOf('/') + 1))) {
    const target = new FolderTarget(`${name}/${folder}`.replace(/\/$/, ''));
    for (const file of inFolder) target.add(file);
    targets.push(...target.wholes, ...target.assembled());
    problems.push(...target.problems);
  }
  if (targets.length === 0) {
    const [first, ...rest] = problems;
    if (first !== undefined) return { ok: false, problems: [first, ...rest] };
    return failed(oneLine(name), 'holds no .json file');
  }
  const result = withoutDoubles(targets);
  return result.ok ? { ...result, problems: [...problems, ...result.problems] } : result;
}

/** The files of one folder, and what becomes of them. */
class FolderTarget {
  /** Snapshots that were whole files. */
  readonly wholes: Target[] = [];
  readonly problems: FileProblem[] = [];
  readonly #folder: string;
  readonly #pieces: Piece[] = [];
  readonly #blindSpots: CollectBlindSpot[] = [];
  #account: string | undefined;
  #region: string | undefined;

  constructor(folder: string) {
    this.#folder = folder;
    const { account, region } = placeInPath(folder);
    this.#account = account;
    this.#region = region;
  }

  add({ path, bytes }: FolderFile): void {
    const file = oneLine(path);
    const decoded = decode(bytes);
    if (!decoded.ok) {
      this.#unreadable(file, decoded.why, false);
      return;
    }
    const parsed = parseJson(decoded.text, decoded.byteAt);
    if (!parsed.ok) this.#unreadable(file, parsed.why, parsed.isCut);
    else if (isWhole(parsed.value)) this.#addWhole(readSnapshotValue(parsed.value, file), file);
    else if (isObject(parsed.value)) this.#addResponse(parsed.value, file);
    else this.#warn(file, 'is not an object of AWS responses');
  }

  /** The snapshot of the files that are one response each; none if there are no such files. */
  assembled(): readonly Target[] {
    if (this.#pieces.length === 0 && this.#blindSpots.length === 0) return [];
    const file = oneLine(this.#folder);
    const parts = { name: file, pieces: this.#pieces, meta: { blindSpots: [], problems: [] } };
    const place = { account: this.#account, region: this.#region, blindSpots: this.#blindSpots };
    return [{ ...assemble({ ...parts, ...place }), file }];
  }

  #addWhole(result: SnapshotFile, file: string): void {
    this.problems.push(...result.problems);
    if (result.ok)
      this.wholes.push(...result.snapshots.map((snapshot) => ({ snapshot, problems: [], file })));
  }

  #addResponse(value: Readonly<Record<string, unknown>>, file: string): void {
    const contents = contentsOf(value, file, callInName(file.slice(file.lastIndexOf('/') + 1)));
    this.#account ??= accountOf(contents.account);
    this.#region ??= nameOf(contents.region);
    this.#pieces.push(...contents.pieces);
    if (contents.pieces.length > 0) this.problems.push(...ignoredProblems(contents, file));
    else if (contents.account === undefined) this.#warn(file, unknownShape(contents));
  }

  /** A file that cannot be read hides what its name says it held. */
  #unreadable(file: string, why: string, isCut: boolean): void {
    this.problems.push({ level: 'error', file, message: `cannot be read: ${why}` });
    const call = callInName(file.slice(file.lastIndexOf('/') + 1));
    if (call === undefined) return;
    const code = isCut ? 'cut' : 'malformed';
    this.#blindSpots.push(fileBlindSpot(code, call, `could not be read from ${file}`, idLikeIn(file)));
  }

  #warn(file: string, message: string): void {
    this.problems.push({ level: 'warning', file, message });
  }
}

function isWhole(value: unknown): boolean {
  return Array.isArray(value) || (isObject(value) && ('_meta' in value || 'accountId' in value));
}
