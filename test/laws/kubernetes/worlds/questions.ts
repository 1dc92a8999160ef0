import { namespaceOf } from '../oracle/cluster.ts';
import type { End, Question } from '../oracle/question.ts';
import { portsOf } from '../ports-of.ts';
import { OUTSIDE } from './blocks.ts';
import { PROTOCOLS } from './cluster.ts';
import type { World } from './worlds.ts';

/** Every pair of pods and of a pod with an address outside; not a pod with itself. */
export function pairsOf(
  world: World,
  outside: readonly string[] = OUTSIDE,
): (readonly [from: End, to: End])[] {
  const pods = world
    .filter((object) => object.kind === 'Pod')
    .map((object): End => ({ pod: `${namespaceOf(object)}/${object.metadata.name}` }));
  const addresses = outside.map((ip): End => ({ ip }));
  return [
    ...pods.flatMap((from) =>
      [...pods.filter((to) => to !== from), ...addresses].map((to) => [from, to] as const),
    ),
    ...addresses.flatMap((from) => pods.map((to) => [from, to] as const)),
  ];
}

/** Every packet of a pair for which the answer could be another than for its neighbours. */
export function packetsOf(world: World): Pick<Question, 'protocol' | 'port'>[] {
  return PROTOCOLS.flatMap((protocol) => portsOf(world).map((port) => ({ protocol, port })));
}
