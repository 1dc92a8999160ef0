import { exposures } from '#engine';
import {
  audit,
  fixesFor,
  intentFor,
  latent,
  remarks,
  review,
  riskOf,
  TrialBudget,
  type Finding,
  type Tracked,
} from '#findings';
import { toHtml, toReport } from '#report';
import { translate } from '#sources/aws';
import type { Head, Stores, TargetKey } from '#store';
import type { Config } from '../config/config.ts';
import { checkAssertions } from '../facts/check-facts.ts';
import { toldAssertion } from '../facts/told-assertion.ts';
import { analyseWithHairpins } from '../hairpins.ts';
import { snapshotsOf, targetsOf } from '../load.ts';
import { toldFixes } from '../told-fix.ts';
import { isAbout } from './about-target.ts';
import { judgedBy } from './judged-by.ts';
import { keyOf } from './object-key.ts';
import { targetName } from './target-name.ts';

export type ReportPorts = {
  readonly stores: Stores;
  readonly clock: () => Date;
  readonly config: Config;
  readonly engine: string;
};

const NOTE = 'report';
/** Endpoints that are looked at while fixes are tried: a fifth of what an audit at a desk may take. */
const MOST_LOOKED_AT = 60_000;

/**
 * Keeps the report of what a target's head says as one page of HTML beside it, and notes under which key. Once for each head that says something
 * else, and once a day, so that it never gets old enough to be cleared away; other passes cost one look at the note. It comes after everything that
 * people wait for: a report that cannot be made makes the message come again, and no alert late.
 *
 * @returns the key, or `undefined` if there is no head, or what it names is gone
 */
export async function keepReport(target: TargetKey, ports: ReportPorts): Promise<string | undefined> {
  const { stores } = ports;
  const head = await stores.state.head(target);
  if (head === undefined) return undefined;
  const known = await keptReport(target, stores);
  const of = `${head.snapshot} ${head.findings} ${head.engine}`;
  if (known?.of === of) return known.key;
  const text = await renderedReport(target, head, ports);
  if (text === undefined) return undefined;
  const key = keyOf('reports', target, text, new Date(head.readAt));
  await stores.objects.put(key, text);
  await stores.notes.write(targetName(target), NOTE, { key, of });
  return key;
}

/** The key of the last report of a target, and of which head it is. */
export async function keptReport(
  target: TargetKey,
  { notes }: Pick<Stores, 'notes'>,
): Promise<{ readonly key: string; readonly of: string } | undefined> {
  const note = await notes.read(targetName(target), NOTE);
  return note?.value as { readonly key: string; readonly of: string } | undefined;
}

async function renderedReport(
  target: TargetKey,
  head: Head,
  { stores, config, engine, clock }: ReportPorts,
): Promise<string | undefined> {
  const { objects, notes } = stores;
  const texts = await Promise.all(
    [head.snapshot, ...head.neighbours.map(({ snapshot }) => snapshot)].map((key) => objects.get(key)),
  );
  const [own, ...others] = texts.map((text) => (text === undefined ? [] : snapshotsOf(text, head.snapshot)));
  if (own === undefined || own.length === 0) return undefined;
  const { meant, exceptions } = await judgedBy(engine, config, notes);
  const analysis = analyseWithHairpins(translate([...own, ...others.flat()]));
  const { network } = analysis;
  const intent = intentFor(meant, network);
  const [open, asleep] = [audit(analysis, meant), latent(analysis, meant)].map((all) =>
    all.filter(isAbout(target)),
  ) as [Finding[], Finding[]];
  const now = clock().toISOString();
  const reviewed = review([...open, ...asleep], exceptions, now);
  const accepted = new Map(reviewed.accepted.map(({ finding, exception }) => [finding, exception]));
  // what is about nothing here may be about another account, and so may an assertion that names nobody here
  const used = exceptions.filter((exception) => !reviewed.unused.includes(exception));
  const assertions = checkAssertions(config.assertions, analysis, intent).filter(
    ({ isNowhere }) => isNowhere !== true,
  );
  const tracked = JSON.parse((await objects.get(head.findings)) ?? '[]') as readonly Tracked[];
  const since = new Map(tracked.map(({ fingerprint, openedAt }) => [fingerprint, openedAt]));
  // of the worst first: in a large network not all can be tried
  const budget = new TrialBudget(MOST_LOOKED_AT);
  const report = toReport({
    network,
    findings: [...open, ...asleep],
    risk: riskOf(open),
    remarks: remarks(analysis),
    assertions: assertions.map(toldAssertion),
    exposures: exposures(analysis),
    targets: targetsOf(own).map(({ account, region }) => ({ account, region, readAt: head.readAt })),
    version: engine,
    now: head.readAt,
    isJewel: intent.isCrownJewel,
    extrasOf: (finding) => {
      const exception = accepted.get(finding);
      return {
        ...toldFixes(network, fixesFor(analysis, finding, { meant, budget })),
        ...(exception && {
          suppression: { owner: exception.owner, reason: exception.reason, until: exception.until },
        }),
      };
    },
  });
  return toHtml({
    report,
    analysis,
    intent,
    reviewed: { exceptions: used, review: reviewed, now },
    sinceOf: (fingerprint) => since.get(fingerprint),
  });
}
