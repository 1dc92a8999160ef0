import { isTimed } from '#findings';
import { formatSnapshots, type AwsSnapshot } from '#sources/aws';
import type { Head, Stores, TargetKey } from '#store';
import type { Config } from '../config/config.ts';
import { snapshotsOf } from '../load.ts';
import { accountOf } from './accounts.ts';
import { judgedBy, type Judging } from './judged-by.ts';
import type { DeliverMessage, Queue, RefreshMessage } from './messages.ts';
import { keepReport } from './keep-report.ts';
import { nextRun, type RunOutput } from './next-run.ts';
import { concernedBy, haveMoved, neighboursTogether, type Neighbour } from './neighbours.ts';
import { changesSince, type NotedChange } from './noted-change.ts';
import { areOfOneText, keyOf } from './object-key.ts';
import { announce, itemFor, type OutboxPorts } from './outbox.ts';
import { targetName } from './target-name.ts';
import { FIRST_WAIT_SECONDS, Timer } from './timer.ts';
import { readBrief, trackedOf } from './read-head.ts';
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
  readonly deployment?: OutboxPorts['deployment'];
  /** The version of Postern. */
  readonly engine: string;
  /** Whether the report is kept as a page of HTML as well. */
  readonly keepsReports?: boolean;
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
  const outcome = await (message.reason === 'neighbour' ? judgeAnew : readAndCommit)(target, ports);
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
  // a report costs more than a pass: once an hour is enough for what is looked up, and alerts do not wait for it
  const isRound = message.reason === 'scheduled';
  if (outcome.kind === 'committed' && isRound && ports.keepsReports === true) await keepReport(target, ports);
  return outcome;
}

async function readAndCommit(target: TargetKey, ports: RefreshPorts): Promise<Refreshed> {
  const readAt = ports.clock();
  let snapshot: AwsSnapshot;
  try {
    snapshot = await ports.read(target);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    await tellUnreadable(target, error, { ...ports, ...ports.stores });
    return { kind: 'unreadable', why: error.message };
  }
  const text = textOf(snapshot);
  const key = keyOf('snapshots', target, text, readAt);
  return commit(target, { snapshot, text, key, readAt: readAt.toISOString(), isFresh: true }, ports);
}

/** What was read last, together with the targets around it as they are now. */
async function judgeAnew(target: TargetKey, ports: RefreshPorts): Promise<Refreshed> {
  const { objects, state } = ports.stores;
  const head = await state.head(target);
  const text = head && (await objects.get(head.snapshot));
  const snapshot = text === undefined ? undefined : snapshotsOf(text, head?.snapshot ?? '')[0];
  if (head === undefined || text === undefined || snapshot === undefined)
    return { kind: 'dropped', why: 'nothing of it was read so far' };
  const { snapshot: key, readAt } = head;
  return commit(target, { snapshot, text, key, readAt, isFresh: false }, ports);
}

/** What a pass goes by: a read, or the one before it once more. */
type Look = {
  readonly snapshot: AwsSnapshot;
  readonly text: string;
  readonly key: string;
  /** ISO 8601. */
  readonly readAt: string;
  readonly isFresh: boolean;
};

/** Until nobody else's commit came between. */
async function commit(target: TargetKey, look: Look, ports: RefreshPorts): Promise<Refreshed> {
  const { objects, state } = ports.stores;
  const { text, key, readAt, isFresh } = look;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const head = await state.head(target);
    if (head !== undefined && (isFresh ? head.readAt >= readAt : head.readAt > readAt))
      return { kind: 'superseded' };
    const judging = await judgedBy(ports.engine, ports.config, ports.stores.notes);
    const { tracked, alerts, newGaps, neighbours, brief } = await runAgainst(
      head,
      look,
      target,
      judging,
      ports,
    );
    const version = (head?.version ?? 0) + 1;
    const findings = JSON.stringify(tracked);
    const said = JSON.stringify(brief);
    const next = {
      version,
      snapshot: key,
      findings: keyOf('findings', target, findings, new Date(readAt)),
      brief: keyOf('briefs', target, said, new Date(readAt)),
      engine: judging.engine,
      readAt,
      committedAt: ports.clock().toISOString(),
      neighbours,
    } satisfies Head;
    // what the head names was written before it
    if (key !== head?.snapshot) await objects.put(key, text);
    if (next.findings !== head?.findings) await objects.put(next.findings, findings);
    if (next.brief !== head?.brief) await objects.put(next.brief, said);
    const item = await itemFor(`${targetName(target)}/${String(version)}`, target, alerts, {
      ...ports,
      ...ports.stores,
    });
    if ((await state.commit(target, next, item)) === 'conflict') continue;
    if (item !== undefined) await announce(item, ports);
    await keepToldGaps(ports.stores.notes, target, newGaps, ports.clock());
    if (head === undefined || !areOfOneText(head.snapshot, key)) await tellNeighbours(target, next, ports);
    return { kind: 'committed', version, alerts: alerts.length };
  }
  throw new Error(`${targetName(target)}: others committed ${String(MOST_TRIES)} times in the meantime`);
}

/** What changed here may open or close ways of the targets around, which are judged anew. If this is lost, their own next pass finds it. */
async function tellNeighbours(
  target: TargetKey,
  { neighbours, version }: Head,
  { stores, refreshQueue, clock }: RefreshPorts,
): Promise<void> {
  const at = clock().toISOString();
  const token = `neighbour ${targetName(target)}/${String(version)}`;
  for (const other of await concernedBy(target, neighbours, stores))
    await refreshQueue.send({ target: other, reason: 'neighbour', token, at }, FIRST_WAIT_SECONDS);
}

/** The same answers give the same text; when they came is in the head. */
function textOf({ _meta, ...responses }: AwsSnapshot): string {
  const { capturedAt: _, startedAt: __, ...meta } = _meta;
  return formatSnapshots([{ _meta: meta, ...responses }], 0);
}

async function runAgainst(
  head: Head | undefined,
  { snapshot: after, text, key, isFresh }: Look,
  target: TargetKey,
  { meant, exceptions, engine }: Judging,
  { stores, clock, config }: RefreshPorts,
): Promise<RunOutput & Pick<Head, 'neighbours'>> {
  const remindAfterMs = config.remindAfterHours * 3_600_000;
  const now = clock().toISOString();
  const tracked = head === undefined ? [] : await trackedOf(head, stores);
  const brief = head && (await readBrief(head, stores));
  if (head !== undefined && head.engine === engine && areOfOneText(head.snapshot, key) && isFresh) {
    // most passes end here: nothing changed, and nothing waits for its time
    const isIdle = !tracked.some((item) => isTimed(item, now, remindAfterMs));
    if (brief !== undefined && isIdle && !(await haveMoved(target, after, head.neighbours, stores)))
      return { tracked, alerts: [], newGaps: [], neighbours: head.neighbours, brief };
  }
  const before = head && (await snapshotOf(head, stores));
  const own = before === undefined ? [after] : [before, after];
  const neighbours = await neighboursTogether(target, own, text.length, head?.neighbours ?? [], stores);
  const changes = head === undefined ? [] : await changesBehind(target, head.readAt, neighbours, stores);
  const name = (await accountOf(stores.notes, target.account))?.name;
  const output = nextRun({
    ...(before && { before }),
    after,
    neighbours,
    tracked,
    ...(brief && { brief }),
    changes,
    toldGaps: await toldGaps(stores.notes, target),
    place: { ...target, ...(name !== undefined && { accountName: name }) },
    now,
    remindAfterMs,
    meant,
    exceptions,
  });
  return { ...output, neighbours: neighbours.map(({ seen }) => seen) };
}

/** The calls that may be behind what is different now: the target's own, and those of neighbours that changed. */
async function changesBehind(
  target: TargetKey,
  readAt: string,
  neighbours: readonly Neighbour[],
  { notes }: Stores,
): Promise<readonly NotedChange[]> {
  const since = (time: string): Date => new Date(Date.parse(time) - SLACK_MS);
  const changes = [...(await changesSince(notes, target, since(readAt)))];
  for (const { seen, changedSince } of neighbours)
    if (changedSince !== undefined) changes.push(...(await changesSince(notes, seen, since(changedSince))));
  return changes;
}

/**
 * What the head's run saw. A head names only what was written before it; what is missing was deleted by somebody, or has outlived its
 * retention. Then this run is like a first one, instead of every run failing from now on.
 */
async function snapshotOf({ snapshot }: Head, { objects }: Stores): Promise<AwsSnapshot | undefined> {
  const text = await objects.get(snapshot);
  return text === undefined ? undefined : snapshotsOf(text, snapshot)[0];
}
