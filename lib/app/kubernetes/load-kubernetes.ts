import { text } from 'node:stream/consumers';
import {
  readDocuments,
  readManifests,
  translate,
  type ClusterInput,
  type Documents,
  type Translated,
  type TranslateOptions,
} from '#sources/kubernetes';
import { idOf, type BlindSpot, type Network } from '#model';
import { QuestionError } from '../question-error.ts';
import { problemLine } from './problem-line.ts';

/**
 * The network of a cluster: manifests of a file or folder, or `-` for what comes in on stdin.
 *
 * @throws QuestionError that names file, object and field where an object is invalid, or nothing could be read
 */
export async function loadKubernetes(source: string): Promise<Network> {
  return networkOf(await readCluster(source));
}

/** The cluster as it was read. @throws QuestionError if nothing could be read */
export async function readCluster(source: string): Promise<ClusterInput> {
  const { objects, problems } = await documentsOf(source);
  if (objects.length === 0) {
    const why =
      problems.length === 0
        ? 'no .yaml, .yml or .json file holds an object'
        : problems.map(problemLine).join('\n');
    throw new QuestionError(`nothing of Kubernetes in ${source}: ${why}`);
  }
  const blindSpots = problems.map(({ at, message }, i): BlindSpot => ({
    id: idOf<'blind-spot'>(`unreadable-document:${at.file}:${String(at.line ?? i)}`),
    code: 'not-collected',
    effect: 'hides-ways',
    what: `${problemLine({ kind: 'unreadable', at, object: '', field: '', message })}; what it holds is left out`,
    remedy: 'Correct the document and ask again.',
  }));
  return { name: source === '-' ? 'stdin' : source, objects, blindSpots };
}

/** @throws QuestionError that lists every invalid object */
export function networkOf(input: ClusterInput): Network {
  return translated(input).network;
}

/** The same with all that the translation tells. @throws QuestionError that lists every invalid object */
export function translated(input: ClusterInput, options: TranslateOptions = {}): Translated {
  const result = translate(input, options);
  if (result.problems.length > 0) throw new QuestionError(result.problems.map(problemLine).join('\n'));
  return result;
}

async function documentsOf(source: string): Promise<Documents> {
  if (source === '-') return readDocuments(await text(process.stdin), 'stdin');
  try {
    return await readManifests(source);
  } catch (error) {
    throw new QuestionError(
      `cannot read ${source}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
