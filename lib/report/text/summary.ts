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
  return `read ${count(network.endpoints.size, 'interface')}, ${count(groups, 'group')}, ${count(network.networks.size, 'network')}${where}; ${spots === 0 ? 'no blind spots' : count(spots, 'blind spot')}`;
}
