import { endOf, namespaceOf } from '../oracle/cluster.ts';
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
  // one that a pod cannot send to has no answer
  const addressesFor = (pod: End): End[] =>
    outside.filter((ip) => !ip.includes(':') || hasIpv6(world, pod)).map((ip) => ({ ip }));
  return [
    ...pods.flatMap((from) =>
      [...pods.filter((to) => to !== from), ...addressesFor(from)].map((to) => [from, to] as const),
    ),
    ...pods.flatMap((to) => addressesFor(to).map((from) => [from, to] as const)),
  ];
}

function hasIpv6(world: World, end: End): boolean {
  const found = endOf(world, end);
  return found.kind === 'pod' && found.addresses.some(({ family }) => family === 6);
}

/** Every packet of a pair for which the answer could be another than for its neighbours. */
export function packetsOf(world: World): Pick<Question, 'protocol' | 'port'>[] {
  return PROTOCOLS.flatMap((protocol) => portsOf(world).map((port) => ({ protocol, port })));
}
