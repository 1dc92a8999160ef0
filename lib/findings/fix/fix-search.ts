import type { Analysis } from '#engine';
import type { Finding } from '../finding.ts';
import { count } from '../name-list.ts';
import { isSame } from './changed-network.ts';
import { clusterChanges } from './cluster-changes.ts';
import { closesNeeded } from './closed.ts';
import { cutsOf, type Cut } from './cut.ts';
import { denialsOf } from './denials.ts';
import { farEndsFor, usersOf } from './far-ends.ts';
import type { Fix, FixChange, FixKind } from './fix.ts';
import { fixWords } from './fix-words.ts';
import { flowsOfAll } from './own-flows.ts';
import { alternativesTo, internetRoutesOf, ownGroups } from './other-changes.ts';
import type { TrialBudget } from './trial-budget.ts';
import { isOfWhole, type Trial, type Trials } from './trial.ts';
import { changesOf, kindOf, type Variant } from './variants.ts';

/** Ways that a finding is told of: more is no help. */
const MOST_FIXES = 3;
/** Rules in one fix after another, where a finding has several doors. */
const MOST_ROUNDS = 4;
/** In a network of more endpoints what needs the whole to be analysed anew is a last resort. */
const MOST_FOR_WHOLE = 5_000;
/** Places that are looked at, of a path with more of them. */
const MOST_CUTS = 4;
/** Other ways than rules that are tried for one finding. */
const MOST_OTHERS = 4;
/** Changes of a cluster's policies that are tried for one finding. */
const MOST_CLUSTER = 4;

/** By what a change ends a finding, of those that are tried whole. */
const KIND_OF: Readonly<Record<FixChange['kind'], FixKind>> = {
  rule: 'remove',
  route: 'route',
  listener: 'listener',
  acl: 'acl',
  group: 'group',
  'new-policy': 'policy',
  peer: 'narrow',
};

export type FixSearchOptions = {
  readonly breaks: (edited: Analysis) => readonly string[];
  readonly budget: TrialBudget;
};

type Candidate = {
  readonly fix: Fix;
  /** Which place on the way. */
  readonly at: number;
  /** How many rules it touches or makes. */
  readonly size: number;
};

/** The search for ways to end one finding. */
export class FixSearch {
  readonly #trials: Trials;
  readonly #finding: Finding;
  readonly #options: FixSearchOptions;
  readonly #found: Candidate[] = [];
  readonly #tried = new Set<Trial>();
  #isCutShort = false;
  #opened = false;

  constructor(trials: Trials, finding: Finding, options: FixSearchOptions) {
    this.#trials = trials;
    this.#finding = finding;
    this.#options = options;
  }

  run(): readonly Fix[] {
    const { network } = this.#trials;
    if (this.#finding.check === 'default-group-in-use') {
      this.#tryOthers([ownGroups(this.#finding, network)]);
      return this.#isTooWide ? [] : this.#best();
    }
    for (const [at, cut] of cutsOf(this.#finding, network).slice(0, MOST_CUTS).entries()) {
      this.#tryAt(cut, at);
      if (this.#found.some(isBest)) break;
    }
    this.#tryCluster();
    this.#tryOthers(alternativesTo(this.#finding, network));
    if (this.#found.length === 0) this.#tryOthers([denialsOf(this.#finding, network)]);
    if (this.#found.length === 0) this.#tryOthers(internetRoutesOf(this.#finding, network));
    return this.#best();
  }

  /** Why nothing was found, in one sentence. */
  get unsolved(): string {
    if (this.#finding.check === 'policies-not-enforced')
      return 'what a network plugin does cannot be tried on a model of policies';
    const { policies } = this.#trials.network;
    const isOfCluster = this.#finding.endpoints.some(({ kind }) => kind === 'workload');
    if (isOfCluster && [...policies.values()].some(({ inert }) => inert !== undefined))
      return 'no policy is a remedy as long as nothing applies any: end policies-not-enforced first';
    if (this.#isTooWide)
      return 'the rules of its default group are too wide for anybody, and a copy of them would be one finding more: to be narrowed first';
    if (this.#isCutShort)
      return this.#tried.size === 0
        ? 'no change was tried on the model: so many are tried in an audit, for the worst findings first'
        : `${count(this.#tried.size, 'change')} tried on the model, and something is left of it each time; no more were tried: so many are in an audit, for the worst findings first`;
    if (this.#tried.size === 0)
      return 'no rule, route, listener or list is known of which it could be said that taking it away ends this';
    return this.#opened
      ? 'what ends it would open something else'
      : `no change of few rules, routes or listeners ends it: ${count(this.#tried.size, 'change')} tried on the model, and something is left of it each time`;
  }

  /** A copy of a group that is too wide is one more of them, and what nobody carries any more is another. */
  get #isTooWide(): boolean {
    const isDefault = this.#finding.check === 'default-group-in-use';
    return isDefault && this.#found.some(({ fix }) => fix.reveals.length > 0);
  }

  #best(): readonly Fix[] {
    const kinds = new Set<string>();
    return this.#found
      .toSorted(compare)
      .filter(({ fix, at }) => kinds.size < kinds.add(`${fix.kind} ${String(at)}`).size)
      .slice(0, MOST_FIXES)
      .map(({ fix }) => fix);
  }

  #try(changes: readonly FixChange[]): Trial | undefined {
    const trial = this.#trials.try(changes, this.#options.budget);
    if (trial === undefined) this.#isCutShort = true;
    else this.#tried.add(trial);
    return trial;
  }

  /** In a large network, in which each takes seconds, what concerns the whole is tried only where nothing else is known to help. */
  #tryOthers(all: readonly (readonly FixChange[])[]): void {
    const isLarge = this.#trials.network.endpoints.size > MOST_FOR_WHOLE;
    for (const changes of all.slice(0, MOST_OTHERS)) {
      const [first] = changes;
      if (first === undefined) continue;
      if (isLarge && this.#found.length > 0 && changes.some(isOfWhole)) return;
      const trial = this.#try(changes);
      if (trial === undefined || trial.leftOf(this.#finding) !== undefined) continue;
      this.#note(trial, KIND_OF[first.kind], { at: MOST_CUTS, left: [] });
    }
  }

  #tryCluster(): void {
    if (this.#trials.network.endpoints.size > MOST_FOR_WHOLE) return;
    for (const [at, { kind, changes }] of clusterChanges(this.#finding, this.#trials.network)
      .slice(0, MOST_CLUSTER)
      .entries()) {
      const trial = this.#try(changes);
      if (trial === undefined || trial.leftOf(this.#finding) !== undefined) continue;
      this.#note(trial, kind, { at, left: [] });
      if (this.#found.some(isBest)) return;
    }
  }

  /** Takes the rules away; where that shuts more than it should, tries to leave the rest. */
  #tryAt(cut: Cut, at: number): void {
    const removal: Variant = { keepsRest: false };
    // what leaves some of it ends no more than what takes it all away
    const left = this.#tryVariant(cut, removal, at);
    if (left === undefined || this.#found.some(isBest)) return;
    const changes = changesOf(cut, removal);
    const trial = changes && this.#try(changes);
    if (trial === undefined) return;
    const own = flowsOfAll([this.#finding, ...left], this.#trials.audited);
    const users = usersOf(trial.compared, cut, own, (host) => this.#trials.falls(host));
    const fars = farEndsFor(users, this.#trials.audited.intent.trusted, this.#trials.network);
    const { network } = this.#trials;
    const isPartly = [cut, ...left.flatMap((each) => cutsOf(each, network)[at] ?? [])].some(
      ({ culprits, bad }) => culprits.some(({ rule }) => !rule.transport.isSubsetOf(bad)),
    );
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

  /** A finding may have a second door: what is left of it is cut in the same way. What was left, until nothing was; `undefined` if something is. */
  #tryVariant(cut: Cut, variant: Variant, at: number): readonly Finding[] | undefined {
    const known: Finding[] = [];
    let changes = changesOf(cut, variant);
    for (let round = 0; changes !== undefined && round < MOST_ROUNDS; round += 1) {
      const trial = this.#try(changes);
      if (trial === undefined) return undefined;
      const left = trial.leftOf(this.#finding);
      if (left === undefined) {
        this.#note(trial, kindOf(variant), { at, left: known });
        return known;
      }
      known.push(left);
      changes = this.#andThen(changes, left, trial, variant, at);
    }
    return undefined;
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

  #note(trial: Trial, kind: FixKind, { at, left }: { at: number; left: readonly Finding[] }): void {
    if (trial.opensAnything) {
      this.#opened = true;
      return;
    }
    const { changes } = trial;
    const fix: Fix = {
      kind,
      what: fixWords(kind, changes, this.#trials.network),
      changes,
      isProven: true,
      alsoCloses: trial.closes(this.#finding, left),
      breaks: this.#options.breaks(trial.after.analysis),
      reveals: trial.reveals((id) => this.#trials.findingsAbout(id)).map(({ title }) => title),
    };
    this.#found.push({ fix, at, size: sizeOf(changes) });
  }
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
