import { unanswered, type Unanswered } from '#engine';
import type { Audited } from '../audited.ts';
import { fingerprintOf } from '../fingerprint.ts';
import { count } from '../name-list.ts';
import type { Remark } from '../remark.ts';

/** Lists in order that let TCP in and stop its answers, which such a list judges by themselves; or that let only some client ports be answered. */
export function checkReplies({ analysis }: Audited): Remark[] {
  const byList = new Map<string, Unanswered[]>();
  for (const each of unanswered(analysis)) {
    const key = `${each.policy} ${each.clients.isEmpty ? 'none' : 'some'}`;
    const known = byList.get(key);
    if (known === undefined) byList.set(key, [each]);
    else known.push(each);
  }
  return [...byList.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [remarkOf(first, others.length, { analysis })],
  );
}

function remarkOf(first: Unanswered, others: number, { analysis }: Pick<Audited, 'analysis'>): Remark {
  const { from, to, flows, clients, policy: id } = first;
  const name = analysis.network.policies.get(id)?.name ?? id;
  const isWhole = clients.isEmpty;
  const what = `${flows.toString()} from ${nameOf(from)} to ${nameOf(to)}`;
  const more = others > 0 ? `, and for ${count(others, 'more pair')} of subnets` : '';
  return {
    check: 'reply-blocked',
    severity: isWhole ? 'low' : 'info',
    fingerprint: fingerprintOf('reply-blocked', id, isWhole ? 'none' : 'some'),
    title: isWhole
      ? `ACL ${name} stops every answer to ${what}, which gets there${more}`
      : `ACL ${name} lets ${what} be answered only on client ports ${portsOf(clients)}${more}`,
    subject: { id, name },
    rules: [],
  };
}

function nameOf(end: Unanswered['from']): string {
  return end === undefined ? 'the internet' : end.workload.name;
}

function portsOf(clients: Unanswered['clients']): string {
  return clients.toString().replace(/^tcp /, '');
}
