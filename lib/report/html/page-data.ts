import { exposures, HostGraph, type Analysis } from '#engine';
import type { Intent } from '#findings';
import type { Report } from '../document/report-schema.ts';
import { doorsOf } from './doors.ts';
import { Explaining } from './explaining.ts';
import { Hops, type IdHop } from './hops.ts';
import { pageExceptions, reviewNotes, type Reviewed } from './page-exceptions.ts';
import { pageFindings } from './page-findings.ts';
import { SAME, type PageAssertion, type PageData } from './page/data.ts';
import { placesIn } from './places.ts';
import { Pool } from './pool.ts';
import { waysBetween } from './ways.ts';

/** One look at a network: the document of its audit, and what it was made of. */
export type ReportSide = { readonly report: Report; readonly analysis: Analysis };

export type HtmlParts = ReportSide & {
  readonly intent: Pick<Intent, 'zoneOf' | 'isCrownJewel'>;
  /** An earlier look at the same targets: then the page shows what became of everything. Both analyses must share their line of positions. */
  readonly before?: ReportSide;
  /** What exceptions made of the findings; of two looks, of the later one. */
  readonly reviewed?: Reviewed;
  /** Since when a finding is known, ISO 8601, where somebody keeps count. */
  readonly sinceOf?: (fingerprint: string) => string | undefined;
};

/** So many ways between groups are explained by an example; what changed comes first. */
const MOST_EXAMPLES = 600;
/** So many crown jewels have their shortest way from the internet drawn, where no finding has one. */
const MOST_JEWELS = 200;

/** What the page shows, from a report and its analysis. */
export function pageData({ report, analysis, intent, before, reviewed, sinceOf }: HtmlParts): PageData {
  const texts = new Pool<string>();
  const networks = [analysis.network, ...(before ? [before.analysis.network] : [])] as const;
  const exposed = new Set(
    [analysis, ...(before ? [before.analysis] : [])].flatMap((side) =>
      exposures(side).map(({ endpoint }) => endpoint.id),
    ),
  );
  const places = placesIn(networks, intent, ({ id }) => exposed.has(id), texts);
  const { memberOf } = places;
  const explaining = new Explaining();
  const hops = new Hops({ after: analysis, before: before?.analysis }, memberOf, texts, explaining);
  const notes = reviewNotes(reviewed);
  const findings = pageFindings(report, before?.report, hops, memberOf, {
    sinceOf: sinceOf ?? (() => undefined),
    noteOf: (fingerprint) => notes.get(fingerprint),
  });
  addWaysToJewels({ report, analysis }, before, hops);
  const { ways, sources, examples } = waysBetween(places, analysis, before?.analysis, texts);
  const told = [
    ...examples.filter(({ state }) => state !== SAME),
    ...examples.filter(({ state }) => state === SAME),
  ].slice(0, MOST_EXAMPLES);
  const exampleHops = told.flatMap(({ from, to, members, flows }) => {
    const hop = hops.hop({ from: members[0], to: members[1], flows: flows.toString() });
    return hop === undefined ? [] : [[from, to, hop] as const];
  });
  return {
    version: report.tool.version,
    createdAt: report.createdAt,
    ...(before && {
      comparedWith: before.report.targets.every(({ readAt }) => readAt === undefined)
        ? ''
        : before.report.createdAt,
    }),
    targets: report.targets,
    counts: report.counts,
    risk: {
      formula: report.risk.formula,
      score: report.risk.score,
      ...(before && { before: before.report.risk.score }),
      parts: report.risk.parts.map(({ fingerprint, points }) => [fingerprint, points] as const),
    },
    ...findings,
    checks: joined(report.checks, before?.report.checks),
    frameworks: joined(report.frameworks, before?.report.frameworks),
    zones: places.zones,
    groups: places.groups,
    members: places.members,
    ways,
    sources,
    doors: doorsOf(analysis, before?.analysis, memberOf, texts),
    hops: hops.hops.values,
    examples: exampleHops,
    paths: hops.paths.values,
    steps: explaining.steps.values,
    explanations: explaining.explanations.values,
    remarks: report.remarks.map(({ check, severity, title, subject }) => ({
      check,
      severity,
      title,
      id: subject.id,
    })),
    assertions: assertionsOf(report, before?.report),
    exceptions: reviewed === undefined ? [] : pageExceptions(reviewed),
    blindSpots: report.blindSpots.map(({ id, effect, what, remedy }) => ({ id, effect, what, remedy })),
    texts: texts.values,
  };
}

/** What is to hold, in the order of the configuration, which is one for both sides. */
function assertionsOf({ assertions = [] }: Report, before: Report | undefined): readonly PageAssertion[] {
  return assertions.map(({ from, to, flows, expect, outcome, why, example }, i) => {
    const was = before?.assertions?.[i]?.outcome;
    return {
      ...{ from, to, flows, expect, outcome, why },
      ...(was !== undefined && { before: was }),
      ...(example !== undefined && { example }),
    };
  });
}

/** How the internet gets to what is most worth guarding, be it over front doors that are meant. Those with a finding have theirs already. */
function addWaysToJewels(after: ReportSide, before: ReportSide | undefined, hops: Hops): void {
  const now = waysToJewels(after);
  if (before === undefined) {
    for (const { hops: steps, isSure } of now.values()) hops.path(steps, isSure, false);
    return;
  }
  const old = waysToJewels(before);
  for (const jewel of new Set([...now.keys(), ...old.keys()])) {
    const [is, was] = [now.get(jewel), old.get(jewel)];
    const isSame = JSON.stringify(is) === JSON.stringify(was);
    if (is) hops.path(is.hops, is.isSure, false, isSame ? undefined : 'after');
    if (was && !isSame) hops.path(was.hops, was.isSure, false, 'before');
  }
}

type JewelWay = { readonly hops: readonly IdHop[]; readonly isSure: boolean };

function waysToJewels({ report, analysis }: ReportSide): ReadonlyMap<string, JewelWay> {
  const { findings, crownJewels } = report;
  const told = new Set(findings.flatMap(({ path, workload }) => (path === undefined ? [] : [workload.id])));
  const wanted = new Set(crownJewels.flatMap(({ id }) => (told.has(id) ? [] : [id])));
  const ways = new Map<string, JewelWay>();
  if (wanted.size === 0) return ways;
  const graph = new HostGraph(analysis);
  let left = MOST_JEWELS;
  for (const endpoint of analysis.network.endpoints.values()) {
    if (left === 0 || !wanted.delete(endpoint.workload.id)) continue;
    left -= 1;
    const path = graph.shortestTo({ kind: 'internet' }, endpoint.host);
    if (path === undefined) continue;
    const steps = path.hops.map(({ from, to, transport }) => ({
      from: from?.id,
      to: to.id,
      flows: transport.toString(),
    }));
    ways.set(endpoint.workload.id, { hops: steps, isSure: path.isSure });
  }
  return ways;
}

function joined<T extends { readonly id: string }>(
  after: readonly T[],
  before: readonly T[] = [],
): readonly T[] {
  return [...new Map([...before, ...after].map((item) => [item.id, item])).values()];
}
