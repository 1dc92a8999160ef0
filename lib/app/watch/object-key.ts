import { createHash } from 'node:crypto';
import type { TargetKey } from '#store';
import { targetName } from './target-name.ts';

/**
 * Where a text is kept: under its target, the day, and its own digest. Writing it again, after a crash or because nothing changed, is the same
 * object; and one that is in use is written anew each day, so that it never gets old enough to be cleared away.
 */
export function keyOf(
  kind: 'snapshots' | 'findings' | 'briefs' | 'alerts' | 'reports',
  target: TargetKey,
  text: string,
  now: Date,
): string {
  return `${kind}/${targetName(target)}/${now.toISOString().slice(0, 10)}-${digestOf(text)}.${kind === 'reports' ? 'html' : 'json'}`;
}

/** Whether two keys are of the same text, of whatever days. */
export function areOfOneText(a: string, b: string): boolean {
  return a.slice(a.lastIndexOf('-')) === b.slice(b.lastIndexOf('-'));
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
