import type { LabelSelector } from '../resources/index.ts';
import { selects } from './match-labels.ts';
import type { Namespace } from './namespaces.ts';
import { NAME_LABEL } from './namespaces.ts';
import type { PodSelection } from './pod-groups.ts';

/** What a selector demands of one label key. */
type Demand = {
  readonly in?: ReadonlySet<string>;
  readonly notIn: ReadonlySet<string>;
  readonly exists: boolean;
  readonly absent: boolean;
};

/** Whether every pod that the one selection selects, be it there or not, is also selected by the other. */
export function impliesSelection(
  a: PodSelection,
  b: PodSelection,
  namespaces: ReadonlyMap<string, Namespace>,
): boolean {
  return impliesNamespaces(a.namespaces, b.namespaces, namespaces) && implies(a.pods, b.pods);
}

function impliesNamespaces(
  a: PodSelection['namespaces'],
  b: PodSelection['namespaces'],
  namespaces: ReadonlyMap<string, Namespace>,
): boolean {
  const name = nameOf(a);
  if (name === undefined) return b.kind === 'selected' && a.kind === 'selected' && implies(a.by, b.by);
  if (b.kind === 'one') return b.name === name;
  return selects(b.by, namespaces.get(name)?.labels ?? new Map([[NAME_LABEL, name]]));
}

/** The one namespace that is meant, if it is one. */
export function nameOf(namespaces: PodSelection['namespaces']): string | undefined {
  if (namespaces.kind === 'one') return namespaces.name;
  const demands = demandsOf(namespaces.by);
  const named = demands.get(NAME_LABEL)?.in;
  return demands.size === 1 && named?.size === 1 ? [...named][0] : undefined;
}

/** Whether whatever labels satisfy `a` satisfy `b`. */
function implies(a: LabelSelector, b: LabelSelector): boolean {
  const known = demandsOf(a);
  return [...demandsOf(b)].every(([key, wanted]) => {
    const has = known.get(key);
    if (has === undefined) return false;
    const values = has.in;
    return (
      (wanted.in === undefined ||
        (values !== undefined && [...values].every((value) => wanted.in?.has(value)))) &&
      (wanted.notIn.size === 0 || isNone(has, wanted.notIn)) &&
      (!wanted.exists || has.exists || values !== undefined) &&
      (!wanted.absent || has.absent)
    );
  });
}

function isNone({ in: values, notIn, absent }: Demand, excluded: ReadonlySet<string>): boolean {
  if (absent || [...excluded].every((value) => notIn.has(value))) return true;
  return values !== undefined && [...values].every((value) => !excluded.has(value));
}

function demandsOf({ matchLabels = {}, matchExpressions = [] }: LabelSelector): ReadonlyMap<string, Demand> {
  const demands = new Map<string, Demand>();
  const add = (key: string, values: readonly string[] | undefined, more: Partial<Demand> = {}): void => {
    const known = demands.get(key) ?? { notIn: new Set<string>(), exists: false, absent: false };
    const both =
      values === undefined
        ? known.in
        : new Set(known.in === undefined ? values : values.filter((value) => known.in?.has(value)));
    demands.set(key, {
      ...(both !== undefined && { in: both }),
      notIn: new Set([...known.notIn, ...(more.notIn ?? [])]),
      exists: known.exists || more.exists === true,
      absent: known.absent || more.absent === true,
    });
  };
  for (const [key, value] of Object.entries(matchLabels)) add(key, [value]);
  for (const { key, operator, values = [] } of matchExpressions) {
    if (operator === 'In') add(key, values);
    else if (operator === 'NotIn') add(key, undefined, { notIn: new Set(values) });
    else add(key, undefined, operator === 'Exists' ? { exists: true } : { absent: true });
  }
  return demands;
}
