import { missing, ok, unknown, type Check } from './check.ts';
import type { AccountFacts } from './facts.ts';

/** Whether all that a network is made of may be read, tried in one Region: what a role may do is the same in all. */
export function readsCheck({
  account,
  reads,
  entry,
}: Pick<AccountFacts, 'account' | 'reads' | 'entry'>): Check {
  const isOwn = entry.told && entry.value === 'own';
  const subject = { what: isOwn ? 'reads, by you' : 'reads, by the reader role', at: account };
  if (!reads.told) return unknown(subject, reads);
  const denied = reads.value.filter(({ outcome }) => outcome === 'denied');
  if (denied.length > 0) {
    const actions = [...new Set(denied.map(({ action }) => action))];
    return missing(
      subject,
      `${String(denied.length)} of ${String(reads.value.length)} are denied, so what they show is a blind spot: ${actions.join(', ')}`,
      {
        remedy:
          'Grant these actions; infra/stacksets/reader-role.yml holds the whole list. If they are granted, a policy of the organisation denies them',
      },
    );
  }
  const open = reads.value.filter(({ outcome }) => outcome === 'not told');
  const [first] = open;
  if (first !== undefined)
    return unknown(subject, {
      why: `${open.map(({ call }) => call).join(', ')} could not be tried: ${first.why ?? 'no answer'}`,
      remedy: 'Try again',
    });
  return ok(subject, `none of ${String(reads.value.length)} is denied`);
}
