import { plainUpTo } from '../text/plain.ts';
import type { Digest, DigestTarget } from './digest.ts';
import { outOfSight } from './headline.ts';
import type { PageItem, PageSection } from './page.ts';
import { accountText, ageText } from './words.ts';

const LONGEST_URI = 240;

/** How much of it all was seen, and what was not. It is there every week, also when all is well: silence would pass for sight. */
export function sightSections(digest: Digest, most: number): readonly PageSection[] {
  return [coverage(digest, most), ...blindSpots(digest, most), ...reports(digest, most)];
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

/** Where the whole of it lies, first of the accounts and Regions in which the gravest is open. */
function reports({ targets, open }: Digest, most: number): readonly PageSection[] {
  const kept = targets.flatMap((target) =>
    target.report === undefined ? [] : [{ target, ...target.report }],
  );
  if (kept.length === 0) return [];
  const place = ({ account, region }: Pick<DigestTarget, 'account' | 'region'>): string =>
    `${account} ${region}`;
  // what is open comes gravest first
  const ranks = new Map(open.toReversed().map((finding, i) => [place(finding), -i]));
  const rankOf = (target: DigestTarget): number => ranks.get(place(target)) ?? Infinity;
  const sorted = kept.toSorted(
    (a, b) => rankOf(a.target) - rankOf(b.target) || (place(a.target) < place(b.target) ? -1 : 1),
  );
  return [
    {
      kind: 'items',
      title: 'The whole reports',
      note: 'A page each with the map, every finding, its rules and its fix. They lie in the bucket of this deployment, for those alone who may read it: open one there, or copy it.',
      items: sorted.slice(0, most).map(({ target, uri, url }): PageItem => ({
        tone: 'quiet',
        tag: 'REPORT',
        title: `${plainUpTo(64, accountText(target))} ${plainUpTo(32, target.region)}`,
        facts: [plainUpTo(LONGEST_URI, uri)],
        commands: [],
        ...(url !== undefined && { link: { text: 'Open it in the S3 console', url } }),
      })),
      ...(sorted.length > most && { more: `${String(sorted.length - most)} more beside them in the bucket` }),
    },
  ];
}
