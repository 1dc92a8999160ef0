import { setTimeout } from 'node:timers/promises';
import { ClusterNotRead, collectCluster, readingToText, type ClusterReading } from '#sources/kubernetes';
import { QuestionError } from '../question-error.ts';
import { writeOutput } from '../write-output.ts';

/** Which live cluster; what is absent is what kubectl would take. */
export type LiveClusterOptions = {
  readonly context?: string;
  readonly kubeconfig?: string;
  /** Told how far the reading is, in a few words. */
  readonly onProgress?: (text: string) => void;
};

/** The API server lets one client ask this much at once without being unfair to others. */
const CONCURRENCY = 4;
const LIST_DEADLINE_MS = 180_000;
const REQUEST_DEADLINE_MS = 30_000;
/** What kubectl asks for. */
const PAGE_SIZE = 500;

/** Reads a cluster as it is now. @throws QuestionError if it cannot be reached, does not let in, or gives nothing */
export async function readLiveCluster({ onProgress, ...which }: LiveClusterOptions): Promise<ClusterReading> {
  try {
    return await collectCluster({
      ...which,
      clock: () => new Date(),
      wait: async (ms, signal) => {
        await setTimeout(ms, undefined, { signal });
      },
      concurrency: CONCURRENCY,
      deadlineMs: LIST_DEADLINE_MS,
      requestMs: REQUEST_DEADLINE_MS,
      pageSize: PAGE_SIZE,
      ...(onProgress && {
        onProgress: ({ list, done, planned }) => {
          onProgress(`${String(done)} of ${String(planned)} lists, ${list}`);
        },
      }),
    });
  } catch (error) {
    if (error instanceof ClusterNotRead) throw new QuestionError(error.message);
    throw error;
  }
}

/** Reads a live cluster and saves it to one file, which `--kubernetes FILE` reads. @throws QuestionError if it cannot be read or written */
export async function saveCluster(options: LiveClusterOptions, file: string): Promise<ClusterReading> {
  const reading = await readLiveCluster(options);
  await writeOutput(file, readingToText(reading));
  return reading;
}
