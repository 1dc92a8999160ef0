import { TransportSet } from '#netset';
import type { PodSet } from './pods.ts';
import { resolvePorts, type NamedPort } from './ports.ts';

/** Pods that have the same numbers for the same named ports. */
export type PortVariant = {
  readonly pods: readonly PodSet[];
  readonly numbers: (named: readonly NamedPort[]) => TransportSet;
  /** Tells it apart from other variants; empty where there is one only. */
  readonly suffix: string;
};

/** Pods by the numbers that they have for named ports. There is always one variant, be it of nobody. */
export function portVariants(pods: readonly PodSet[], named: readonly NamedPort[]): readonly PortVariant[] {
  const byNumbers = new Map<string, PodSet[]>();
  for (const pod of pods) {
    const key = named.map((one) => resolvePorts([one], pod).toString()).join(' / ');
    const same = byNumbers.get(key);
    if (same === undefined) byNumbers.set(key, [pod]);
    else same.push(pod);
  }
  if (byNumbers.size === 0) return [{ pods: [], numbers: () => TransportSet.NONE, suffix: '' }];
  return [...byNumbers].map(([key, same]) => ({
    pods: same,
    numbers: (of) => TransportSet.unionOf(same.slice(0, 1).map((pod) => resolvePorts(of, pod))),
    suffix: byNumbers.size === 1 ? '' : ` (${key})`,
  }));
}
