import type { Severity } from './finding.ts';

/**
 * How grave it is that a wide part of the internet can open something: by what answers, what it is on, and what falls next.
 *
 * | what is open                                   | on a crown jewel | a jewel falls next | nothing falls next |
 * | ---------------------------------------------- | ---------------- | ------------------ | ------------------ |
 * | an admin or data port                          | critical         | critical           | critical           |
 * | the same, and only requests get to it          | high             | high               | high               |
 * | a port that is known to be abused              | high             | high               | high               |
 * | another TCP or UDP port                        | high             | high               | medium             |
 * | ICMP and other protocols, which have no ports  | medium           | medium             | medium             |
 *
 * A "wide part" is a 256th of a family's public addresses, about a /8, or more: whether it is that or the whole internet makes no
 * difference to whoever scans it. Fewer addresses are named ones (an office, a partner): no finding at all.
 * Only requests get to it: a load balancer that speaks HTTP stands between, which nobody takes a shell through.
 */
export const EXPOSURE_SEVERITY = {
  sensitive: { jewel: 'critical', next: 'critical', nothing: 'critical' },
  'sensitive, requests only': { jewel: 'high', next: 'high', nothing: 'high' },
  'high-risk': { jewel: 'high', next: 'high', nothing: 'high' },
  other: { jewel: 'high', next: 'high', nothing: 'medium' },
  portless: { jewel: 'medium', next: 'medium', nothing: 'medium' },
} as const satisfies Readonly<Record<string, Readonly<Record<Falls, Severity>>>>;

/** What is open, from the worst to the least. */
export type OpenKind = keyof typeof EXPOSURE_SEVERITY;

/** `jewel`: it is open itself. `next`: whoever takes the workload can go on to one. `nothing`: no such thing is behind it. */
export type Falls = 'jewel' | 'next' | 'nothing';

export function severityOfExposure(what: OpenKind, falls: Falls): Severity {
  return EXPOSURE_SEVERITY[what][falls];
}

/**
 * How grave a way from the internet to a crown jewel is: by how many hosts have to fall first. One or two are an afternoon's work; each more is
 * one more chance to notice.
 */
export function severityOfPath(fallen: number): Severity {
  return fallen <= 2 ? 'high' : 'medium';
}

/**
 * How grave it is that a crown jewel can open most ports of the internet: `medium` where code of its holder runs on it, `low` for a managed
 * service, which dials only what somebody with a login makes it dial.
 */
export function severityOfEgress(canPivot: boolean): Severity {
  return canPivot ? 'medium' : 'low';
}

/** How grave a forbidden flow between two zones is: by whether it ends at a crown jewel. */
export function severityOfBreach(endsAtJewel: boolean): Severity {
  return endsAtJewel ? 'high' : 'medium';
}

/** How grave it is that two networks are joined with nothing between them: by whether a crown jewel is in what is open. */
export function severityOfJoin(opensJewel: boolean): Severity {
  return opensJewel ? 'high' : 'medium';
}
