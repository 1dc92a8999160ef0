import type { Exception } from '../exceptions/exception.ts';
import type { Finding } from '../finding.ts';
import { acceptanceNow, acceptedAs, endedNote, isAnsweredFor, stillHolds } from './acceptance-step.ts';
import { hasSettled, isTooOften, reopeningsWith } from './flapping.ts';
import type { Tracked, TrackedAcceptance } from './tracked.ts';
import type { Transition, TransitionKind } from './transition.ts';
import { isWorse } from './worse.ts';

/** Two looks at the same target, by the same checks, and what is remembered of it. */
export type Looks = {
  readonly tracked: readonly Tracked[];
  /** What the checks find in the network of the run before; nothing, for the first run. */
  readonly before: readonly Finding[];
  readonly after: readonly Finding[];
  /** The reads that failed this time, by blind spot. */
  readonly gaps: readonly string[];
  /** The reads that failed this time and worked in the run before. */
  readonly newGaps: readonly string[];
  readonly isFirst: boolean;
  /** ISO 8601 in UTC. */
  readonly now: string;
  /** After how long people hear again of something critical that is open. */
  readonly remindAfterMs: number;
  /** What people have accepted, ended ones among them. */
  readonly exceptions?: readonly Exception[];
};

export type Advance = { readonly tracked: readonly Tracked[]; readonly transitions: readonly Transition[] };

type Step = { readonly tracked?: Tracked; readonly transition?: Transition };

/**
 * What becomes of each finding, and what of it is news. Both looks are judged by the checks of today, so neither an upgrade nor a
 * new permission ever looks like somebody's change. The table is in test/unit/findings/life-cycle.test.ts, row by row.
 */
export function advance(looks: Looks): Advance {
  const known = byFingerprint(looks.tracked);
  const before = byFingerprint(looks.before);
  const after = byFingerprint(looks.after);
  const tracked: Tracked[] = [];
  const transitions: Transition[] = [];
  for (const fingerprint of [...new Set([...known.keys(), ...after.keys()])].sort()) {
    const was = known.get(fingerprint);
    const earlier = before.get(fingerprint);
    const now = after.get(fingerprint);
    const step = now === undefined ? gone(was, earlier, looks) : there(was, earlier, now, looks);
    if (step.tracked !== undefined) tracked.push(step.tracked);
    if (step.transition !== undefined) transitions.push(step.transition);
  }
  return { tracked, transitions };
}

function byFingerprint<T extends { readonly fingerprint: string }>(items: readonly T[]): Map<string, T> {
  return new Map(items.map((item) => [item.fingerprint, item]));
}

/** The finding is there now, surely or possibly; somebody may answer for it. */
function there(was: Tracked | undefined, earlier: Finding | undefined, finding: Finding, looks: Looks): Step {
  const { exceptions = [], now } = looks;
  const acceptance = acceptanceNow(was, finding, exceptions, now);
  const wasAccepted = was?.state === 'open' && isAnsweredFor(was);
  if (acceptance.kind === 'accepted')
    return { tracked: accepted(was, finding, acceptedAs(was, acceptance.exception, finding), looks) };
  if (acceptance.kind !== 'exceeded') {
    if (!wasAccepted || was.accepted === undefined) return unaccepted(without(was), earlier, finding, looks);
    const open = { ...openedNow(without(was), finding, looks), ...certaintyOf(was, finding) };
    return told(open, 'open', looks, {
      kind: 'exception-ended',
      isChange: false,
      finding,
      ...(earlier && { before: earlier }),
      note: endedNote(was.accepted, now),
    });
  }
  const { exception, why } = acceptance;
  const exceeded = { ...acceptedAs(was, exception, finding), isExceeded: true } as const;
  const note = `beyond what ${exception.owner} accepted until ${exception.until}: ${why}`;
  if (wasAccepted) {
    const open = { ...openedNow(was, finding, looks), accepted: exceeded };
    const isChange = earlier === undefined || isWorse(earlier, finding);
    const kind = isChange ? 'widened' : 'newly-seen';
    return told(open, 'open', looks, { kind, isChange, finding, ...(earlier && { before: earlier }), note });
  }
  const { tracked, transition } = unaccepted(was, earlier, finding, looks);
  const as = tracked && { ...tracked, accepted: exceeded };
  return {
    ...(as && { tracked: as }),
    ...(as && transition && { transition: { ...transition, tracked: as, note } }),
  };
}

/** What somebody answers for is silent, whatever becomes of it. */
function accepted(was: Tracked | undefined, finding: Finding, as: TrackedAcceptance, looks: Looks): Tracked {
  const { told: _, unstableAt: __, ...open } = openedNow(was, finding, looks);
  const heard = was?.state === 'open' ? was.told : undefined;
  return { ...open, ...certaintyOf(was, finding), ...(heard && { told: heard }), accepted: as };
}

/** What was sure stays so while it is out of sight. */
function certaintyOf(
  was: Tracked | undefined,
  { certainty }: Finding,
): Pick<Tracked, 'certainty' | 'isConfirmed'> {
  const isUnseen = was?.state === 'open' && was.certainty === 'surely' && certainty === 'possibly';
  return { certainty: isUnseen ? 'surely' : certainty, isConfirmed: !isUnseen };
}

function without(was: Tracked): Tracked;
function without(was: Tracked | undefined): Tracked | undefined;
function without(was: Tracked | undefined): Tracked | undefined {
  if (was?.accepted === undefined) return was;
  const { accepted: _, ...rest } = was;
  return rest;
}

/** Nobody answers for it. */
function unaccepted(
  was: Tracked | undefined,
  earlier: Finding | undefined,
  finding: Finding,
  looks: Looks,
): Step {
  const isSure = finding.certainty === 'surely';
  if (was?.state === 'open' && (was.certainty === 'surely' || !isSure))
    return isSure || was.certainty === 'possibly'
      ? stillOpen(was, earlier, finding, looks)
      : unconfirmed(was, finding);
  const isChange = earlier === undefined && !looks.isFirst;
  const isNewlySeen = was?.state === 'open' ? was.isNewlySeen === true : !isChange;
  const opened: Tracked = { ...openedNow(was, finding, looks), ...(isNewlySeen && { isNewlySeen }) };
  if (isChange && isSure && was?.state === 'closed' && was.told !== undefined)
    return cameBack(was, opened, finding, looks);
  const kind: TransitionKind = !isChange ? 'newly-seen' : isSure ? 'opened' : 'possible';
  // a possibility that is not grave, and is nobody's failed read, is for the report: it would be noise as an alert
  const isNews =
    kind !== 'possible' ||
    looks.newGaps.length > 0 ||
    finding.severity === 'critical' ||
    finding.severity === 'high';
  if (!isNews) return { tracked: opened };
  return told(opened, 'open', looks, { kind, isChange, finding, ...(earlier && { before: earlier }) });
}

function openedNow(was: Tracked | undefined, finding: Finding, { gaps, now }: Looks): Tracked {
  const { fingerprint, check, severity, title, workload, certainty } = finding;
  return {
    fingerprint,
    check,
    severity,
    title,
    workload,
    state: 'open',
    certainty,
    isConfirmed: true,
    gaps,
    openedAt: was?.state === 'open' ? was.openedAt : now,
    ...(was?.told && { told: was.told }),
    reopened: was?.reopened ?? 0,
    reopenings: was?.reopenings ?? [],
    ...(was?.unstableAt && { unstableAt: was.unstableAt }),
  };
}

function cameBack(was: Tracked, opened: Tracked, finding: Finding, looks: Looks): Step {
  const reopenings = reopeningsWith(was, looks.now);
  const back: Tracked = { ...opened, reopened: was.reopened + 1, reopenings };
  if (was.unstableAt !== undefined) return { tracked: { ...back, unstableAt: looks.now } };
  if (!isTooOften(reopenings))
    return told(back, 'open', looks, { kind: 'reopened', isChange: true, finding });
  return told({ ...back, unstableAt: looks.now }, 'flapping', looks, {
    kind: 'flapping',
    isChange: true,
    finding,
  });
}

/** It was open and is open, or was possible and is possible. */
function stillOpen(was: Tracked, earlier: Finding | undefined, finding: Finding, looks: Looks): Step {
  const { severity, title, workload } = finding;
  const seen: Tracked = { ...was, severity, title, workload, isConfirmed: true, gaps: looks.gaps };
  if (was.unstableAt !== undefined)
    return hasSettled(was, looks.now) ? settled(seen, looks, finding) : { tracked: seen };
  if (earlier !== undefined && isWorse(earlier, finding))
    return told(seen, 'open', looks, { kind: 'widened', isChange: true, finding, before: earlier });
  // it may have grown while it was out of sight, and against what was only possible then nothing is wider
  if (!was.isConfirmed && finding.certainty === 'surely' && title !== was.title)
    return told(seen, 'open', looks, { kind: 'newly-seen', isChange: false, finding });
  if (was.told === undefined || finding.certainty !== 'surely' || severity !== 'critical')
    return { tracked: seen };
  if (Date.parse(looks.now) - Date.parse(was.told.at) < looks.remindAfterMs) return { tracked: seen };
  return told(seen, 'open', looks, { kind: 'reminder', isChange: false, finding });
}

/** It was open when it could last be seen. */
function unconfirmed(was: Tracked, finding?: Finding): Step {
  const unseen: Tracked = { ...was, isConfirmed: false };
  if (!was.isConfirmed || was.unstableAt !== undefined) return { tracked: unseen };
  const transition = {
    kind: 'unconfirmed',
    isChange: false,
    tracked: unseen,
    ...(finding && { finding }),
  } as const;
  return { tracked: unseen, transition };
}

/** The finding is not there now. */
function gone(was: Tracked | undefined, earlier: Finding | undefined, looks: Looks): Step {
  if (was === undefined) return {};
  if (was.state === 'closed')
    return was.unstableAt !== undefined && hasSettled(was, looks.now)
      ? settled(was, looks)
      : forgotten(was, looks);
  // while a read fails that worked when this was last seen, it may only be out of sight; not if it was in sight of a look with the same gaps
  const wasInSight = earlier !== undefined && looks.newGaps.length === 0;
  if (!wasInSight && looks.gaps.some((gap) => !was.gaps.includes(gap)))
    return isAnsweredFor(was) ? outOfSight(was, looks) : unconfirmed(was);
  const closed: Tracked = {
    ...without(was),
    state: 'closed',
    closedAt: looks.now,
    isConfirmed: true,
    gaps: looks.gaps,
  };
  if (was.unstableAt !== undefined) return { tracked: { ...closed, unstableAt: looks.now } };
  if (was.told === undefined) return { tracked: closed };
  return told(closed, 'closed', looks, {
    kind: 'resolved',
    isChange: earlier !== undefined,
    ...(earlier && { before: earlier }),
  });
}

/** It was accepted when it could last be seen, and counts as open: silent as long as somebody answers for it. */
function outOfSight(was: Tracked, looks: Looks): Step {
  const { exceptions = [], now } = looks;
  const unseen: Tracked = { ...was, isConfirmed: false };
  if (was.accepted === undefined || stillHolds(was, exceptions, now)) return { tracked: unseen };
  return told(without(unseen), 'open', looks, {
    kind: 'exception-ended',
    isChange: false,
    note: endedNote(was.accepted, now),
  });
}

const DAY_MS = 86_400_000;
/** For so long a closed finding is remembered, to be called reopened if it comes back. */
const REMEMBERED_MS = 90 * DAY_MS;

function forgotten(was: Tracked, { now }: Looks): Step {
  const isOld = Date.parse(now) - Date.parse(was.closedAt ?? was.openedAt) > REMEMBERED_MS;
  return isOld ? {} : { tracked: was };
}

function settled(was: Tracked, looks: Looks, finding?: Finding): Step {
  const { unstableAt, ...rest } = was;
  if (unstableAt === undefined) return { tracked: was };
  return told({ ...rest, reopenings: [] }, was.state, looks, {
    kind: 'settled',
    isChange: false,
    ...(finding && { finding }),
  });
}

function told(
  tracked: Tracked,
  state: 'open' | 'closed' | 'flapping',
  { now }: Looks,
  news: Omit<Transition, 'tracked'>,
): Step {
  const heard: Tracked = { ...tracked, told: { state, at: now } };
  return { tracked: heard, transition: { ...news, tracked: heard } };
}
