import { describeQuestion, type Mismatch } from './agreement.ts';
import { Engine, type Bounded } from './engine-answer.ts';
import { FORGETTINGS, type Forgetting } from './oracle/forget.ts';
import { interpret, type Account, type Question } from './oracle/index.ts';
import { clientPortsOf, pairsOf, pointsOf, someQuestions } from './oracle/questions.ts';
import { Dice } from './oracle/world/dice.ts';

/** The number that AWS gives the entry at the end, which denies the rest. */
const LAST_ENTRY = 32_767;

/** Ways to know less that leave a trace in what is left, so that the engine can know that it does not know. */
export const TRACED: readonly Forgetting[] = [
  ...FORGETTINGS.map(traced),
  garbleEntry('the protocol of one ACL entry that allows', 'allow', { Protocol: 'banana' }),
  garbleEntry('the protocol of one ACL entry that denies', 'deny', { Protocol: 'banana' }),
  garbleEntry('the CIDR of one ACL entry that denies', 'deny', { CidrBlock: '10.0.0.0/33' }),
  garbleEntry('the action of one ACL entry', 'deny', { RuleAction: 'banana' }),
];

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

  const judge = (
    question: Question,
    part: string,
    truth: boolean,
    most: boolean,
    [sure, possible]: Bounded,
  ) => {
    const isWrong = (sure && !most) || (truth && !possible) || (sure && !possible);
    if (!isWrong) return;
    const said = sure && possible ? 'yes' : possible ? 'unknown' : sure ? 'surely but not possibly' : 'no';
    mismatches.push({
      question: describeQuestion(question),
      part,
      oracle: truth ? 'yes' : 'no',
      engine: said,
    });
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
    judge(
      { ...question, clientPort: port },
      'reply',
      truth.reply(port),
      most.reply(port),
      answer.reply(port),
    );
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

/**
 * A table of some subnets' own that an answer leaves out without a word leaves no trace: a subnet that no table names has the main
 * one by design. So of whole tables only those are forgotten that no subnet has for its own.
 */
function traced(forgetting: Forgetting): Forgetting {
  if (forgetting.name !== 'one route table') return forgetting;
  return {
    ...forgetting,
    apply: (targets, seed) => {
      const poorer = forgetting.apply(targets, seed);
      return poorer !== undefined && subnetsNamed(poorer) === subnetsNamed(targets) ? poorer : undefined;
    },
  };
}

function subnetsNamed(targets: readonly Account[]): number {
  return targets
    .flatMap((target) => target.DescribeRouteTables?.RouteTables ?? [])
    .flatMap((table) => table.Associations)
    .filter(({ SubnetId: subnet }) => subnet !== undefined).length;
}

/** One entry of one ACL, not the last one that AWS adds, says something that cannot be read. */
function garbleEntry(
  name: string,
  action: 'allow' | 'deny',
  nonsense: Readonly<Record<string, string>>,
): Forgetting {
  return {
    name,
    apply: (targets, seed) => {
      const choices = targets.flatMap((target, at) =>
        (target.DescribeNetworkAcls?.NetworkAcls ?? []).flatMap((acl, place, acls) =>
          acl.Entries.flatMap((entry, number) => {
            if (entry.RuleAction !== action || entry.RuleNumber >= LAST_ENTRY) return [];
            const poorer = {
              ...acl,
              Entries: acl.Entries.with(number, { ...entry, ...nonsense }),
            };
            return [
              targets.with(at, { ...target, DescribeNetworkAcls: { NetworkAcls: acls.with(place, poorer) } }),
            ];
          }),
        ),
      );
      return new Dice(seed).fork('entry').pickAny(choices);
    },
  };
}
