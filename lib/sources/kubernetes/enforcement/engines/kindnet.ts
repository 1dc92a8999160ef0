import type { ClusterFacts } from '../cluster-facts.ts';
import type { Sighting } from '../enforcement.ts';
import { isBefore, versionOf } from '../image-version.ts';
import { ADD_ENGINE, sighting } from '../sighting.ts';

/** kind 0.24 was the first with policies; they were merged three weeks before. */
const MERGED = 20_240_723;
const RELEASED = 20_240_813;

/**
 * kindnet, the plugin of kind: it enforces since kind 0.24 of August 2024, and its images are named by their day. The project that it grew into
 * numbers its releases and enforces since 1.3.
 * https://github.com/kubernetes-sigs/kind/issues/842, https://github.com/kubernetes/minikube/issues/19871
 */
export function kindnet(cluster: ClusterFacts): Sighting | undefined {
  const agents = cluster.daemonSets(/^kindnet/);
  const [first] = agents;
  if (first === undefined) return undefined;
  const image = first.containers.find(({ image: own }) => own.includes('kindnet'))?.image ?? '';
  const enforces = byImage(image);
  const tag = image.slice(image.lastIndexOf('/') + 1);
  return sighting({
    engine: 'kindnet',
    enforces,
    agents,
    evidence: [`image ${tag}`],
    why:
      enforces === 'no'
        ? `this version (${tag}) has no policy engine, which came with kind 0.24`
        : enforces === 'unknown'
          ? `its image (${tag}) does not tell whether it is of kind 0.24 or later, the first with a policy engine`
          : '',
    remedy: enforces === 'yes' ? '' : `Make the cluster anew with kind 0.24 or later. Or: ${ADD_ENGINE}`,
  });
}

function byImage(image: string): Sighting['enforces'] {
  const day = Number(/:v(\d{8})(?:-|$|@)/.exec(image)?.[1] ?? Number.NaN);
  if (!Number.isNaN(day)) return day >= RELEASED ? 'yes' : day < MERGED ? 'no' : 'unknown';
  const version = versionOf(image);
  if (version === undefined) return 'unknown';
  // images of kind from before they were named by day: 0.5.4, 1.x of 2019
  if (image.includes('kindest/')) return 'no';
  return isBefore(version, 1, 3) ? 'no' : 'yes';
}
