import {
  CALL_KEYS,
  callOf,
  LIVE_CALLS,
  NOT_TOLD,
  ownerOf,
  SCHEMA_VERSION,
  type AwsSnapshot,
  type LiveCall,
} from '../resources/index.ts';
import { AccountMismatch } from './account-mismatch.ts';
import { blindSpotOf, identityBlindSpot } from './blind-spot-of.ts';
import { Caller, type Request } from './caller.ts';
import { makeClients } from './clients.ts';
import { Draft } from './draft.ts';
import { readIdentity } from './identity.ts';
import type { CollectOptions } from './options.ts';
import { readDangling } from './reread.ts';
import { isWorthAsking } from './worth-asking.ts';

/**
 * Reads one target, an account in a Region, into a snapshot. Only reads: every call is a Describe, Get or Search.
 *
 * A call that gives no whole answer becomes a blind spot and the rest goes on, so this does not throw for what AWS does; it
 * throws an `AccountMismatch` when the credentials are for another account than `options.account`.
 */
export async function collect(options: CollectOptions): Promise<AwsSnapshot> {
  const clients = makeClients(options);
  try {
    const startedAt = options.clock().toISOString();
    const draft = new Draft();
    const identity = await readIdentity(clients, { deadlineMs: options.deadlineMs, signal: options.signal });
    if (!identity.ok) draft.missing(identityBlindSpot(identity.failure));
    else if (options.account !== undefined && identity.account !== options.account) {
      throw new AccountMismatch(options.account, identity.account);
    }
    const caller = new Caller(clients, options);
    await readRegion(caller, draft);
    await readDangling(caller, draft);
    await readByParent(caller, draft);
    const responses = draft.responses(CALL_KEYS);
    const account = identity.ok ? identity.account : (options.account ?? ownerOf(responses) ?? NOT_TOLD);
    const { region } = options;
    const capturedAt = options.clock().toISOString();
    const blindSpots = draft.blindSpots(CALL_KEYS);
    return {
      _meta: { schemaVersion: SCHEMA_VERSION, account, region, capturedAt, startedAt, blindSpots },
      ...responses,
    };
  } finally {
    clients.destroy();
  }
}

/** The calls that are made once for the Region. */
async function readRegion(caller: Caller, draft: Draft): Promise<void> {
  const requests = LIVE_CALLS.filter((call) => callOf(call).parent === undefined).map((call) => ({
    call,
    input: {},
  }));
  await caller.all(requests, ({ call }, reading) => {
    if (reading.ok) draft.keep(call, reading.body);
    else draft.missing(blindSpotOf(call, reading.failure));
  });
}

/** The calls that are made once for each item of another: first those of calls that are made once, then those of these. */
async function readByParent(caller: Caller, draft: Draft): Promise<void> {
  const byParent = LIVE_CALLS.filter((call) => callOf(call).parent !== undefined);
  const isSecond = (call: LiveCall): boolean => byParent.some((other) => other === callOf(call).parent?.call);
  await readFor(
    byParent.filter((call) => !isSecond(call)),
    caller,
    draft,
  );
  await readFor(byParent.filter(isSecond), caller, draft);
}

/** Without the call that lists the items they are not made, and stay absent. */
async function readFor(calls: readonly LiveCall[], caller: Caller, draft: Draft): Promise<void> {
  const requests = calls.flatMap((call) => requestsByParent(call, draft));
  await caller.all(requests, ({ call, parent }, reading) => {
    if (reading.ok) draft.keepOf(call, parent, reading.body);
    else draft.missing(blindSpotOf(call, reading.failure, parent));
  });
}

function requestsByParent(call: LiveCall, draft: Draft): readonly (Request & { readonly parent: string })[] {
  const { parent } = callOf(call);
  const items = parent === undefined ? undefined : draft.items(parent.call, parent.member);
  if (parent === undefined || items === undefined) return [];
  draft.open(call);
  const worth = items.filter((item) => isWorthAsking(call, item as object, draft));
  const ids = worth.map((item) => (item as Record<string, unknown>)[parent.id]);
  const named = [...new Set(ids)].filter((id) => typeof id === 'string' && id !== '') as string[];
  return named.map((id) => ({ call, parent: id, input: { [parent.id]: id } }));
}
