import type { BlindSpotId } from '#model';
import type { Place } from './place.ts';

/** Notes that a rule was only partly understood. `part` is the member at fault, below the rule's place; may be empty. */
export function ruleFault(place: Place, part: string, ruleId: string, fault: string): BlindSpotId {
  const path = part === '' ? place.path : `${place.path}.${part}`;
  return place.scope.blindSpots.note(`rule-not-understood:${ruleId}`, {
    code: 'rule-not-understood',
    effect: 'hides-ways',
    what: `${path}: ${fault}; this rule is treated as unknown`,
    remedy: 'Look at the rule in the console. If it is right there, collect the account again.',
    at: { ...place.ref(ruleId), path },
  });
}
