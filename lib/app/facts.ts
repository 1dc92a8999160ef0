import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { TransportSet, parseTransport } from '#netset';
import { explain, type Analysis, type End } from '#engine';
import { endsOf, findNamed } from './ends.ts';
import { alsoByNat64 } from './nat64.ts';
import { internetEntrances } from './internet-entrances.ts';
import { QuestionError } from './question-error.ts';

const FACTS = z.array(
  z.strictObject({
    from: z.string(),
    to: z.string(),
    flows: z.string().default('all'),
    expect: z.enum(['allowed', 'denied']),
  }),
);

export type Fact = z.infer<typeof FACTS>[number];

/** A fact and how it turned out. Allowed: every flow it names. Denied: none of them. An unknown verdict holds neither. */
export type FactResult = {
  readonly fact: Fact;
  readonly holds: boolean;
  readonly got: 'allowed' | 'partly allowed' | 'denied' | 'unknown';
};

/** @throws QuestionError if the file cannot be read, is not a list of facts, or names what is not there */
export async function checkFacts(file: string, analysis: Analysis): Promise<FactResult[]> {
  return (await readFacts(file)).map((fact) => {
    const asked = parseTransport(fact.flows);
    if (asked === undefined) throw new QuestionError(`${file}: "${fact.flows}" is not a set of flows`);
    const got = verdictOf(analysis, fact, asked);
    return { fact, holds: got === fact.expect, got };
  });
}

async function readFacts(file: string): Promise<Fact[]> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new QuestionError(`cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
  const facts = FACTS.safeParse(value);
  if (!facts.success)
    throw new QuestionError(`${file} is not a list of facts: ${z.prettifyError(facts.error)}`);
  return facts.data;
}

function verdictOf(analysis: Analysis, fact: Fact, asked: TransportSet): FactResult['got'] {
  const origin = findNamed(analysis.network, fact.from);
  const goal = findNamed(analysis.network, fact.to);
  const wide = internetEntrances(analysis, origin, goal, asked).wide;
  const sources = [...endsOf(origin, analysis), ...wide];
  const targets = endsOf(goal, analysis);
  const goals = (ends: readonly End[]): readonly End[] => alsoByNat64(ends, analysis.network);
  // each part of a block has to have the answer; of one thing's several addresses any one will do
  const parts =
    origin.kind === 'outside'
      ? sources.map((from) => verdictOver(analysis, [from], goals(targets), asked))
      : goal.kind === 'outside'
        ? targets.map((to) => verdictOver(analysis, sources, goals([to]), asked))
        : [verdictOver(analysis, sources, goals(targets), asked)];
  const [first = 'denied'] = parts;
  if (parts.every((part) => part === first)) return first;
  return parts.includes('unknown') ? 'unknown' : 'partly allowed';
}

function verdictOver(
  analysis: Analysis,
  sources: readonly End[],
  targets: readonly End[],
  asked: TransportSet,
): FactResult['got'] {
  let sure = TransportSet.NONE;
  let possible = TransportSet.NONE;
  for (const from of sources) {
    for (const to of targets) {
      const found = explain(analysis, from, to, asked);
      if (found === undefined) continue;
      sure = sure.union(found.sure);
      possible = possible.union(found.possible);
    }
  }
  if (asked.isSubsetOf(sure)) return 'allowed';
  if (possible.isEmpty) return 'denied';
  return sure.equals(possible) ? 'partly allowed' : 'unknown';
}
