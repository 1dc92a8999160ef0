import { createHash } from 'node:crypto';
import type { Alert } from './alert.ts';

/** What makes news the same news: 64 bits, since ids of years lie in one store. */
export function alertIdOf(
  kind: Alert['kind'],
  { account, region, time }: Alert['place'],
  about: readonly string[],
): string {
  const parts = JSON.stringify([kind, account, region, time, about.toSorted()]);
  const digest = createHash('sha256').update(parts).digest('hex').slice(0, 16);
  return (digest.match(/.{4}/g) ?? []).join('-');
}
