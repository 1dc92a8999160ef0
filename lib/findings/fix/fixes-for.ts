import { TransportSet } from '#netset';
import type { Network, PolicyId } from '#model';
import type { Analysis } from '#engine';
import { inertFingerprint } from '../checks/policies-not-enforced.ts';
import type { Finding } from '../finding.ts';
import { intentFor } from '../intent/intent.ts';
import { NOTHING_SAID, type IntentSettings } from '../intent/settings.ts';
import { NOT_LOOKED_AT } from './closed.ts';
import type { Fix, Fixes } from './fix.ts';
import { FixSearch } from './fix-search.ts';
import { fixWords } from './fix-words.ts';
import { TrialBudget } from './trial-budget.ts';
import { Trials, withEdgesOf } from './trial.ts';
import { changesOf } from './variants.ts';

/** What a team says of its network beside the analysis, and how much is tried. */
export type FixOptions = {
  readonly meant?: IntentSettings;
  /** The assertions, in words, that hold now and would not in an edited analysis. */
  readonly breaks?: (edited: Analysis) => readonly string[];
  /** Shared by all findings that are asked about; by default each has one of its own. */
  readonly budget?: TrialBudget;
};

/**
 * Ways to end a finding, each tried on the model; or why there is none, and then perhaps what to begin with.
 *
 * The best one shuts nothing that somebody needs, then least of all else; of those, the first on the way in, and the smallest.
 */
export function fixesFor(analysis: Analysis, finding: Finding, options: FixOptions = {}): Fixes {
  const { meant = NOTHING_SAID, breaks = () => [], budget = new TrialBudget() } = options;
  const search = new FixSearch(trialsOf(analysis, meant), finding, { breaks, budget });
  const fixes = search.run();
  return fixes.length > 0
    ? { fixes }
    : { fixes: untriedFixes(analysis.network, finding), unsolved: search.unsolved };
}

/** The removal of all rules that a finding rests on, not tried: it may not be enough, and may shut what is needed. */
function untriedFixes(
  network: Network,
  { culprits, check, transport, fingerprint }: Finding,
): readonly Fix[] {
  const untried = { isProven: false, alsoCloses: NOT_LOOKED_AT, breaks: [], reveals: [] } as const;
  if (check === 'policies-not-enforced')
    return remediesOf(network, fingerprint).map((what) => ({
      kind: 'policy',
      what,
      changes: [],
      ...untried,
    }));
  const isOfCluster = culprits.some(
    ({ policy }) => network.policies.get(policy as PolicyId)?.kind === 'tiered',
  );
  if (culprits.length === 0 || check === 'default-group-in-use' || isOfCluster) return [];
  const changes = changesOf({ culprits, bad: transport ?? TransportSet.ALL }, { keepsRest: false }) ?? [];
  const what = fixWords('remove', changes, network);
  return [{ kind: 'remove', what, changes, ...untried }];
}

/** What the network plugin needs so that it applies policies. */
function remediesOf({ policies }: Network, fingerprint: string): readonly string[] {
  const all = [...policies.values()].filter(
    (policy) => policy.inert !== undefined && inertFingerprint(policy) === fingerprint,
  );
  return [...new Set(all.flatMap(({ inert }) => inert?.remedy.replace(/\.$/, '') ?? []))];
}

const TRIALS = new WeakMap<Analysis, WeakMap<IntentSettings, Trials>>();

/** Findings of one network share doors, and with them trials. */
function trialsOf(analysis: Analysis, meant: IntentSettings): Trials {
  const byMeaning = TRIALS.get(analysis) ?? new WeakMap<IntentSettings, Trials>();
  TRIALS.set(analysis, byMeaning);
  const known = byMeaning.get(meant);
  if (known !== undefined) return known;
  const { network } = analysis;
  const intent = intentFor(meant, network);
  const blocks = [...network.subnets.values(), ...network.networks.values()].map(({ cidrs }) => cidrs);
  const trials = new Trials({ analysis: withEdgesOf(analysis, [intent.trusted, ...blocks]), intent });
  byMeaning.set(meant, trials);
  return trials;
}
