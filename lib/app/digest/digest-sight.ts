import type { Digest, DigestTarget } from '#report';
import { targetName } from '../watch/target-name.ts';
import type { DigestInput, KnownTarget } from './digest-input.ts';

const RANK: Readonly<Record<DigestTarget['state'], number>> = { never: 0, unreadable: 1, old: 2, read: 3 };

/** How well each target is seen, the worst first, and the longest ago among equals. */
export function coverageOf({ targets, now, staleAfterMs }: DigestInput): readonly DigestTarget[] {
  return targets
    .map((target): DigestTarget => {
      const { account, accountName, region, readAt, unreadable, brief, report } = target;
      const state = stateOf(target, now, staleAfterMs);
      return {
        account,
        accountName,
        region,
        ...(readAt !== undefined && { readAt }),
        state,
        ...(state !== 'read' && unreadable !== undefined && { why: unreadable.why }),
        interfaces: brief?.interfaces ?? 0,
        ...(report && { report }),
      };
    })
    .toSorted(
      (a, b) =>
        RANK[a.state] - RANK[b.state] ||
        ((a.readAt ?? '') < (b.readAt ?? '') ? -1 : (a.readAt ?? '') > (b.readAt ?? '') ? 1 : 0) ||
        (targetName(a) < targetName(b) ? -1 : 1),
    );
}

function stateOf(
  { readAt, unreadable }: KnownTarget,
  now: string,
  staleAfterMs: number,
): DigestTarget['state'] {
  const isFailing = unreadable !== undefined && (readAt === undefined || unreadable.at > readAt);
  if (isFailing) return 'unreadable';
  if (readAt === undefined) return 'never';
  return Date.parse(now) - Date.parse(readAt) > staleAfterMs ? 'old' : 'read';
}

/** The same sentence of several targets is one; those that most targets have first. A target of which nothing is known in short says so. */
export function blindSpotsOf({ targets }: DigestInput): Digest['blindSpots'] {
  const spots = new Map<string, { remedy: string; times: number; where: Set<string> }>();
  const add = (what: string, remedy: string, times: number, target: KnownTarget): void => {
    const known = spots.get(what) ?? { remedy, times: 0, where: new Set() };
    known.times += times;
    known.where.add(`${target.accountName === '' ? target.account : target.accountName} ${target.region}`);
    spots.set(what, known);
  };
  for (const target of targets) {
    const { brief, readAt } = target;
    for (const { what, remedy, times } of brief?.blindSpots ?? []) add(what, remedy, times, target);
    if (brief !== undefined && brief.moreBlindSpots > 0)
      add(
        'more than a brief holds was not seen',
        'postern audit lists all of it',
        brief.moreBlindSpots,
        target,
      );
    if (brief === undefined && readAt !== undefined)
      add('what of it was not seen is not known before its next pass', '', 1, target);
  }
  return [...spots]
    .map(([what, { remedy, times, where }]) => ({ what, remedy, times, where: [...where] }))
    .toSorted((a, b) => b.where.length - a.where.length || b.times - a.times || (a.what < b.what ? -1 : 1));
}
