import { TransportSet } from '#netset';
import type { Network } from '#model';
import type { Analysis } from '#engine';
import type { Finding } from '../finding.ts';
import { intentFor } from '../intent/intent.ts';
import { NOTHING_SAID, type IntentSettings } from '../intent/settings.ts';
import { isSame } from './changed-network.ts';
import { closesNeeded, NOT_LOOKED_AT } from './closed.ts';
import { cutsOf, type Cut } from './cut.ts';
import { farEndsFor, usersOf } from './far-ends.ts';
import type { Fix, FixChange, FixKind } from './fix.ts';
import { fixWords } from './fix-words.ts';
import { ownFlowsOf } from './own-flows.ts';
import { ownGroups, routesOf } from './other-changes.ts';
import type { Trial } from './trial.ts';
import { Trials, withEdgesOf } from './trial.ts';
import { changesOf, kindOf, type Variant } from './variants.ts';

/** Ways that a finding is told of: more is no help. */
const MOST_FIXES = 3;
/** Rules in one fix after another, where a finding has several doors. */
const MOST_ROUNDS = 4;
/** In a network of more endpoints no routes are tried: each is an analysis of the whole. */
const MOST_FOR_ROUTES = 5_000;
/** Places that are looked at, of a path with more of them. */
const MOST_CUTS = 4;

/** What a team says of its network beside the analysis. */
export type FixOptions = {
  readonly meant?: IntentSettings;
  /** The assertions, in words, that hold now and would not in an edited analysis. */
  readonly breaks?: (edited: Analysis) => readonly string[];
};

/**
 * Ways to end a finding, the best first, at most three; each was tried on the model, unless it says that it was not.
 *
 * The best one shuts nothing that somebody needs, then least of all else; of those, the first on the way in, and the smallest.
 */
export function fixesFor(analysis: Analysis, finding: Finding, options: FixOptions = {}): readonly Fix[] {
  const { meant = NOTHING_SAID, breaks = () => [] } = options;
  return new FixSearch(trialsOf(analysis, meant), finding, breaks).run();
}

type Candidate = {
  readonly fix: Fix;
  /** Which place on the way. */
  readonly at: number;
  /** How many rules it touches or makes. */
  readonly size: number;
};

class FixSearch {
  readonly #trials: Trials;
  readonly #finding: Finding;
  readonly #breaks: NonNullable<FixOptions['breaks']>;
  readonly #found: Candidate[] = [];

  constructor(trials: Trials, finding: Finding, breaks: NonNullable<FixOptions['breaks']>) {
    this.#trials = trials;
    this.#finding = finding;
    this.#breaks = breaks;
  }

  run(): readonly Fix[] {
    const { network } = this.#trials;
    if (this.#finding.check === 'default-group-in-use') {
      this.#tryOne('group', ownGroups(this.#finding, network));
      // a copy of a group that is too wide is one more of them: that has to be mended first
      if (this.#found.some(({ fix }) => fix.reveals.length > 0)) return [];
    } else {
      for (const [at, cut] of cutsOf(this.#finding, network).slice(0, MOST_CUTS).entries()) {
        this.#tryAt(cut, at);
        if (this.#found.some(isBest)) break;
      }
      if (this.#found.length === 0 && network.endpoints.size <= MOST_FOR_ROUTES)
        for (const change of routesOf(this.#finding, network)) this.#tryOne('route', [change]);
    }
    if (this.#found.length === 0) return untriedFixes(network, this.#finding);
    const kinds = new Set<string>();
    return this.#found
      .toSorted(compare)
      .filter(({ fix, at }) => kinds.size < kinds.add(`${fix.kind} ${String(at)}`).size)
      .slice(0, MOST_FIXES)
      .map(({ fix }) => fix);
  }

  #tryOne(kind: FixKind, changes: readonly FixChange[]): void {
    if (changes.length === 0) return;
    const trial = this.#trials.try(changes);
    if (trial.leftOf(this.#finding) === undefined) this.#note(trial, kind, 0);
  }

  /** Takes the rules away; where that shuts more than it should, tries to leave the rest. */
  #tryAt(cut: Cut, at: number): void {
    const removal: Variant = { keepsRest: false };
    // what leaves some of it ends no more than what takes it all away
    if (!this.#tryVariant(cut, removal, at) || this.#found.some(isBest)) return;
    const changes = changesOf(cut, removal);
    if (changes === undefined) return;
    const trial = this.#trials.try(changes);
    const own = ownFlowsOf(this.#finding, this.#trials.audited);
    const users = usersOf(trial.compared, cut, own, (host) => this.#trials.falls(host));
    const fars = farEndsFor(users, this.#trials.audited.intent.trusted, this.#trials.network);
    const isPartly = cut.culprits.some(({ rule }) => !rule.transport.isSubsetOf(cut.bad));
    const variants: Variant[] = [
      ...fars.map((far): Variant => ({ far, keepsRest: false })),
      ...(isPartly ? [undefined, ...fars] : []).map((far): Variant => ({
        ...(far && { far }),
        keepsRest: true,
      })),
    ];
    for (const variant of variants) {
      this.#tryVariant(cut, variant, at);
      if (this.#found.some(isBest)) return;
    }
  }

  /** A finding may have a second door: what is left of it is cut in the same way. */
  #tryVariant(cut: Cut, variant: Variant, at: number): boolean {
    let changes = changesOf(cut, variant);
    for (let round = 0; changes !== undefined && round < MOST_ROUNDS; round += 1) {
      const trial = this.#trials.try(changes);
      const left = trial.leftOf(this.#finding);
      if (left === undefined) {
        this.#note(trial, kindOf(variant), at);
        return true;
      }
      changes = this.#andThen(changes, left, trial, variant, at);
    }
    return false;
  }

  #andThen(
    changes: readonly FixChange[],
    left: Finding,
    trial: Trial,
    variant: Variant,
    at: number,
  ): readonly FixChange[] | undefined {
    const next = cutsOf(left, trial.after.analysis.network)[left.path === undefined ? 0 : at];
    const more = next === undefined ? undefined : changesOf(next, variant);
    const rules = changes.flatMap((change) => (change.kind === 'rule' ? [change] : []));
    const isAgain = more?.some(
      (change) =>
        change.kind === 'rule' &&
        rules.some(
          ({ policy, rule, instead }) =>
            policy === change.policy &&
            (isSame(rule, change.rule) || (instead.length > 0 && change.rule.at === rule.at)),
        ),
    );
    return more === undefined || isAgain === true ? undefined : [...changes, ...more];
  }

  #note(trial: Trial, kind: FixKind, at: number): void {
    if (trial.opensAnything) return;
    const { changes } = trial;
    const fix: Fix = {
      kind,
      what: fixWords(kind, changes, this.#trials.network),
      changes,
      isProven: true,
      alsoCloses: trial.closes(this.#finding),
      breaks: this.#breaks(trial.after.analysis),
      reveals: trial.reveals((id) => this.#trials.findingsAbout(id)).map(({ title }) => title),
    };
    this.#found.push({ fix, at, size: sizeOf(changes) });
  }
}

/** The removal of all rules that a finding rests on, not tried: it may not be enough, and may shut what is needed. */
export function untriedFixes(network: Network, { culprits, check, transport }: Finding): readonly Fix[] {
  if (culprits.length === 0 || check === 'default-group-in-use') return [];
  const changes = changesOf({ culprits, bad: transport ?? TransportSet.ALL }, { keepsRest: false }) ?? [];
  const what = fixWords('remove', changes, network);
  return [
    { kind: 'remove', what, changes, isProven: false, alsoCloses: NOT_LOOKED_AT, breaks: [], reveals: [] },
  ];
}

/** Nothing that is tried after it can be better. */
function isBest({ fix }: Candidate): boolean {
  return fix.alsoCloses.flows.length + fix.breaks.length + fix.reveals.length === 0;
}

function compare(a: Candidate, b: Candidate): number {
  const rank = ({ fix: { alsoCloses, breaks, reveals }, at, size }: Candidate): readonly number[] => [
    Number(closesNeeded(alsoCloses) || breaks.length > 0),
    Number(reveals.length > 0),
    Number(alsoCloses.flows.length > 0),
    at,
    alsoCloses.flows.reduce((sum, { pairs }) => sum + pairs, 0),
    size,
  ];
  const right = rank(b);
  return rank(a).reduce((order, value, i) => order || value - (right[i] ?? 0), 0);
}

function sizeOf(changes: readonly FixChange[]): number {
  return changes.reduce((sum, change) => sum + 1 + (change.kind === 'rule' ? change.instead.length : 1), 0);
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
