import { describeQuestion, type Mismatch } from './agreement.ts';
import { Engine, type Bounded } from './engine-answer.ts';
import type { Forgetting } from './oracle/forget.ts';
import { interpret, type Account, type Question } from './oracle/index.ts';
import { clientPortsOf, pairsOf, pointsOf, someQuestions } from './oracle/questions.ts';
import { Dice } from './oracle/world/dice.ts';

/** What came of asking about a world of which something was forgotten. */
export type Forgotten = {
  readonly checks: number;
  /** Questions whose session the poorer world leaves unknown. */
  readonly unknown: number;
  readonly mismatches: readonly Mismatch[];
};

/**
 * Asks the engine about a world that was read in part, and the oracle about the whole. What the engine is sure of must be true, and
 * what is true must be possible. Where only narrowing things were forgotten, sure is meant for the poorer world as it stands.
 *
 * `undefined` where this world has nothing of that kind to forget.
 */
export function compareForgotten(
  targets: readonly Account[],
  seed: number,
  { apply, onlyNarrows }: Forgetting,
  count: number,
): Forgotten | undefined {
  const poorer = apply(targets, seed);
  if (poorer === undefined) return undefined;
  const whole = interpret(targets);
  const widest = onlyNarrows === true ? interpret(poorer) : whole;
  const engine = new Engine(poorer);
  const ports = clientPortsOf(targets);
  const dice = new Dice(seed).fork('forgotten');
  const mismatches: Mismatch[] = [];
  let checks = 0;
  let unknown = 0;

  const judge = (question: Question, part: string, truth: boolean, most: boolean, [sure, possible]: Bounded) => {
    const isWrong = (sure && !most) || (truth && !possible) || (sure && !possible);
    if (!isWrong) return;
    const said = sure && possible ? 'yes' : possible ? 'unknown' : sure ? 'surely but not possibly' : 'no';
    mismatches.push({ question: describeQuestion(question), part, oracle: truth ? 'yes' : 'no', engine: said });
  };

  for (const question of questionsAbout(targets, engine, seed, count)) {
    const truth = whole.ask(question);
    const most = widest.ask(question);
    const answer = engine.ask(question);
    checks += 1;
    if (answer.session[0] !== answer.session[1]) unknown += 1;
    for (const part of ['routed', 'forward', 'session'] as const) {
      judge(question, part, truth[part], most[part], answer[part]);
    }
    const port = dice.pickAny(ports);
    if (question.port === undefined || port === undefined) continue;
    judge({ ...question, clientPort: port }, 'reply', truth.reply(port), most.reply(port), answer.reply(port));
  }
  return { checks, unknown, mismatches };
}

/** Half of them anywhere, half where the poorer world lets something pass. */
function* questionsAbout(
  targets: readonly Account[],
  engine: Engine,
  seed: number,
  count: number,
): Generator<Question> {
  yield* someQuestions(targets, count / 2, seed);
  const dice = new Dice(seed).fork('passing');
  const passing = pairsOf(targets).filter(([from, to]) => engine.mayPass(from, to));
  const points = pointsOf(targets);
  for (let asked = 0; asked < count / 2; asked += 1) {
    const pair = dice.pickAny(passing);
    const point = dice.pickAny(points);
    if (pair !== undefined && point !== undefined) yield { from: pair[0], to: pair[1], ...point };
  }
}
