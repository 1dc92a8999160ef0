import type { Network } from '#model';
import { count } from '#findings';
import { countParts, countsOf } from '../document/counts.ts';
import { plain } from './plain.ts';

/** What was read: `31 interfaces, 14 groups, 2 networks in 111122223333 eu-west-1; 1 blind spot`. */
export function summaryLine(network: Network): string {
  const targets = new Set(
    [...network.networks.values()].map(({ account, region }) => plain(`${account} ${region}`.trim())),
  );
  const where =
    targets.size === 1
      ? ` in ${[...targets].join('')}`
      : targets.size > 1
        ? ` in ${count(targets.size, 'target')}`
        : '';
  const spots = network.blindSpots.size;
  const entrances = [...network.endpoints.values()].filter(
    ({ kind, role }) => kind === 'workload' && role === 'load-balancer',
  ).length;
  const counts = countsOf(network);
  const parts = countParts(counts).map(([n, one, many]) => count(n, one, many));
  if (counts.workloads !== undefined) parts.push(count(entrances, 'entrance'));
  return `read ${parts.join(', ')}${where}; ${spots === 0 ? 'no blind spots' : count(spots, 'blind spot')}`;
}
