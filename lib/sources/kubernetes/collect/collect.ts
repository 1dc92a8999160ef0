import pLimit from 'p-limit';
import { blindSpotOf, type Asked } from './blind-spot-of.ts';
import { ClusterNotRead } from './cluster-not-read.ts';
import type { ClusterObject } from './cluster-object.ts';
import { connect, type Connection } from './connection.ts';
import { findKinds, readGroups, readVersion, type FoundKind, type Groups } from './discover.ts';
import { failureOfError, isDistrust, RequestFailed } from './failure.ts';
import { keepOnly } from './kept-shape.ts';
import { BUILT_IN, IF_SERVED, listName } from './kinds.ts';
import { readList } from './list.ts';
import type { CollectOptions } from './options.ts';
import type { ClusterReading, ReadBlindSpot } from './reading.ts';
import type { Limits } from './request.ts';
import { readSettings, settingsName } from './settings-maps.ts';

/**
 * Reads a live cluster: GET requests only, and no Secrets. A list that gives no whole answer becomes a blind spot, and the rest goes on.
 *
 * @throws ClusterNotRead if there is no usable kubeconfig, the server cannot be reached or trusted, it does not know the user, or nothing at all
 * could be read
 */
export async function collect(options: CollectOptions): Promise<ClusterReading> {
  const startedAt = options.clock().toISOString();
  const connection = connect(options);
  const serverVersion = await greet(connection, options);
  const reader = new Reader(connection, options);
  const groups = await reader.groups();
  const kinds = [
    ...BUILT_IN.map((kind) => ({
      kind,
      version: kind.versions === 'any' ? 'v1' : (kind.versions[0] ?? 'v1'),
    })),
    ...(groups === undefined ? [] : await reader.found(groups)),
  ];
  const objects = (await reader.lists(kinds)).flat();
  if (reader.read.length === 0) throw nothingRead(connection, reader.blindSpots);
  const settings = await reader.settings(objects);
  return {
    context: connection.context,
    server: connection.server,
    serverVersion,
    startedAt,
    capturedAt: options.clock().toISOString(),
    groups: [...(groups ?? new Map<string, never>()).keys()].toSorted(),
    read: reader.read.toSorted(),
    blindSpots: reader.blindSpots,
    objects: [...objects, ...settings],
  };
}

/** The first word with the server: after it, it is there, it is trusted and it does not refuse the user as such. */
async function greet(connection: Connection, options: CollectOptions): Promise<string> {
  try {
    return await within(options, (limits) => readVersion(connection, limits));
  } catch (error) {
    const failure = failureOfError(error);
    if (failure.byCredentials) throw refused(connection, failure.message);
    if (!failure.byConnection) return '';
    const { context, server } = connection;
    throw new ClusterNotRead(
      isDistrust(failure)
        ? `${server} (context ${context}) shows a certificate that the kubeconfig does not trust: ${failure.message}. Is certificate-authority that of this cluster, and is this really the server?`
        : `${server} (context ${context}) cannot be reached: ${failure.message}. Check the address and the network (VPN, proxy-url), or read manifests instead`,
      { cause: error },
    );
  }
}

function refused({ server, context }: Connection, why: string): ClusterNotRead {
  return new ClusterNotRead(
    `${server} (context ${context}) does not accept the credentials: ${why}. They may have expired: log in again, or choose another context with --context`,
  );
}

function nothingRead(connection: Connection, blindSpots: readonly ReadBlindSpot[]): ClusterNotRead {
  const [first] = blindSpots;
  if (first?.remedy.startsWith('Log in') === true) return refused(connection, first.error);
  return new ClusterNotRead(
    `nothing could be read of ${connection.server} (context ${connection.context}): ${first?.what ?? 'no list was answered'}. ${first?.remedy ?? ''}`,
  );
}

class Reader {
  readonly blindSpots: ReadBlindSpot[] = [];
  readonly read: string[] = [];
  readonly #connection: Connection;
  readonly #options: CollectOptions;

  constructor(connection: Connection, options: CollectOptions) {
    this.#connection = connection;
    this.#options = options;
  }

  async groups(): Promise<Groups | undefined> {
    const asked = {
      verb: 'get',
      group: '',
      resource: '/apis',
      hides: 'which kinds of policy this cluster has besides NetworkPolicy, and which engine',
    } as const;
    return this.#try(asked, (limits) => readGroups(this.#connection, limits));
  }

  async found(groups: Groups): Promise<readonly FoundKind[]> {
    const policyGroups = [...new Set(IF_SERVED.map(({ group }) => group))].filter((group) =>
      groups.has(group),
    );
    const asked = {
      verb: 'get',
      group: '',
      resource: `/apis/{${policyGroups.join(',')}}`,
      hides: 'which kinds of policy these API groups have',
    } as const;
    return (await this.#try(asked, (limits) => findKinds(groups, this.#connection, limits))) ?? [];
  }

  /** What came of each list, in the order of the kinds, whichever came first. */
  async lists(kinds: readonly FoundKind[]): Promise<readonly (readonly ClusterObject[])[]> {
    const limit = pLimit(this.#options.concurrency);
    const blindSpots: (readonly ReadBlindSpot[])[] = [];
    let done = 0;
    const lists = await Promise.all(
      kinds.map((found, i) =>
        limit(async () => {
          const own: ReadBlindSpot[] = [];
          const objects = await this.#try(
            { verb: 'list', ...found.kind },
            (limits) => this.#list(found, limits),
            own,
          );
          blindSpots[i] = own;
          done += 1;
          const list = listName(found.kind);
          if (objects !== undefined) this.read.push(list);
          this.#options.onProgress?.({
            list,
            state: objects === undefined ? 'failed' : 'read',
            items: objects?.length ?? 0,
            done,
            planned: kinds.length,
          });
          return objects ?? [];
        }),
      ),
    );
    this.blindSpots.push(...blindSpots.flat());
    return lists;
  }

  async settings(objects: readonly ClusterObject[]): Promise<readonly ClusterObject[]> {
    return readSettings(objects, async (asked, readMap) => {
      const map = await this.#try(asked, (limits) => readMap(this.#connection, limits));
      if (map !== undefined) this.read.push(settingsName(asked));
      return map;
    });
  }

  /** The items of a built-in list do not say what they are. */
  async #list({ kind, version }: FoundKind, limits: Limits): Promise<readonly ClusterObject[]> {
    const { group, resource } = kind;
    const apiVersion = group === '' ? version : `${group}/${version}`;
    const path = group === '' ? `/api/${version}/${resource}` : `/apis/${group}/${version}/${resource}`;
    const { pageSize } = this.#options;
    return readList(path, this.#connection, { ...limits, pageSize }, (item) => ({
      apiVersion,
      kind: kind.kind,
      metadata: {},
      ...(keepOnly(kind.keep, item) as object | undefined),
    }));
  }

  async #try<T>(
    asked: Asked,
    work: (limits: Limits) => Promise<T>,
    blindSpots = this.blindSpots,
  ): Promise<T | undefined> {
    try {
      return await within(this.#options, work);
    } catch (error) {
      blindSpots.push(blindSpotOf(asked, failureOfError(error)));
      return undefined;
    }
  }
}

/** Does the work under the deadline of one list and the signal that ends the whole. */
async function within<T>(options: CollectOptions, work: (limits: Limits) => Promise<T>): Promise<T> {
  const { deadlineMs, requestMs, wait } = options;
  const ending = new AbortController();
  const late = AbortSignal.timeout(deadlineMs);
  const onLate = (): void => {
    ending.abort(new RequestFailed('timed-out', `not done in ${deadlineMs} ms`));
  };
  const onStop = (): void => {
    ending.abort(new RequestFailed('timed-out', 'the reading was stopped'));
  };
  late.addEventListener('abort', onLate);
  options.signal?.addEventListener('abort', onStop);
  if (options.signal?.aborted === true) onStop();
  try {
    return await work({ wait, requestMs, signal: ending.signal });
  } finally {
    late.removeEventListener('abort', onLate);
    options.signal?.removeEventListener('abort', onStop);
  }
}
