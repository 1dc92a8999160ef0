import { text } from 'node:stream/consumers';
import { analyse, type Analysis } from '#engine';
import { analyseWithHairpins } from './hairpins.ts';
import {
  readSnapshotFile,
  readSnapshotText,
  translate,
  writeSnapshotFile,
  type AwsSnapshot,
  type SnapshotFile,
} from '#sources/aws';
import type { ClusterInput } from '#sources/kubernetes';
import { clusterNetwork } from './kubernetes/join-cluster.ts';
import { readCluster } from './kubernetes/load-kubernetes.ts';
import { potentialExposures, type PotentialExposure } from './kubernetes/potential-exposure.ts';
import { readLive, regionOf, type LiveOptions } from './live.ts';
import { QuestionError } from './question-error.ts';

/**
 * Reads saved snapshots: a file, a folder of describe outputs, or `-` for what comes in on stdin.
 *
 * @throws QuestionError that names the file and the place
 */
export async function loadSnapshots(path: string): Promise<readonly AwsSnapshot[]> {
  if (path === '-') return snapshotsOf(await text(process.stdin), 'stdin');
  return accepted(await readSnapshotFile(path));
}

/** The same from a text; `name` is what messages call it. */
export function snapshotsOf(written: string, name: string): readonly AwsSnapshot[] {
  return accepted(readSnapshotText(written, name));
}

/** What a question is about: a Kubernetes cluster, a saved snapshot, both as one network, else a live account. */
export type Target = LiveOptions & {
  readonly snapshot?: string;
  /** Manifests or a saved reading: a file, a folder, `-` for stdin; or `live`. */
  readonly kubernetes?: string;
  /** Of a live cluster: a context of the kubeconfig. */
  readonly context?: string;
};

/** What was read, and when, where the input tells. */
export type ReadTarget = { readonly account: string; readonly region: string; readonly readAt?: string };

/** What a question is about, compiled, and what was read. */
export type Loaded = { readonly analysis: Analysis; readonly targets: readonly ReadTarget[] };

/** Reads what a question is about and compiles it. @throws QuestionError if it cannot be read */
export async function loadAnalysis(target: Target): Promise<Loaded> {
  if (target.kubernetes !== undefined) return compiled(target, await clusterInputOf(target));
  const snapshots = await snapshotsFor(target);
  return { analysis: analyseWithHairpins(translate(snapshots)), targets: targetsOf(snapshots) };
}

/** The same, and of a cluster what it would exchange with pods that are not there yet. @throws QuestionError if it cannot be read */
export async function loadWithPotential(
  target: Target,
): Promise<Loaded & { readonly potential?: readonly PotentialExposure[] }> {
  if (target.kubernetes === undefined) return loadAnalysis(target);
  const input = await clusterInputOf(target);
  return { ...(await compiled(target, input)), potential: potentialExposures(input) };
}

function clusterInputOf({ kubernetes = '', context, onProgress }: Target): Promise<ClusterInput> {
  return readCluster(kubernetes, {
    ...(context !== undefined && { context }),
    ...(onProgress !== undefined && { onProgress }),
  });
}

async function compiled(target: Target, input: ClusterInput): Promise<Loaded> {
  if (target.snapshot === undefined) {
    const network = clusterNetwork(input);
    const targets = [...network.networks.values()].map(({ account, region }) => ({ account, region }));
    return { analysis: analyse(network), targets };
  }
  const snapshots = await loadSnapshots(target.snapshot);
  const network = clusterNetwork(input, translate(snapshots));
  return { analysis: analyseWithHairpins(network), targets: targetsOf(snapshots) };
}

async function snapshotsFor(target: Target): Promise<readonly AwsSnapshot[]> {
  if (target.snapshot !== undefined) return loadSnapshots(target.snapshot);
  if (regionOf(target.region) === undefined)
    throw new QuestionError(
      'which account? Name a saved one with --snapshot FILE, or a live one with --region (and --profile)',
    );
  return [await readLive(target)];
}

/** What was read, and when, by the snapshots' own word. */
export function targetsOf(snapshots: readonly AwsSnapshot[]): readonly ReadTarget[] {
  return snapshots.map(({ _meta: { account, region, capturedAt } }) => ({
    account,
    region,
    ...(capturedAt !== undefined && { readAt: capturedAt }),
  }));
}

/** Reads a live account and saves it to one file. @throws QuestionError if it cannot be read or written */
export async function saveSnapshot(target: LiveOptions, file: string): Promise<AwsSnapshot> {
  const snapshot = await readLive(target);
  const written = await writeSnapshotFile(file, [snapshot]);
  if (!written.ok) throw new QuestionError(`${written.problem.file} ${written.problem.message}`);
  return snapshot;
}

function accepted(file: SnapshotFile): readonly AwsSnapshot[] {
  if (file.ok) return file.snapshots;
  throw new QuestionError(
    file.problems
      .map(
        (problem) =>
          `${problem.file} ${problem.path === undefined ? '' : `${problem.path}: `}${problem.message}`,
      )
      .join('\n'),
  );
}
