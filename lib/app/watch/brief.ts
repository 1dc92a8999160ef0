import * as z from 'zod';
import { sourceName } from '#engine';
import { facetsOf, ownerOf, type Facet, type Finding, type Tracked } from '#findings';
import type { BlindSpot, Network } from '#model';
import type { TargetKey } from '#store';
import { isIn } from './about-target.ts';

/** What there is to say of one finding beside what is remembered of it from run to run. */
const told = z.object({
  fingerprint: z.string(),
  /** Whom the owner tag names. */
  owner: z.string().exactOptional(),
  facets: z.array(z.string() as unknown as z.ZodType<Facet>).readonly(),
  /** The way in, where it has one. */
  path: z
    .array(z.object({ from: z.string(), to: z.string(), flows: z.string() }))
    .readonly()
    .exactOptional(),
});

/** What of a target was not seen: the same sentence once, with how often. */
const blind = z.object({ code: z.string(), what: z.string(), remedy: z.string(), times: z.int().positive() });

/**
 * What a run saw of a target in short, for whoever tells of many targets at once: they cannot read and analyse every snapshot anew. Plain JSON, kept as
 * an object that the head names. Members are in the order in which `briefOf` makes them: one that is read and written again is the same text.
 */
export const briefShape = z.object({
  schema: z.literal(1),
  interfaces: z.int().nonnegative(),
  networks: z.int().nonnegative(),
  /** Those that hide ways first. */
  blindSpots: z.array(blind).readonly(),
  moreBlindSpots: z.int().nonnegative(),
  /** By fingerprint, of everything that is remembered and was ever seen since there are briefs. */
  findings: z.array(told).readonly(),
});

export type Brief = z.infer<typeof briefShape>;

const MOST_BLIND_SPOTS = 20;

/** @param before the brief of the run before: of what cannot be seen now, or is closed, it says what there was to say */
export function briefOf(
  place: TargetKey,
  network: Network,
  {
    findings,
    tracked,
    before,
  }: {
    readonly findings: readonly Finding[];
    readonly tracked: readonly Tracked[];
    readonly before: Brief | undefined;
  },
): Brief {
  const own = [...network.endpoints.values()].filter(
    ({ kind, at }) => kind === 'interface' && isIn(place, at),
  );
  const spots = grouped(
    [...network.blindSpots.values()].filter(({ at }) => at === undefined || isIn(place, at)),
  );
  const seen = new Map(findings.map((finding) => [finding.fingerprint, finding]));
  const earlier = new Map((before?.findings ?? []).map((each) => [each.fingerprint, each]));
  return {
    schema: 1,
    interfaces: own.length,
    networks: new Set(own.map((endpoint) => endpoint.network)).size,
    blindSpots: spots.slice(0, MOST_BLIND_SPOTS),
    moreBlindSpots: Math.max(0, spots.length - MOST_BLIND_SPOTS),
    findings: tracked.flatMap(({ fingerprint }) => {
      const finding = seen.get(fingerprint);
      const known = finding === undefined ? earlier.get(fingerprint) : toldOf(finding);
      return known === undefined ? [] : [known];
    }),
  };
}

function toldOf(finding: Finding): Brief['findings'][number] {
  const owner = ownerOf(finding);
  return {
    fingerprint: finding.fingerprint,
    ...(owner !== undefined && { owner }),
    facets: facetsOf(finding),
    ...(finding.path && {
      path: finding.path.hops.map((hop) => ({
        from: sourceName(hop),
        to: hop.to.name,
        flows: hop.transport.toString(),
      })),
    }),
  };
}

function grouped(spots: readonly BlindSpot[]): Brief['blindSpots'] {
  const byText = new Map<string, Brief['blindSpots'][number]>();
  const graveFirst = spots.toSorted((a, b) => rank(a) - rank(b) || (a.what < b.what ? -1 : 1));
  for (const { code, what, remedy } of graveFirst) {
    const known = byText.get(what);
    byText.set(what, { code, what, remedy, times: (known?.times ?? 0) + 1 });
  }
  return [...byText.values()];
}

function rank({ effect }: BlindSpot): number {
  return effect === 'hides-ways' ? 0 : 1;
}
