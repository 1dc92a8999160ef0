import type { Network, PolicyId } from '#model';
import type { Finding } from '#findings';
import type { Blaming, Guilt } from '../blame.ts';
import type { NotedChange } from '../noted-change.ts';

/** Findings that came, or went, for one reason. */
export type Cause = { readonly findings: readonly Finding[]; readonly guilt: Guilt };

/**
 * Puts findings together that have a reason in common: a rule that is on one side only, or a call that is to blame. A path to a database and the
 * open port that it begins with are then one message.
 *
 * @param other the network that lacks what brought these findings about: the one before for what opened, the one after for what closed
 */
export function causesOf(findings: readonly Finding[], blaming: Blaming, other: Network): readonly Cause[] {
  type Group = { keys: Set<string>; findings: Finding[]; guilts: Guilt[] };
  let groups: Group[] = [];
  for (const finding of findings) {
    const guilt = blaming.of(finding);
    const keys = new Set(keysOf(finding, guilt, other));
    const joined: Group = { keys, findings: [], guilts: [] };
    const apart: Group[] = [];
    for (const group of groups) {
      if (![...group.keys].some((key) => keys.has(key))) {
        apart.push(group);
        continue;
      }
      for (const key of group.keys) joined.keys.add(key);
      joined.findings.push(...group.findings);
      joined.guilts.push(...group.guilts);
    }
    joined.findings.push(finding);
    joined.guilts.push(guilt);
    groups = [...apart, joined];
  }
  return groups.map((group) => ({ findings: group.findings, guilt: together(group.guilts) }));
}

function keysOf({ culprits }: Finding, guilt: Guilt, other: Network): readonly string[] {
  const rules = culprits.flatMap(({ policy, rule }) => {
    const known = other.policies.get(policy as PolicyId);
    return known?.rules.some(({ id }) => id === rule.id) === true ? [] : [`rule ${policy} ${rule.id}`];
  });
  const calls = guilt.is === 'these' ? guilt.changes.map(({ eventId }) => `call ${eventId}`) : [];
  const keys = [...rules, ...calls];
  return keys.length > 0 ? keys : ['not known'];
}

/** What is known of one of them holds for all. */
function together(guilts: readonly Guilt[]): Guilt {
  const known = guilts.filter(({ is }) => is === 'these');
  const [first = { changes: [], is: 'nobody' as const }] = known.length > 0 ? known : guilts;
  const byId = new Map<string, NotedChange>();
  for (const { changes } of known.length > 0 ? known : [first])
    for (const change of changes) byId.set(change.eventId, change);
  return { changes: [...byId.values()], is: first.is };
}
