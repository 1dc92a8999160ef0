import type { NoteStore, StateStore, TargetKey } from '#store';
import { keepAccount, type WatchedAccount } from './accounts.ts';
import { missingHeartbeats } from './heartbeats.ts';
import type { Queue, RefreshMessage } from './messages.ts';
import { targetName } from './target-name.ts';

/** A watched account with the Regions that are read. */
export type WatchedTargets = WatchedAccount & {
  readonly account: string;
  readonly regions: readonly string[];
  /** The account did not tell its Regions: those in which it was read before are read too. */
  readonly hasMoreRegions?: boolean;
};

export type SchedulePorts = {
  readonly notes: NoteStore;
  readonly state: StateStore;
  readonly refreshQueue: Queue<RefreshMessage>;
  readonly clock: () => Date;
  readonly targets: () => Promise<readonly WatchedTargets[]>;
  readonly staleAfterMs: number;
};

export type Scheduled = {
  readonly targets: number;
  /** Targets with no committed read for too long. One that never had any counts from its first schedule on. */
  readonly stale: readonly string[];
  readonly missingHeartbeats: readonly string[];
};

/** From so many targets on, their passes are spread over a quarter of an hour, so that they do not all read at once. */
const FEW = 20;
const SPREAD_SECONDS = 840;

/** Makes every target due, and looks whether everything that should have happened has. */
export async function schedule(ports: SchedulePorts): Promise<Scheduled> {
  const { notes, state, refreshQueue, clock } = ports;
  const now = clock();
  const watched = await ports.targets();
  const heads = await state.heads();
  const targets: TargetKey[] = [];
  for (const { account, regions, units, name, hasMoreRegions = false } of watched) {
    const known = hasMoreRegions ? heads.filter(({ target }) => target.account === account) : [];
    const all = new Set([...regions, ...known.map(({ target }) => target.region)]);
    const kept = { units, regions: [...all], ...(name !== undefined && { name }) };
    await keepAccount(notes, account, kept, now);
    targets.push(...[...all].map((region) => ({ account, region })));
  }
  const at = now.toISOString();
  await Promise.all(
    targets.map((target, i) =>
      refreshQueue.send(
        { target, reason: 'scheduled', token: `scheduled ${at} ${targetName(target)}`, at },
        targets.length <= FEW ? 0 : Math.floor((i * SPREAD_SECONDS) / targets.length),
      ),
    ),
  );
  return {
    targets: targets.length,
    stale: await staleTargets(targets, heads, notes, now, ports.staleAfterMs),
    missingHeartbeats: await missingHeartbeats(notes, now),
  };
}

async function staleTargets(
  targets: readonly TargetKey[],
  heads: Awaited<ReturnType<StateStore['heads']>>,
  notes: NoteStore,
  now: Date,
  staleAfterMs: number,
): Promise<readonly string[]> {
  const read = new Map(heads.map(({ target, head }) => [targetName(target), head.readAt]));
  const stale: string[] = [];
  for (const target of targets) {
    const name = targetName(target);
    const since = read.get(name) ?? (await firstScheduled(notes, name, now));
    if (now.getTime() - Date.parse(since) > staleAfterMs) stale.push(name);
  }
  return stale;
}

async function firstScheduled(notes: NoteStore, owner: string, now: Date): Promise<string> {
  const at = now.toISOString();
  await notes.write(owner, 'first-scheduled', at, { ifVersion: 0 });
  const note = await notes.read(owner, 'first-scheduled');
  return typeof note?.value === 'string' ? note.value : at;
}
