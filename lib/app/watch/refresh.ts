import { isTimed, type Tracked } from '#findings';
import { formatSnapshots, type AwsSnapshot } from '#sources/aws';
import type { Head, Stores, TargetKey } from '#store';
import type { Config } from '../config/config.ts';
import { snapshotsOf } from '../load.ts';
import { accountOf } from './accounts.ts';
import type { DeliverMessage, Queue, RefreshMessage } from './messages.ts';
import { nextRun, type RunOutput } from './next-run.ts';
import { changesSince } from './noted-change.ts';
import { areOfOneText, keyOf } from './object-key.ts';
import { announce, itemFor } from './outbox.ts';
import { targetName } from './target-name.ts';
import { Timer } from './timer.ts';
import { keepToldGaps, toldGaps } from './told-gaps.ts';
import { tellUnreadable, Unreadable } from './unreadable.ts';

export type RefreshPorts = {
  readonly stores: Stores;
  readonly clock: () => Date;
  readonly refreshQueue: Queue<RefreshMessage>;
  readonly channelQueue: (channel: string) => Queue<DeliverMessage> | undefined;
  /** Reads a target as it is now. @throws Unreadable if nothing at all can be read */
  readonly read: (target: TargetKey) => Promise<AwsSnapshot>;
  readonly config: Config;
  /** The version of Postern. */
  readonly engine: string;
};

export type Refreshed =
  | { readonly kind: 'committed'; readonly version: number; readonly alerts: number }
  /** A read that began later was committed first. */
  | { readonly kind: 'superseded' }
  /** Nothing could be read, and people were told: what is remembered stays as it is. */
  | { readonly kind: 'unreadable'; readonly why: string }
  | { readonly kind: 'later'; readonly seconds: number }
  | { readonly kind: 'dropped'; readonly why: string };

/** Clocks of AWS and ours differ, and reads lag behind writes: a change may show only in the read after the next. */
const SLACK_MS = 120_000;
const MOST_TRIES = 5;
const AGAIN_SECONDS = 120;

/**
 * One pass over one target: read, recompute, compare with the head, commit once. Before the commit nothing happened; after it, what people
 * are to hear is owed.
 *
 * @throws whatever the stores throw; the same message may then come again
 */
export async function refresh(message: RefreshMessage, ports: RefreshPorts): Promise<Refreshed> {
  const { stores, clock, refreshQueue } = ports;
  const { target, token } = message;
  const timer = new Timer(stores.notes, target, clock);
  const turn = await timer.begin(message);
  if (turn.kind === 'dropped') return turn;
  if (turn.kind === 'later') {
    await refreshQueue.send(message, turn.seconds);
    return turn;
  }
  const readAt = clock();
  const outcome = await readAndCommit(target, readAt, ports);
  if (outcome.kind === 'unreadable' && message.reason !== 'scheduled') {
    // a change is behind this one, so it does not wait for the clock
    const at = clock().toISOString();
    await refreshQueue.send({ target, reason: 'scheduled', token: `again ${token}`, at }, AGAIN_SECONDS);
  }
  const wait = message.reason === 'noticed' ? await timer.followUpIn() : undefined;
  if (wait !== undefined) {
    const at = clock().toISOString();
    await refreshQueue.send({ target, reason: 'follow-up', token: `follow-up ${token}`, at }, wait);
  }
  await timer.end(token);
  return outcome;
}

async function readAndCommit(target: TargetKey, readAt: Date, ports: RefreshPorts): Promise<Refreshed> {
  let snapshot: AwsSnapshot;
  try {
    snapshot = await ports.read(target);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    await tellUnreadable(target, error, { ...ports, ...ports.stores });
    return { kind: 'unreadable', why: error.message };
  }
  return commit(target, snapshot, readAt, ports);
}

/** Until nobody else's commit came between. */
async function commit(
  target: TargetKey,
  snapshot: AwsSnapshot,
  readAt: Date,
  ports: RefreshPorts,
): Promise<Refreshed> {
  const { objects, state } = ports.stores;
  const text = textOf(snapshot);
  const key = keyOf('snapshots', target, text, readAt);
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const head = await state.head(target);
    if (head !== undefined && head.readAt >= readAt.toISOString()) return { kind: 'superseded' };
    const { tracked, alerts, newGaps } = await runAgainst(head, { snapshot, key }, target, ports);
    const version = (head?.version ?? 0) + 1;
    const findings = JSON.stringify(tracked);
    const next: Head = {
      version,
      snapshot: key,
      findings: keyOf('findings', target, findings, readAt),
      engine: ports.engine,
      readAt: readAt.toISOString(),
      committedAt: ports.clock().toISOString(),
    };
    // what the head names was written before it
    if (key !== head?.snapshot) await objects.put(key, text);
    if (next.findings !== head?.findings) await objects.put(next.findings, findings);
    const item = await itemFor(`${targetName(target)}/${String(version)}`, target, alerts, {
      ...ports,
      ...ports.stores,
    });
    if ((await state.commit(target, next, item)) === 'conflict') continue;
    if (item !== undefined) await announce(item, ports);
    await keepToldGaps(ports.stores.notes, target, newGaps, ports.clock());
    return { kind: 'committed', version, alerts: alerts.length };
  }
  throw new Error(`${targetName(target)}: others committed ${String(MOST_TRIES)} times in the meantime`);
}

/** The same answers give the same text; when they came is in the head. */
function textOf({ _meta, ...responses }: AwsSnapshot): string {
  const { capturedAt: _, startedAt: __, ...meta } = _meta;
  return formatSnapshots([{ _meta: meta, ...responses }], 0);
}

async function runAgainst(
  head: Head | undefined,
  { snapshot: after, key }: { readonly snapshot: AwsSnapshot; readonly key: string },
  target: TargetKey,
  { stores, clock, config, engine }: RefreshPorts,
): Promise<RunOutput> {
  const remindAfterMs = config.remindAfterHours * 3_600_000;
  const now = clock().toISOString();
  const tracked = head === undefined ? [] : await trackedOf(head, stores);
  if (head !== undefined && head.engine === engine && areOfOneText(head.snapshot, key)) {
    // most passes end here: nothing changed, and nothing waits for its time
    if (!tracked.some((item) => isTimed(item, now, remindAfterMs)))
      return { tracked, alerts: [], newGaps: [] };
  }
  const before = head && (await snapshotOf(head, stores));
  const since = head && new Date(Date.parse(head.readAt) - SLACK_MS);
  const name = (await accountOf(stores.notes, target.account))?.name;
  return nextRun({
    ...(before && { before }),
    after,
    tracked,
    changes: since === undefined ? [] : await changesSince(stores.notes, target, since),
    toldGaps: await toldGaps(stores.notes, target),
    place: { ...target, ...(name !== undefined && { accountName: name }) },
    now,
    remindAfterMs,
  });
}

/**
 * What the head's run saw. A head names only what was written before it; what is missing was deleted by somebody, or has outlived its
 * retention. Then this run is like a first one, instead of every run failing from now on.
 */
async function snapshotOf({ snapshot }: Head, { objects }: Stores): Promise<AwsSnapshot | undefined> {
  const text = await objects.get(snapshot);
  return text === undefined ? undefined : snapshotsOf(text, snapshot)[0];
}

async function trackedOf({ findings }: Head, { objects }: Stores): Promise<readonly Tracked[]> {
  const text = await objects.get(findings);
  return text === undefined ? [] : (JSON.parse(text) as Tracked[]);
}
