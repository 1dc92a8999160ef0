import { parseCidr, type Family } from '#netset';
import { analyse } from '#engine';
import { translate, type AwsSnapshot } from '#sources/aws';
import { checkDemoFact, describeDemoEnd } from './demo-facts.ts';
import { blocksIn, compareLists, FlowTable, tableOf } from './demo-lists.ts';
import { DemoReach } from './demo-reach.ts';
import { demoFact, demoRow, type DemoEnd, type DemoExpectation } from './demo-statement.ts';
import { factsOf } from './facts-of.ts';
import { differs, HOLDS, resultOf, type CaseResult, type Check } from './result.ts';

export const FAMILIES: readonly Family[] = [4, 6];

/** Checks a demo account as it is before any change: its facts, and the list of everything that can be reached. */
export function runBefore(snapshots: readonly AwsSnapshot[], { before }: DemoExpectation): CaseResult {
  const reach = new DemoReach(analyse(translate(snapshots)));
  const { facts, checks } = factsOf(demoFact, before.facts);
  const list =
    before.exhaustiveReachable === undefined
      ? []
      : checkExhaustive(reach, before.exhaustiveReachable, before.exhaustiveNote ?? '');
  return resultOf([...checks, ...facts.map((fact) => checkDemoFact(reach, fact)), ...list]);
}

function checkExhaustive(reach: DemoReach, values: readonly unknown[], note: string): Check[] {
  const { facts: rows, checks } = factsOf(demoRow, values);
  const listed = tableOf(rows);
  const found = new FlowTable();
  const unknown: Check[] = [];
  for (const [from, to, family] of questions(reach, blocksIn(rows, note))) {
    const sessions = reach.sessions(from, to, family);
    if (typeof sessions === 'string') throw new Error(`not a question: ${sessions}`);
    if (!sessions.sure.isEmpty) found.add(from, to, family, sessions.sure);
    if (sessions.sure.equals(sessions.possible)) continue;
    const fact = `${describeDemoEnd(from)} to ${describeDemoEnd(to)}, IPv${String(family)}`;
    unknown.push(
      differs(fact, 'a known answer', `unknown for ${sessions.possible.subtract(sessions.sure).toString()}`),
    );
  }
  return [
    ...checks,
    ...listed.checks,
    ...compareLists('exhaustiveReachable', listed.table, found),
    ...unknown,
    HOLDS,
  ];
}

/** Every interface from every other, from the internet and from each block. */
function* questions(
  reach: DemoReach,
  blocks: readonly { readonly cidr: string }[],
): Generator<readonly [DemoEnd, DemoEnd, Family]> {
  for (const family of FAMILIES) {
    for (const to of reach.interfaces) {
      for (const from of reach.interfaces) if (from !== to) yield [{ eni: from }, { eni: to }, family];
      yield* outsideQuestions(to, blocks, family);
    }
  }
}

/** One interface from the internet and from each block of the family. */
export function* outsideQuestions(
  to: string,
  blocks: readonly { readonly cidr: string }[],
  family: Family,
): Generator<readonly [DemoEnd, DemoEnd, Family]> {
  yield [{ internet: true }, { eni: to }, family];
  for (const block of blocks)
    if (parseCidr(block.cidr)?.family === family) yield [block, { eni: to }, family];
}
