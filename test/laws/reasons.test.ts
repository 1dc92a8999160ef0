import { expect, it } from 'vitest';
import { idOf } from '#model';
import { explain, type End as EngineEnd } from '#engine';
import { TransportSet } from '#netset';
import { describeQuestion } from './agreement.ts';
import { Engine, ipOf, pointOf } from './engine-answer.ts';
import { TRACED } from './forgotten.ts';
import type { Account, End, Question } from './oracle/index.ts';
import { pairsOf, pointsOf, someQuestions } from './oracle/questions.ts';
import { Dice } from './oracle/world/dice.ts';
import { worldOf } from './oracle/worlds.ts';
import { seeds, TRIES_ALL } from './seeds.ts';
import { WORLD_KINDS } from './world-kinds.ts';

/** Without their interfaces nobody can be asked about. */
const ENDS = 'DescribeNetworkInterfaces';
const QUESTIONS = 40;

/** An answer that hangs on what was not seen says on what: whoever reads it can go and look. */
it.each(WORLD_KINDS)('unknown answers name what they hang on: $name', ({ features }) => {
  let unknown = 0;
  for (const seed of seeds(4)) {
    const whole = worldOf(seed, features);
    for (const targets of [whole, ...poorerThan(whole, seed)]) {
      const engine = new Engine(targets);
      const { blindSpots } = engine.analysis.network;
      for (const question of questionsAbout(whole, engine, seed)) {
        const { from, to } = question;
        const asked = TransportSet.point(pointOf(question));
        const found = explain(engine.analysis, endOf(from), endOf(to), asked);
        if (found?.verdict !== 'unknown') continue;
        unknown += 1;
        expect(found.because, `seed ${String(seed)}: ${describeQuestion(question)}`).not.toEqual([]);
        for (const id of found.because) expect(blindSpots.has(id), id).toBe(true);
      }
    }
  }
  if (TRIES_ALL) expect(unknown).toBeGreaterThan(100);
});

/** A world of which something was not read: one call of one account, or what `TRACED` forgets. */
function poorerThan(whole: readonly Account[], seed: number): (readonly Account[])[] {
  const dice = new Dice(seed).fork('reasons');
  const calls = whole.flatMap((account, at) =>
    Object.keys(account)
      .filter((call) => !call.startsWith('_') && call !== ENDS)
      .map((call) =>
        whole.with(
          at,
          Object.fromEntries(Object.entries(account).filter(([key]) => key !== call)) as Account,
        ),
      ),
  );
  const forgotten = TRACED.map(({ apply }) => apply(whole, seed)).filter((each) => each !== undefined);
  return [...dice.some(calls, 0.4), ...dice.some(forgotten, 0.3)];
}

/** Half of them anywhere, half where something may pass. */
function questionsAbout(whole: readonly Account[], engine: Engine, seed: number): Question[] {
  const dice = new Dice(seed).fork('asked');
  const points = pointsOf(whole);
  const passing = pairsOf(whole).filter(([from, to]) => engine.mayPass(from, to));
  const focused = Array.from({ length: QUESTIONS / 2 }).flatMap((): Question[] => {
    const pair = dice.pickAny(passing);
    const point = dice.pickAny(points);
    return pair === undefined || point === undefined ? [] : [{ from: pair[0], to: pair[1], ...point }];
  });
  return [...someQuestions(whole, QUESTIONS / 2, seed), ...focused];
}

function endOf(end: End): EngineEnd {
  if ('outside' in end) return { kind: 'outside', ip: ipOf(end) };
  return { kind: 'endpoint', id: idOf<'endpoint'>(end.interface) };
}
