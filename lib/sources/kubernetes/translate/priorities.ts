import type { Problem } from '../resources/index.ts';
import type { ClusterPolicy } from './cluster-policy.ts';

/**
 * Policies without those of a name that is used already: of two, one is not there. Two of one tier and priority have no order that could be relied
 * on, though an API server takes both; `refuse`: to say so instead of an answer, as other tools do.
 */
export function inOrder(
  policies: readonly ClusterPolicy[],
  problems: Problem[],
  onTie: 'doubt' | 'refuse',
): readonly ClusterPolicy[] {
  const names = new Set<string>();
  const priorities = new Map<string, ClusterPolicy>();
  return policies.filter((policy) => {
    const { object, at, name, tier, priority } = policy;
    const title = `${object.kind} ${name}`;
    const other = priorities.get(`${tier} ${String(priority)}`);
    const wrong = names.has(title)
      ? { field: 'metadata.name', message: 'is used by another policy' }
      : other !== undefined && onTie === 'refuse'
        ? {
            field: 'spec.priority',
            message: `is that of ${other.object.kind} ${other.name} too: which of them is asked first is not defined`,
          }
        : undefined;
    names.add(title);
    priorities.set(`${tier} ${String(priority)}`, policy);
    if (wrong === undefined) return true;
    problems.push({ kind: 'invalid', at, object: title, ...wrong });
    return false;
  });
}
