import type { Call } from './call.ts';
import { fileCalls } from './calls/file-calls.ts';
import { gatewayCalls } from './calls/gateway-calls.ts';
import { networkCalls } from './calls/network-calls.ts';
import { serviceCalls } from './calls/service-calls.ts';

/**
 * Every API call whose response a snapshot can hold, under the snapshot's key for it: the operation's name.
 *
 * Where two services share an operation's name, one is prefixed with its service: `ElasticLoadBalancing.DescribeLoadBalancers`
 * reads Classic Load Balancers, `DescribeLoadBalancers` alone is version 2 (ALB, NLB, GWLB).
 */
export const CATALOGUE = { ...networkCalls, ...gatewayCalls, ...serviceCalls, ...fileCalls } as const;

export type Catalogue = typeof CATALOGUE;
export type CallKey = keyof Catalogue;

export const CALL_KEYS = Object.keys(CATALOGUE) as readonly CallKey[];

export function isCallKey(text: string): text is CallKey {
  return Object.hasOwn(CATALOGUE, text);
}

/** The row without its literal types, for code that treats all calls alike. */
export function callOf(key: CallKey): Call {
  return CATALOGUE[key];
}

/** The calls that the collector makes; the others are taken from files only. */
export type LiveCall = { [Key in CallKey]: Catalogue[Key]['client'] extends 'none' ? never : Key }[CallKey];

export const LIVE_CALLS: readonly LiveCall[] = CALL_KEYS.filter(isLiveCall);

function isLiveCall(key: CallKey): key is LiveCall {
  return callOf(key).client !== 'none';
}
