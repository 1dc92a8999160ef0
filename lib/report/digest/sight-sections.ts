import { plainUpTo } from '../text/plain.ts';
import type { Digest, DigestTarget } from './digest.ts';
import { outOfSight } from './headline.ts';
import type { PageItem, PageSection } from './page.ts';
import { accountText, ageText } from './words.ts';

/** How much of it all was seen, and what was not. It is there every week, also when all is well: silence would pass for sight. */
export function sightSections(digest: Digest, most: number): readonly PageSection[] {
  return [coverage(digest, most), ...blindSpots(digest, most)];
}

function coverage(digest: Digest, most: number): PageSection {
  const { targets, until } = digest;
  const unseen = outOfSight(digest);
  const read = targets.filter(({ state }) => state === 'read');
  const oldest = read.flatMap(({ readAt }) => readAt ?? []).toSorted()[0];
  const accounts = new Set(targets.map(({ account }) => account)).size;
  const regions = new Set(targets.map(({ region }) => region)).size;
  const interfaces = targets.reduce((sum, target) => sum + target.interfaces, 0);
  const whole =
    `${String(accounts)} account${accounts === 1 ? '' : 's'}, ${String(regions)} Region${regions === 1 ? '' : 's'}, ` +
    `${interfaces.toLocaleString('en-US')} interfaces. ${String(read.length)} of ${String(targets.length)} read` +
    (oldest === undefined ? '' : `, the longest ago ${ageText(oldest, until)} before this mail`);
  return {
    kind: 'items',
    title: 'What was seen',
    note: `${whole}.`,
    items: unseen.slice(0, most).map((target) => unseenItem(target, until)),
    ...(unseen.length > most && { more: `${String(unseen.length - most)} more out of sight` }),
  };
}

function unseenItem(target: DigestTarget, until: string): PageItem {
  const { region, readAt, state, why } = target;
  const last =
    readAt === undefined
      ? 'never read'
      : `last read ${ageText(readAt, until)} ago, on ${readAt.slice(0, 10)}`;
  return {
    tone: 'high',
    tag: state === 'never' ? 'NEVER READ' : state === 'unreadable' ? 'CANNOT BE READ' : 'NOT READ LATELY',
    title: `${plainUpTo(64, accountText(target))} ${plainUpTo(32, region)}`,
    facts: [
      `${last}; what was open there counts as open, and what opened since is not seen`,
      ...(why === undefined ? [] : [plainUpTo(200, why)]),
    ],
    commands: [],
  };
}

function blindSpots({ blindSpots: spots }: Digest, most: number): readonly PageSection[] {
  if (spots.length === 0) return [];
  return [
    {
      kind: 'items',
      title: 'Blind spots',
      note: 'What could not be read or is not modelled. Unknown is not safe: nothing counts as closed behind it.',
      items: spots.slice(0, most).map(({ what, remedy, times, where }): PageItem => ({
        tone: 'quiet',
        tag: times === 1 ? 'NOT SEEN' : `NOT SEEN, ${String(times)}×`,
        title: plainUpTo(160, what),
        facts: [
          [
            where
              .slice(0, 3)
              .map((each) => plainUpTo(40, each))
              .join(', '),
            ...(where.length > 3 ? [`and ${String(where.length - 3)} more`] : []),
          ].join(' '),
          ...(remedy === '' ? [] : [plainUpTo(240, remedy)]),
        ],
        commands: [],
      })),
      ...(spots.length > most && { more: `${String(spots.length - most)} more: postern audit lists them` }),
    },
  ];
}
