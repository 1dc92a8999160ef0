import type { DigestFinding } from '#report';
import type { KnownFinding } from './digest-findings.ts';

/**
 * Findings by what people would call one door: ways onward that came, or went, with an exposure are what lies behind it, and are told with it. A way
 * onward that came by itself is a door of its own.
 */
export function doorsOf(findings: readonly KnownFinding[]): readonly KnownFinding[] {
  const doors = findings.filter(({ tracked }) => tracked.check !== 'lateral-path');
  const behind = new Map<KnownFinding, string[]>();
  const alone = new Set<KnownFinding>();
  const byMoment = new Map<string, KnownFinding[]>();
  for (const door of doors) {
    const known = byMoment.get(momentOf(door));
    if (known === undefined) byMoment.set(momentOf(door), [door]);
    else known.push(door);
  }
  for (const finding of findings) {
    if (finding.tracked.check !== 'lateral-path') continue;
    const door = doorTo(finding, byMoment.get(momentOf(finding)) ?? []);
    if (door === undefined) alone.add(finding);
    else behind.set(door, [...(behind.get(door) ?? []), endOf(finding.shown)]);
  }
  return findings
    .filter((finding) => finding.tracked.check !== 'lateral-path' || alone.has(finding))
    .map((finding) => ({ ...finding, shown: { ...finding.shown, leadsTo: behind.get(finding) ?? [] } }));
}

/** The exposure by which a way begins; where only one came then, that one. */
function doorTo({ shown }: KnownFinding, doors: readonly KnownFinding[]): KnownFinding | undefined {
  const entry = shown.path[0]?.to;
  return (
    doors.find((door) => door.shown.workload.name === entry) ?? (doors.length === 1 ? doors[0] : undefined)
  );
}

/** When and where it came, and went: a pass gives all that it finds one time. */
function momentOf({ shown: { account, region, openedAt, closedAt } }: KnownFinding): string {
  return `${account} ${region} ${openedAt} ${closedAt ?? 'open'}`;
}

function endOf({ workload, path }: DigestFinding): string {
  const flows = path.at(-1)?.flows;
  return flows === undefined ? workload.name : `${workload.name} ${flows}`;
}
