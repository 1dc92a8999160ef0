import * as z from 'zod';
import { byTarget } from '../by-target.ts';
import type { Head, OutboxItem, StateStore, TargetKey } from '../contracts.ts';
import { instant } from '../instant.ts';
import { checkedHead, checkedItem, deliveryKey, isOwed, oldestFirst, OUTBOX_KEPT_MS } from '../outbox.ts';
import { headShape, outboxItemShape, targetShape } from '../shapes.ts';
import type { Cell, Change } from './cell.ts';

/** All heads and the whole outbox as one value: what is in one value changes in one step. */
export type State = z.infer<typeof stateShape>;

export const stateShape = z.object({
  heads: z.array(z.object({ target: targetShape, head: headShape })),
  /** `goneAt`: from when on the item is forgotten, in milliseconds since 1970; there once nothing of it is owed. */
  outbox: z.array(z.object({ item: outboxItemShape, goneAt: z.number().exactOptional() })),
});

export const NO_STATE: State = { heads: [], outbox: [] };

export function stateInCell(cell: Cell<State>, clock: () => Date): StateStore {
  const present = (state: State): State => {
    const now = clock().getTime();
    return { ...state, outbox: state.outbox.filter(({ goneAt }) => goneAt === undefined || goneAt > now) };
  };
  const items = async (): Promise<readonly OutboxItem[]> =>
    present(await cell.read()).outbox.map(({ item }) => item);

  return {
    head: async (target) => headOf(await cell.read(), target),
    heads: async () => (await cell.read()).heads.toSorted((a, b) => byTarget(a.target, b.target)),
    commit: async (target, head, owed) => {
      const [to, item] = [checkedHead(head), owed === undefined ? undefined : checkedItem(owed)];
      return cell.update((state): Change<State, 'committed' | 'conflict'> => {
        if ((headOf(state, target)?.version ?? 0) !== to.version - 1) return { result: 'conflict' };
        const others = state.heads.filter((x) => byTarget(x.target, target) !== 0);
        const { account, region } = target;
        const moved = { ...present(state), heads: [...others, { target: { account, region }, head: to }] };
        return { value: item === undefined ? moved : withItem(moved, item, clock()), result: 'committed' };
      });
    },
    owe: async (owed) => {
      const item = checkedItem(owed);
      await cell.update((state) => ({ value: withItem(present(state), item, clock()), result: undefined }));
    },
    owedItem: async (id) => (await items()).find((item) => item.id === id),
    owed: async () => (await items()).filter(isOwed).toSorted(oldestFirst),
    claim: async (id, delivery, times) => {
      const [now, until] = [instant(times.now), instant(times.until)];
      return cell.update((state): Change<State, boolean> => {
        const found = deliveryOf(state, id, delivery);
        if (found === undefined || found.deliveredAt !== undefined) return { result: false };
        if (found.claimedUntil !== undefined && found.claimedUntil > now) return { result: false };
        return { value: withDelivery(state, id, { ...found, claimedUntil: until }), result: true };
      });
    },
    release: async (id, delivery, claimedUntil) => {
      const until = instant(claimedUntil);
      await cell.update((state): Change<State, undefined> => {
        const found = deliveryOf(state, id, delivery);
        if (found?.claimedUntil !== until || found.deliveredAt !== undefined) return { result: undefined };
        const { channel, alert } = found;
        return { value: withDelivery(state, id, { channel, alert }), result: undefined };
      });
    },
    record: async (id, delivery, at) => {
      const deliveredAt = instant(at);
      await cell.update((state): Change<State, undefined> => {
        const found = deliveryOf(state, id, delivery);
        if (found === undefined || found.deliveredAt !== undefined) return { result: undefined };
        const { channel, alert } = found;
        const noted = withDelivery(state, id, { channel, alert, deliveredAt });
        return {
          value: { ...noted, outbox: noted.outbox.map((x) => closed(x, clock())) },
          result: undefined,
        };
      });
    },
  };
}

type Kept = State['outbox'][number];
type Delivery = Kept['item']['deliveries'][number];

function headOf({ heads }: State, target: TargetKey): Head | undefined {
  return heads.find((x) => byTarget(x.target, target) === 0)?.head;
}

function deliveryOf({ outbox }: State, id: string, delivery: Delivery): Delivery | undefined {
  const key = deliveryKey(delivery);
  return outbox.find(({ item }) => item.id === id)?.item.deliveries.find((x) => deliveryKey(x) === key);
}

function withItem(state: State, item: OutboxItem, now: Date): State {
  if (state.outbox.some((kept) => kept.item.id === item.id)) return state;
  return {
    ...state,
    outbox: [...state.outbox, closed({ item: { ...item, deliveries: [...item.deliveries] } }, now)],
  };
}

function withDelivery(state: State, id: string, delivery: Delivery): State {
  const key = deliveryKey(delivery);
  const replaced = ({ item, ...rest }: Kept): Kept => ({
    ...rest,
    item: { ...item, deliveries: item.deliveries.map((x) => (deliveryKey(x) === key ? delivery : x)) },
  });
  return { ...state, outbox: state.outbox.map((kept) => (kept.item.id === id ? replaced(kept) : kept)) };
}

/** The item with the time from which it is forgotten, if nothing of it is owed any more. */
function closed(kept: Kept, now: Date): Kept {
  if (kept.goneAt !== undefined || isOwed(kept.item)) return kept;
  return { ...kept, goneAt: now.getTime() + OUTBOX_KEPT_MS };
}
