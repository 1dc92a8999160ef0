import type { Connection } from './connection.ts';
import { ListExpired, RequestFailed } from './failure.ts';
import { getJson, type Limits } from './request.ts';

export type ListLimits = Limits & { readonly pageSize: number };

/** How often a list is begun anew that the server forgot while it was read (it keeps one for some five minutes). */
const RESTARTS = 3;

/**
 * Reads a list to its last page, each item through `keep`. There is nothing between a whole list and a failure: half a list would pass for a
 * whole one.
 *
 * @throws RequestFailed
 */
export async function readList<T>(
  path: string,
  connection: Connection,
  limits: ListLimits,
  keep: (item: unknown) => T,
): Promise<readonly T[]> {
  for (let restarts = 0; ; restarts += 1) {
    try {
      return await readPages(path, connection, limits, keep);
    } catch (error) {
      if (!(error instanceof ListExpired)) throw error;
      if (restarts === RESTARTS) {
        throw new RequestFailed(
          'cut',
          `the list expired while it was read (410 Gone), ${RESTARTS + 1} times`,
        );
      }
    }
  }
}

async function readPages<T>(
  path: string,
  connection: Connection,
  limits: ListLimits,
  keep: (item: unknown) => T,
): Promise<readonly T[]> {
  const kept: T[] = [];
  const tokens = new Set<string>();
  let token = '';
  for (;;) {
    const query = { limit: String(limits.pageSize), ...(token !== '' && { continue: token }) };
    const page = pageOf(await getJson(path, query, connection, limits));
    for (const item of page.items) kept.push(keep(item));
    if (page.next === '') return kept;
    if (tokens.has(page.next)) {
      throw new RequestFailed('cut', 'the same page token came twice, so the pages never end');
    }
    tokens.add(page.next);
    token = page.next;
  }
}

/** `items` is null in an empty list of some servers that are written in Go. */
function pageOf(body: unknown): { readonly items: readonly unknown[]; readonly next: string } {
  const { kind, items, metadata } = (typeof body === 'object' && body !== null ? body : {}) as {
    kind?: unknown;
    items?: unknown;
    metadata?: { continue?: unknown } | null;
  };
  if (typeof kind !== 'string' || !kind.endsWith('List') || !(items === null || Array.isArray(items))) {
    throw new RequestFailed('malformed', 'the answer is not a list of the Kubernetes API');
  }
  const next = metadata?.continue;
  return { items: items ?? [], next: typeof next === 'string' ? next : '' };
}
