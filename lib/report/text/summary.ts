import type { Network } from '#model';
import { plain } from './plain.ts';
import { count } from '#findings';

/** What was read: `31 interfaces, 14 groups, 2 networks in 111122223333 eu-west-1; 1 blind spot`. */
export function summaryLine(network: Network): string {
  const groups = [...network.policies.values()].filter(({ kind }) => kind === 'any-allow').length;
  const targets = new Set(
    [...network.networks.values()].map(({ account, region }) => plain(`${account} ${region}`)),
  );
  const where =
    targets.size === 1
      ? ` in ${[...targets].join('')}`
      : targets.size > 1
        ? ` in ${count(targets.size, 'target')}`
        : '';
  const spots = network.blindSpots.size;
  const cluster = clusterText(network);
  if (cluster !== undefined)
    return `read ${cluster}${where}; ${spots === 0 ? 'no blind spots' : count(spots, 'blind spot')}`;
  return `read ${count(network.endpoints.size, 'interface')}, ${count(groups, 'group')}, ${count(network.networks.size, 'network')}${where}; ${spots === 0 ? 'no blind spots' : count(spots, 'blind spot')}`;
}

/** A cluster has workloads and policies; `undefined` where there is anything else. */
function clusterText({ endpoints, policies }: Network): string | undefined {
  const all = [...endpoints.values()];
  if (all.length === 0 || all.some(({ kind }) => kind !== 'workload')) return undefined;
  const entrances = all.filter(({ role }) => role === 'load-balancer').length;
  const written = new Set(
    [...policies.values()].flatMap(({ kind, isDefault, at }) =>
      kind === 'tiered' && !isDefault ? [at.id] : [],
    ),
  );
  return [
    count(all.length - entrances, 'workload'),
    count(written.size, 'policy', 'policies'),
    count(entrances, 'entrance'),
  ].join(', ');
}
