import { describePoint, formatIp, INTERNET, TransportSet } from '#netset';
import { idOf, type EndpointId, type Relay } from '#model';
import { answersOf, explain, type End as EngineEnd, type Explanation } from '#engine';
import { Engine, ipOf, pointOf, type Bounded } from './engine-answer.ts';
import { allowanceFor, SHARPER, type Allowance } from './allowances.ts';
import { interpret, type Account, type End, type Maybe, type Oracle, type Question } from './oracle/index.ts';
import { NO, some } from './oracle/maybe.ts';
import { contradicts } from './oracle/relay-agreement.ts';
import { clientPortsOf, pairsOf, pointsOf, someQuestions, type Point } from './oracle/questions.ts';
import { Dice } from './oracle/world/dice.ts';

/** A question on which the engine and the oracle do not say the same. */
export type Mismatch = {
  readonly question: string;
  readonly part: string;
  readonly oracle: string;
  readonly engine: string;
};

export type Agreement = {
  /** Questions put to both; each is compared in all its parts. */
  readonly checks: number;
  /** Those of them whose session surely comes up. */
  readonly positive: number;
  /** Parts of answers of which the oracle was sure and the engine is not, and may be not. */
  readonly vague: number;
  /** Parts of which the engine is sure and the oracle was not. */
  readonly sharper: number;
  readonly mismatches: readonly Mismatch[];
};

/** How many of each kind to ask of one world. */
export type Effort = {
  /** Spread evenly over kinds of pairs and points. */
  readonly spread: number;
  /** At pairs between which something passes. */
  readonly focused: number;
  readonly explained: number;
};

export const EFFORT: Effort = { spread: 600, focused: 600, explained: 12 };

/**
 * Puts the same questions to the engine and to the oracle. Everything in these worlds was read, so where the oracle is sure the engine
 * must be sure of the same, but for what `allowances.ts` argues; and it may never say the opposite of what is sure, nor be sure of the way
 * there where the oracle is not.
 */
export function compare(targets: readonly Account[], seed: number, effort: Effort = EFFORT): Agreement {
  const comparison = new Comparison(targets, seed);
  for (const question of someQuestions(targets, effort.spread, seed)) comparison.ask(question);
  for (const question of comparison.focused(effort.focused)) comparison.ask(question);
  for (const question of comparison.focused(effort.explained)) comparison.explain(question);
  for (const question of someQuestions(targets, effort.explained, seed + 1)) comparison.explain(question);
  return comparison;
}

export function describeMismatch(seed: number, { question, part, oracle, engine }: Mismatch): string {
  return `seed ${String(seed)}: ${question}: ${part}: oracle ${oracle}, engine ${engine}`;
}

export function describeQuestion(question: Question): string {
  const point = pointOf(question);
  const client = question.clientPort === undefined ? '' : ` from port ${String(question.clientPort)}`;
  return `${nameOf(question.from)} -> ${nameOf(question.to)}, ${describePoint(point)}${client}`;
}

function nameOf(end: End): string {
  return 'outside' in end ? end.outside : `${end.interface} (${end.ip})`;
}

class Comparison implements Agreement {
  checks = 0;
  positive = 0;
  vague = 0;
  sharper = 0;
  readonly mismatches: Mismatch[] = [];
  readonly #oracle: Oracle;
  readonly #engine: Engine;
  readonly #points: readonly Point[];
  readonly #pairs: readonly [End, End][];
  readonly #passing: readonly [End, End][];
  readonly #ports: readonly number[];
  readonly #dice: Dice;

  constructor(targets: readonly Account[], seed: number) {
    this.#oracle = interpret(targets);
    this.#engine = new Engine(targets);
    this.#points = pointsOf(targets);
    this.#pairs = pairsOf(targets);
    this.#ports = clientPortsOf(targets);
    this.#dice = new Dice(seed).fork('agreement');
    this.#passing = this.#pairs.filter(([from, to]) => this.#engine.mayPass(from, to));
  }

  /** Questions at pairs between which the engine lets something pass, as long as there are any. */
  *focused(count: number): Generator<Question> {
    if (this.#passing.length === 0) return;
    for (let asked = 0; asked < count; asked += 1) {
      const pair = this.#dice.pickAny(this.#passing);
      const point = this.#dice.pickAny(this.#points);
      if (pair !== undefined && point !== undefined) yield { from: pair[0], to: pair[1], ...point };
    }
  }

  ask(question: Question): void {
    const truth = this.#oracle.ask(question);
    const answer = this.#engine.ask(question);
    this.checks += 1;
    if (truth.bounds.session.sure) this.positive += 1;
    for (const part of ['routed', 'forward', 'session'] as const) {
      this.#expect(question, part, truth.bounds[part], answer[part], truth.why);
    }
    if (question.port === undefined || !truth.forward) return;
    const port = this.#dice.pickAny(this.#ports);
    if (port === undefined) return;
    this.#expect(
      { ...question, clientPort: port },
      'reply',
      truth.bounds.reply(port),
      answer.reply(port),
      truth.why,
    );
  }

  /**
   * Asks for the two interfaces with all their addresses: a session by any of them is one. The pairs hold a sample of a delegated
   * block's addresses, so the very flow that the explanation shows is followed too.
   */
  explain(question: Question): void {
    const point = pointOf(question);
    const found = explain(
      this.#engine.analysis,
      endOf(question.from),
      endOf(question.to),
      TransportSet.point(point),
    );
    const verdict = found?.verdict ?? 'denied';
    if (isUnheard(this.#engine.analysis, question)) {
      this.#expect(question, 'verdict', NO, boundedBy(verdict), verdict);
      return;
    }
    const shown =
      found === undefined
        ? NO
        : this.#session({
            ...question,
            from: heldBy(question.from, formatIp(found.flow.source)),
            to: heldBy(question.to, formatIp(found.flow.destination)),
          });
    const others = this.#pairs
      .filter(([from, to]) => isSameEnd(from, question.from) && isSameEnd(to, question.to))
      .map(([from, to]) => this.#session({ ...question, from, to }));
    const open = some([shown, ...others]);
    this.checks += 1;
    if (open.sure) this.positive += 1;
    const handed = found?.steps.filter((step) => step.kind === 'handed') ?? [];
    if (found === undefined || handed.length === 0) {
      this.#expect(question, 'verdict', open, boundedBy(verdict), verdict);
    } else {
      // whom a load balancer hands on to whose targets were not read the oracle does not know: but for that they must say alike
      const without = told(found.steps.filter(({ kind }) => kind !== 'handed'));
      this.#expect(question, 'verdict but for load balancers', open, boundedBy(without), without);
      const isOpen = handed.every(({ relay }) => this.#isEntered(relay));
      this.#note(
        question,
        'load balancers',
        'unknown, through open ones',
        `${verdict}, ${isOpen ? 'through open ones' : 'through closed ones'}`,
      );
    }
    if (found === undefined) return;
    const { blindSpots } = this.#engine.analysis.network;
    const isNamed = found.because.length > 0 && found.because.every((id) => blindSpots.has(id));
    this.#note(question, 'named cause', String(verdict === 'unknown'), String(isNamed));
    if (handed.length > 0) return;
    this.#expect(question, 'flow shown', shown, boundedBy(verdict), verdict);
    this.#note(question, 'steps', `the verdict ${verdict}`, `the verdict ${told(found.steps)}`);
  }

  /** Whether the internet may get a session at one of a load balancer's interfaces, and its targets were not all read. */
  #isEntered({ entrances, hidesTargets }: Relay): boolean {
    if (hidesTargets !== true) return false;
    return this.#pairs.some(
      ([from, to]) =>
        'outside' in from &&
        'interface' in to &&
        entrances.includes(idOf<'endpoint'>(to.interface)) &&
        INTERNET.has(ipOf(from)) &&
        this.#points.some((point) => this.#session({ from, to, ...point }).possible),
    );
  }

  #session(question: Question): Maybe {
    return this.#oracle.ask(question).bounds.session;
  }

  #expect(question: Question, part: string, truth: Maybe, [sure, possible]: Bounded, why: string): void {
    if (sure === truth.sure && possible === truth.possible) return;
    const isOpposite = contradicts(truth, { sure, possible });
    if (!isOpposite && truth.sure !== truth.possible && mayBeSharper(part, why)) {
      this.sharper += 1;
      return;
    }
    if (!isOpposite && this.#allowance(question) !== undefined) {
      this.vague += 1;
      return;
    }
    this.#note(question, part, `${inWords(truth)} (${why})`, inWords({ sure, possible }));
  }

  #allowance(question: Question): Allowance | undefined {
    return allowanceFor(this.#engine.analysis, endOf(question.from), endOf(question.to), pointOf(question));
  }

  #note(question: Question, part: string, oracle: string, engine: string): void {
    if (oracle !== engine)
      this.mismatches.push({ question: describeQuestion(question), part, oracle, engine });
  }
}

/**
 * Whether the engine may be sure of what the oracle leaves unknown. The oracle does not follow answers through what it cannot see, where the
 * engine knows of lists that stop them anyhow; but whether the way there is known both must say alike.
 */
function mayBeSharper(part: string, why: string): boolean {
  return (part !== 'routed' && part !== 'forward') || SHARPER.some(({ said }) => why.includes(said));
}

/** What the marks of an explanation come to. */
function told(steps: Explanation['steps']): Explanation['verdict'] {
  const marks = new Set<string>(steps.map(({ mark }) => mark));
  return marks.has('blocks') ? 'denied' : marks.has('unknown') ? 'unknown' : 'allowed';
}

function boundedBy(verdict: 'allowed' | 'denied' | 'unknown'): Bounded {
  return [verdict === 'allowed', verdict !== 'denied'];
}

function inWords({ sure, possible }: Maybe): string {
  if (sure) return possible ? 'yes' : 'surely but not possibly';
  return possible ? 'unknown' : 'no';
}

function endOf(end: End): EngineEnd {
  if ('outside' in end) return { kind: 'outside', ip: ipOf(end) };
  return { kind: 'endpoint', id: idOf<'endpoint'>(end.interface) satisfies EndpointId };
}

function isSameEnd(a: End, b: End): boolean {
  if ('outside' in a || 'outside' in b) return 'outside' in a && 'outside' in b && a.outside === b.outside;
  return a.interface === b.interface;
}

function heldBy(end: End, ip: string): End {
  return 'outside' in end ? end : { interface: end.interface, ip };
}

/** Whether a load balancer that nothing filters has no listener for it: the oracle knows what lets packets pass, and not who answers. */
function isUnheard({ network }: Engine['analysis'], question: Question): boolean {
  if (!('interface' in question.to)) return false;
  const answers = answersOf(network).get(idOf<'endpoint'>(question.to.interface));
  return answers?.has(pointOf(question)) === false;
}
