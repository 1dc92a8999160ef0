import type { Finding } from './finding.ts';

/** Whom a tag `owner`, however it is written, of the finding's endpoints names. */
export function ownerOf({ endpoints }: Pick<Finding, 'endpoints'>): string | undefined {
  for (const { tags } of endpoints) {
    for (const [key, value] of tags) if (key.toLowerCase() === 'owner' && value !== '') return value;
  }
  return undefined;
}
