import type { Problem } from '../resources/index.ts';
import type { ClusterPolicy } from './cluster-policy.ts';

/**
 * Policies of which it is settled which is asked first. Two of one tier and priority have no order that could be relied on, and a name
 * that is used twice means that one of the two objects is not there.
 */
export function inOrder(policies: readonly ClusterPolicy[], problems: Problem[]): readonly ClusterPolicy[] {
  const names = new Set<string>();
  const priorities = new Map<string, ClusterPolicy>();
  return policies.filter((policy) => {
    const { object, at, name, tier, priority } = policy;
    const title = `${object.kind} ${name}`;
    const other = priorities.get(`${tier} ${String(priority)}`);
    const wrong = names.has(title)
      ? { field: 'metadata.name', message: 'is used by another policy' }
      : other !== undefined
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
