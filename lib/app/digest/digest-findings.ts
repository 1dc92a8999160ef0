import { controlsFor, SEVERITIES, type Tracked, type Weighed } from '#findings';
import type { DigestFinding } from '#report';
import type { DigestInput, KnownTarget } from './digest-input.ts';

/** A finding with what it was remembered with. */
export type KnownFinding = {
  readonly shown: DigestFinding;
  readonly tracked: Tracked;
  readonly target: KnownTarget;
};

/** Everything that is remembered of all targets, the gravest and then the oldest first. */
export function knownFindings({ targets }: DigestInput): readonly KnownFinding[] {
  return targets
    .flatMap((target) => {
      const told = new Map((target.brief?.findings ?? []).map((each) => [each.fingerprint, each]));
      return target.tracked.map((tracked): KnownFinding => {
        const beside = told.get(tracked.fingerprint);
        return { target, tracked, shown: shownOf(tracked, target, beside) };
      });
    })
    .toSorted(({ shown: a }, { shown: b }) => graveFirst(a, b));
}

function shownOf(
  tracked: Tracked,
  { account, accountName, region }: KnownTarget,
  beside: NonNullable<KnownTarget['brief']>['findings'][number] | undefined,
): DigestFinding {
  const {
    fingerprint,
    check,
    severity,
    certainty,
    isConfirmed,
    title,
    workload,
    openedAt,
    closedAt,
    accepted,
    state,
  } = tracked;
  return {
    fingerprint,
    check,
    severity,
    certainty,
    isConfirmed,
    title,
    workload,
    account,
    accountName,
    region,
    team: beside?.owner ?? '',
    openedAt,
    ...(state === 'closed' && { closedAt: closedAt ?? openedAt }),
    ...(state === 'open' &&
      accepted !== undefined &&
      accepted.isExceeded !== true && { accepted: { owner: accepted.owner, until: accepted.until } }),
    controls: controlsFor(check, beside?.facets ?? []),
    path: beside?.path ?? [],
    leadsTo: [],
  };
}

/** As the risk counts it: what is called the same in two accounts is two things. */
export function weighed(known: KnownFinding): Weighed & { readonly known: KnownFinding } {
  const { severity, certainty, fingerprint, workload } = known.tracked;
  const { account, region } = known.target;
  return {
    severity,
    certainty,
    fingerprint,
    workload: { ...workload, id: `${account}/${region}/${workload.id}` },
    known,
  };
}

export function graveFirst(a: DigestFinding, b: DigestFinding): number {
  return (
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    compare(a.openedAt, b.openedAt) ||
    compare(a.fingerprint, b.fingerprint) ||
    compare(a.account, b.account) ||
    compare(a.region, b.region)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
