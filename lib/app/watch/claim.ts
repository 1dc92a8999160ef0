import { ChannelFailure } from '#notify';
import type { Delivery, OutboxItem, StateStore } from '#store';

export type ClaimPorts = { readonly state: StateStore; readonly clock: () => Date };

/** Longer than a channel may take, shorter than the wait before a queue gives a message again. */
export const CLAIM_MS = 60_000;

export type Claim = { readonly item: OutboxItem; readonly delivery: Delivery; readonly until: string };

/** `undefined` if it is done, or somebody else's. */
export async function claim(
  item: OutboxItem,
  delivery: Delivery,
  { state, clock }: ClaimPorts,
): Promise<Claim | undefined> {
  const now = clock();
  const until = new Date(now.getTime() + CLAIM_MS).toISOString();
  const isOurs = await state.claim(item.id, delivery, { now: now.toISOString(), until });
  return isOurs ? { item, delivery, until } : undefined;
}

/** A channel that said no certainly did not take it: then the next try need not wait until the claim ends. */
export async function orRelease<T>(
  claims: readonly Claim[],
  { state }: Pick<ClaimPorts, 'state'>,
  send: () => Promise<T>,
): Promise<T> {
  try {
    return await send();
  } catch (error) {
    if (error instanceof ChannelFailure)
      for (const { item, delivery, until } of claims) await state.release(item.id, delivery, until);
    throw error;
  }
}
