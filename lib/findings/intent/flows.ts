import { TransportSet } from '#netset';
import type { FlowStatement } from './settings.ts';
import { ANY_ZONE } from './zones.ts';

/** A statement that forbids, with the part of it that no earlier statement has decided. */
export type Forbidden = { readonly transport: TransportSet; readonly statement: FlowStatement };

/** What statements say of the flows between two zones. */
export type Decided = { readonly forbidden: readonly Forbidden[]; readonly allowed: TransportSet };

/** What statements allow and forbid between two zones: the first that names a flow decides. */
export function decidedBy(statements: readonly FlowStatement[]): (from: string, to: string) => Decided {
  const answers = new Map<string, Decided>();
  return (from, to) => {
    const key = JSON.stringify([from, to]);
    const answer = answers.get(key) ?? decide(statements, from, to);
    answers.set(key, answer);
    return answer;
  };
}

function decide(statements: readonly FlowStatement[], from: string, to: string): Decided {
  const forbidden: Forbidden[] = [];
  const allowed: TransportSet[] = [];
  let left: TransportSet = TransportSet.ALL;
  for (const statement of statements) {
    if (!isAbout(statement, from, to)) continue;
    const transport = statement.transport.intersect(left);
    if (transport.isEmpty) continue;
    if (statement.verdict === 'forbidden') forbidden.push({ transport, statement });
    else allowed.push(transport);
    left = left.subtract(transport);
  }
  return { forbidden, allowed: TransportSet.unionOf(allowed) };
}

/** `any` is every other zone: what stays within a zone is only judged by a statement that names it on both ends. */
function isAbout(statement: FlowStatement, from: string, to: string): boolean {
  const names = (list: readonly string[], zone: string): boolean =>
    list.includes(zone) || (from !== to && list.includes(ANY_ZONE));
  return names(statement.from, from) && names(statement.to, to);
}
