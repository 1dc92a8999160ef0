import type { BlocksMean, Enforcement, Sighting } from './enforcement.ts';

/** Whether no policy of pods is about pods on the network of their node, as far as the engine is known and says so. */
export function sparesHostPods(enforcement: Enforcement | undefined): boolean {
  if (enforcement?.verdict === 'not-enforced') return true;
  const engines = enginesOf(enforcement);
  return engines.length > 0 && engines.every((engine) => engine.sparesHostPods === true);
}

/**
 * Whom blocks of addresses in NetworkPolicies mean; `open` where the engine of the cluster does not say. Where no cluster was read, what a
 * manifest should mean by it: addresses outside.
 */
export function blocksMean(enforcement: Enforcement | undefined): BlocksMean | 'open' {
  if (enforcement === undefined) return 'outside';
  const [first, ...others] = enginesOf(enforcement).map(({ blocks = 'open' as const }) => blocks);
  return first !== undefined && others.every((each) => each === first) ? first : 'open';
}

/** Whether some engine shuts what no policy selects. */
export function closesUnselected(enforcement: Enforcement | undefined): boolean {
  return (
    enforcement?.verdict === 'enforced' && enginesOf(enforcement).some((engine) => engine.closesUnselected)
  );
}

function enginesOf(enforcement: Enforcement | undefined): readonly Sighting[] {
  return (enforcement?.sightings ?? []).filter(({ enforces }) => enforces !== 'no');
}
