import { callOf, LIVE_CALLS, type AwsSnapshot } from '#sources/aws';
import { isWorthAsking } from '../../../lib/sources/aws/collect/worth-asking.ts';

/** Requests to AWS that one read of a target takes, by operation. */
export type Requests = Readonly<Record<string, number>>;

/** Where no page size is asked for, load balancing gives pages of 400 (its documented default); the other calls have no pages. */
const USUAL_PAGE = 400;

/** How many requests read this snapshot from AWS, when none is tried again: one a page, one or more for each parent that is worth it. */
export function requestsOf(snapshot: AwsSnapshot): Requests {
  const counts: Record<string, number> = { GetCallerIdentity: 1 };
  for (const call of LIVE_CALLS) counts[call] = pagesOf(call, snapshot);
  return counts;
}

function pagesOf(call: (typeof LIVE_CALLS)[number], snapshot: AwsSnapshot): number {
  const { member, pageSize = USUAL_PAGE, parent } = callOf(call);
  const response = snapshot[call] as Readonly<Record<string, unknown>> | undefined;
  if (parent === undefined) return pages(listOf(response, member).length, pageSize);
  const all = snapshot as unknown as Readonly<Record<string, never>>;
  const parents = listOf(all[parent.call], parent.member) as Readonly<Record<string, unknown>>[];
  const draft = {
    items: (of: string, list: string) => listOf(snapshot[of as typeof call], list),
  } as unknown as Parameters<typeof isWorthAsking>[2];
  // what is kept joined is small for each parent: listeners of one load balancer
  return parents
    .filter((item) => isWorthAsking(call, item, draft))
    .reduce((sum, item) => {
      const own = parent.kept === 'by-id' ? response?.[String(item[parent.id])] : undefined;
      return sum + pages(listOf(own as typeof response, member).length, pageSize);
    }, 0);
}

function pages(items: number, size: number): number {
  return Math.max(1, Math.ceil(items / size));
}

function listOf(response: Readonly<Record<string, unknown>> | undefined, member: string): readonly unknown[] {
  const list = response?.[member];
  return Array.isArray(list) ? (list as readonly unknown[]) : [];
}
