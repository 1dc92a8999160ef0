import { CALL_KEYS, callOf, type LiveCall } from '../resources/index.ts';
import { danglingBlindSpot } from './blind-spot-of.ts';
import type { Caller, Request } from './caller.ts';
import { danglingIds } from './dangling.ts';
import type { Draft } from './draft.ts';

/** The most values that EC2 takes in one filter. */
const FILTER_VALUES = 200;

/**
 * Reads once more what is named and was not there, and adds what is there now. What still leads nowhere becomes a blind
 * spot: it belongs to another account, or came or went while this was read.
 */
export async function readDangling(caller: Caller, draft: Draft): Promise<void> {
  const idsByCall = new Map<LiveCall, string[]>();
  for (const { call, id } of danglingIds(draft.responses(CALL_KEYS))) {
    idsByCall.set(call, [...(idsByCall.get(call) ?? []), id]);
  }
  if (idsByCall.size === 0) return;
  const requests = [...idsByCall].flatMap(([call, ids]) => requestsFor(call, ids));
  await caller.all(requests, ({ call, isWhole }, reading) => {
    if (!reading.ok) return;
    if (isWhole) draft.keep(call, reading.body);
    else draft.add(call, reading.body);
  });
  for (const { call, id, namedBy } of danglingIds(draft.responses(CALL_KEYS))) {
    draft.missing(danglingBlindSpot(call, id, namedBy));
  }
}

/** By filter where there is one, since a filter finds nothing where a list of ids fails as a whole; else the whole call. */
function requestsFor(
  call: LiveCall,
  ids: readonly string[],
): readonly (Request & { readonly isWhole: boolean })[] {
  const { byId } = callOf(call);
  if (byId === undefined) return [{ call, input: {}, isWhole: true }];
  const member = call === 'DescribeNatGateways' ? 'Filter' : 'Filters';
  const parts = Array.from({ length: Math.ceil(ids.length / FILTER_VALUES) }, (_, part) =>
    ids.slice(part * FILTER_VALUES, (part + 1) * FILTER_VALUES),
  );
  return parts.map((Values) => ({
    call,
    input: { [member]: [{ Name: byId.filter, Values }] },
    isWhole: false,
  }));
}
