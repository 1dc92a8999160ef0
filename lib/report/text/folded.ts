import type { TextFinding } from './findings.ts';

/** Findings that rest on the same rules and are about the same thing, told together: the first, and the others after it. */
export type Folded = readonly [first: TextFinding, ...others: TextFinding[]];

/** In the order of the first of each. One that rests on no rule, or on a path, stands alone. */
export function foldFindings(items: readonly TextFinding[]): readonly Folded[] {
  const folded = new Map<string, [TextFinding, ...TextFinding[]]>();
  for (const [i, item] of items.entries()) {
    const { workload, culprits, path } = item.finding;
    const rules = culprits.map(({ policy, rule }) => `${policy} ${rule.id}`).sort();
    const isAlone = rules.length === 0 || path !== undefined;
    const key = isAlone ? String(i) : JSON.stringify([workload.id, ...rules]);
    const known = folded.get(key);
    if (known === undefined) folded.set(key, [item]);
    else known.push(item);
  }
  return [...folded.values()];
}
