import { analyse } from '#engine';
import { translate, type AwsSnapshot } from '#sources/aws';
import { checkFiltersComplete, checkFilterFact } from './filter-facts.ts';
import { endsOfFilter } from './filters.ts';
import { withNoOtherWays } from './presumed-routes.ts';
import { differs, type Check } from './result.ts';
import type { FilterFact } from './statement.ts';

/**
 * Checks what single groups admit. Cases may hold several groups of one id, which AWS never has: their names tell them
 * apart, and each is looked at as if the others were not there.
 */
export function checkGroupFacts(
  snapshots: readonly AwsSnapshot[],
  facts: readonly FilterFact[],
  isComplete: boolean,
): Check[] {
  const bySubject = new Map<string, FilterFact[]>();
  const checks: Check[] = [];
  for (const fact of facts) {
    const { subject } = endsOfFilter(fact);
    const group = subject === 'internet' ? undefined : subject.securityGroup;
    if (subject === 'internet' || group === undefined) {
      checks.push(differs(fact, 'a group', 'the fact names none'));
      continue;
    }
    const key = JSON.stringify([group, subject.groupName ?? fact.groupName ?? null]);
    const known = bySubject.get(key) ?? [];
    known.push(fact);
    bySubject.set(key, known);
  }
  for (const [key, about] of bySubject) {
    const [group, name] = JSON.parse(key) as [string, string | null];
    const chosen = snapshots.map((snapshot) => withOneGroup(withNoOtherWays(snapshot), group, name));
    const count = chosen
      .flatMap((snapshot) => snapshot.DescribeSecurityGroups?.SecurityGroups ?? [])
      .filter(({ GroupId }) => GroupId === group).length;
    if (count !== 1) {
      checks.push(differs(about[0], 'one group', `${String(count)} of this id and name`));
      continue;
    }
    const analysis = analyse(translate(chosen));
    checks.push(...about.map((fact) => checkFilterFact(analysis, [], fact)));
    if (isComplete) checks.push(...checkFiltersComplete(analysis, [], about));
  }
  return checks;
}

/** Without the groups that share the id and have another name. */
function withOneGroup(snapshot: AwsSnapshot, group: string, name: string | null): AwsSnapshot {
  const groups = snapshot.DescribeSecurityGroups?.SecurityGroups;
  if (groups === undefined || name === null) return snapshot;
  const kept = groups.filter(({ GroupId, GroupName }) => GroupId !== group || GroupName === name);
  return { ...snapshot, DescribeSecurityGroups: { SecurityGroups: kept } };
}
