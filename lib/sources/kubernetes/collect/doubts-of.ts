import { idOf } from '#model';
import type { Doubt } from '../translate/doubt.ts';
import { IF_SERVED } from './kinds.ts';
import type { ReadBlindSpot } from './reading.ts';

const CORE = 'networkpolicies.networking.k8s.io';

/**
 * What a reading that lacks lists of policies leaves in doubt, and the blind spots of the lists that hide something else. NetworkPolicies that were
 * not read can only close; other kinds, and whether there are any, may open as well.
 */
export function doubtsOf(blindSpots: readonly ReadBlindSpot[]): {
  readonly doubts: readonly Doubt[];
  readonly others: readonly Doubt['spot'][];
} {
  const doubts: Doubt[] = [];
  const others: Doubt['spot'][] = [];
  for (const blindSpot of blindSpots) {
    const spot = spotOf(blindSpot);
    const name = `${blindSpot.resource}.${blindSpot.group}`;
    if (name === CORE) doubts.push({ spot, mayAllow: false, mayDeny: true });
    else if (isOfPolicies(blindSpot)) doubts.push({ spot, mayAllow: true, mayDeny: true });
    else others.push(spot);
  }
  return { doubts, others };
}

function isOfPolicies({ verb, group, resource, narrows }: ReadBlindSpot): boolean {
  if (narrows) return false;
  // what says which kinds there are
  if (verb === 'get') return resource.startsWith('/apis');
  return IF_SERVED.some(
    (kind) => kind.isPolicy === true && kind.group === group && kind.resource === resource,
  );
}

function spotOf({ group, resource, namespace, name, what, remedy, narrows }: ReadBlindSpot): Doubt['spot'] {
  const place = [resource, group, namespace, name]
    .filter((part) => part !== undefined && part !== '')
    .join(':');
  return {
    id: idOf<'blind-spot'>(`cluster:${place}`),
    code: 'call-failed',
    effect: narrows ? 'only-narrows' : 'hides-ways',
    what,
    remedy,
  };
}
