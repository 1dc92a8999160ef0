import { describePoint, formatIp, TransportSet } from '#netset';
import { idOf, type EndpointId } from '#model';
import { explain, type End as EngineEnd } from '#engine';
import { Engine, ipOf, pointOf, type Bounded } from './engine-answer.ts';
import { interpret, type Account, type End, type Oracle, type Question } from './oracle/index.ts';
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
  /** Those of them whose session comes up. */
  readonly positive: number;
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
 * Puts the same questions to the engine and to the oracle. Everything in these worlds is known, so the engine must be sure of
 * everything and say what the oracle says.
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
    if (truth.session) this.positive += 1;
    for (const part of ['routed', 'forward', 'session'] as const) {
      this.#expect(question, part, truth[part], answer[part], truth.why);
    }
    if (question.port === undefined || !truth.forward) return;
    const port = this.#dice.pickAny(this.#ports);
    if (port === undefined) return;
    this.#expect(
      { ...question, clientPort: port },
      'reply',
      truth.reply(port),
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
    const shown =
      found !== undefined &&
      this.#oracle.ask({
        ...question,
        from: heldBy(question.from, formatIp(found.flow.source)),
        to: heldBy(question.to, formatIp(found.flow.destination)),
      }).session;
    const isOpen =
      shown ||
      this.#pairs.some(
        ([from, to]) =>
          isSameEnd(from, question.from) &&
          isSameEnd(to, question.to) &&
          this.#oracle.ask({ ...question, from, to }).session,
      );
    this.checks += 1;
    if (isOpen) this.positive += 1;
    this.#note(question, 'verdict', isOpen ? 'allowed' : 'denied', verdict);
    if (found === undefined) return;
    this.#note(question, 'flow shown', shown ? 'allowed' : 'denied', verdict);
    const marks = new Set<string>(found.steps.map(({ mark }) => mark));
    const told = marks.has('blocks') ? 'denied' : marks.has('unknown') ? 'unknown' : 'allowed';
    this.#note(question, 'steps', shown ? 'allowed' : 'denied', told);
  }

  #expect(question: Question, part: string, truth: boolean, [sure, possible]: Bounded, why: string): void {
    if (sure === truth && possible === truth) return;
    const engine = sure && possible ? 'yes' : possible ? 'unknown' : sure ? 'surely but not possibly' : 'no';
    this.#note(question, part, `${truth ? 'yes' : 'no'} (${why})`, engine);
  }

  #note(question: Question, part: string, oracle: string, engine: string): void {
    if (oracle !== engine)
      this.mismatches.push({ question: describeQuestion(question), part, oracle, engine });
  }
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
