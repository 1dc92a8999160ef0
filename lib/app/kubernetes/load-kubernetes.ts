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
import { fileReason } from '#sources/shared';
import type { Network } from '#model';
import { QuestionError } from '../question-error.ts';
import { inputOfDocuments, inputOfReading } from './cluster-input.ts';
import { readLiveCluster, type LiveClusterOptions } from './live-cluster.ts';
import { problemLine } from './problem-line.ts';

/**
 * A cluster as it was read: manifests or a saved reading of a file or folder, `-` for what comes in on stdin, or `live`.
 *
 * @throws QuestionError if nothing could be read
 */
export async function readCluster(source: string, live: LiveClusterOptions = {}): Promise<ClusterInput> {
  if (source === 'live') return inputOfReading(await readLiveCluster(live));
  const documents = await documentsOf(source);
  const { objects, problems } = documents;
  const called = source === '-' ? 'stdin' : source;
  if (objects.length === 0) {
    const why =
      problems.length === 0
        ? source === '-'
          ? 'no object came in'
          : 'no .yaml, .yml or .json file holds an object'
        : problems.map(problemLine).join('\n');
    throw new QuestionError(`nothing of Kubernetes in ${called}: ${why}`);
  }
  return inputOfDocuments(called, documents);
}

/** The network of a cluster by itself. @throws QuestionError as `readCluster` and `translated` do */
export async function loadKubernetes(source: string, live: LiveClusterOptions = {}): Promise<Network> {
  return translated(await readCluster(source, live)).network;
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
    throw new QuestionError(`cannot read ${source}: ${fileReason(error)}`);
  }
}
