import { NETWORK_POLICY, type Enforcement, type PolicyKind, type Verdict } from './enforcement.ts';

export type PodPlace = {
  /** Where it runs; absent: not yet, or a workload of which only the template is known. */
  readonly node?: string;
  /** Nothing owns it: it was made by hand. */
  readonly isBare: boolean;
};

/**
 * Whether policies have an effect on one pod: `not-enforced` means that it is open whatever selects it, `cannot-tell` that either may be true. A
 * pod that may go to any node is only as well off as the worst of them.
 */
export function enforcementOn(
  enforcement: Enforcement,
  { node, isBare }: PodPlace,
  kind: PolicyKind = NETWORK_POLICY,
): Verdict {
  const verdict =
    kind === NETWORK_POLICY ? enforcement.verdict : (enforcement.kinds.get(kind) ?? 'cannot-tell');
  if (verdict !== 'enforced') return verdict;
  if (isBare && enforcement.sightings.some(({ sparesBarePods }) => sparesBarePods === true)) {
    const others = enforcement.sightings.filter(
      ({ enforces, sparesBarePods }) => enforces === 'yes' && sparesBarePods !== true,
    );
    if (others.length === 0) return 'not-enforced';
  }
  const own = enforcement.nodes.find(({ node: name }) => name === node);
  if (own !== undefined) return own.verdict;
  return enforcement.nodes.every(({ verdict: there }) => there === 'enforced') ? 'enforced' : 'cannot-tell';
}
