import {
  arrive,
  CALL_KEYS,
  NOT_TOLD,
  ownerOf,
  regionOf,
  SCHEMA_VERSION,
  structureProblems,
  type AwsSnapshot,
  type CollectBlindSpot,
  type Responses,
} from '../resources/index.ts';
import type { FileProblem } from './file-problem.ts';
import { joinPieces } from './join.ts';
import type { Meta } from './meta.ts';
import type { Piece } from './piece.ts';

/** Everything found of one target. */
export type Parts = {
  /** The file, or the folder, to name in what concerns the whole. */
  readonly name: string;
  readonly pieces: readonly Piece[];
  readonly meta: Meta;
  /** What the file's own keys and the folders' names tell; what `_meta` says goes first. */
  readonly account?: string | undefined;
  readonly region?: string | undefined;
  /** For what never became a piece. */
  readonly blindSpots?: readonly CollectBlindSpot[];
};

export type Assembled = { readonly snapshot: AwsSnapshot; readonly problems: readonly FileProblem[] };

/** Makes a snapshot of the pieces. Secrets are dropped here. Account and Region are taken from the things if nobody tells them. */
export function assemble({ name, pieces, meta, account, region, blindSpots = [] }: Parts): Assembled {
  const joined = joinPieces(pieces);
  const responses = Object.fromEntries(
    CALL_KEYS.flatMap((key) =>
      joined.responses.has(key) ? [[key, arriveById(joined.responses.get(key))]] : [],
    ),
  ) as Responses;
  const snapshot: AwsSnapshot = {
    _meta: {
      schemaVersion: SCHEMA_VERSION,
      account: meta.account ?? account ?? ownerOf(responses) ?? NOT_TOLD,
      region: meta.region ?? region ?? regionOf(responses) ?? NOT_TOLD,
      ...(meta.capturedAt === undefined ? {} : { capturedAt: meta.capturedAt }),
      ...(meta.startedAt === undefined ? {} : { startedAt: meta.startedAt }),
      blindSpots: [...meta.blindSpots, ...blindSpots, ...joined.blindSpots],
    },
    ...responses,
  };
  const problems: FileProblem[] = [...joined.problems];
  for (const { path, message } of meta.problems)
    problems.push({ level: 'warning', file: name, path, message });
  for (const { path, expected, found } of structureProblems(snapshot)) {
    const message = `${path} is ${found}, not ${expected}; it is treated as unknown`;
    problems.push({ level: 'warning', file: fileOf(path, pieces) ?? name, path, message });
  }
  return { snapshot, problems };
}

/** Keeps an object of responses by id without a prototype, as it was joined. */
function arriveById(body: unknown): unknown {
  const arrived = arrive(body);
  const isById = typeof body === 'object' && body !== null && Object.getPrototypeOf(body) === null;
  return isById ? Object.assign(Object.create(null) as object, arrived) : arrived;
}

/** The file that a call's response came from, where it came from one. */
function fileOf(path: string, pieces: readonly Piece[]): string | undefined {
  const files = new Set(pieces.filter(({ call }) => /^\w+/.exec(path)?.[0] === call).map(({ file }) => file));
  return files.size === 1 ? [...files][0] : undefined;
}
