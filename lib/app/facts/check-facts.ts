import * as z from 'zod';
import { parseTransport, type TransportSet } from '#netset';
import type { Analysis } from '#engine';
import { intentFor, NOTHING_SAID, type Intent } from '#findings';
import { doubtsOfParts } from './doubts.ts';
import { judgementOf, type Judgement, type Part } from './judgement.ts';
import { namedParts } from './named-parts.ts';
import { isZone, zoneParts } from './zone-parts.ts';
import { QuestionError } from '../question-error.ts';
import { readJson } from '../read-json.ts';

const FACTS = z.array(
  z.strictObject({
    from: z.string(),
    to: z.string(),
    flows: z.string().default('all'),
    expect: z.enum(['allowed', 'denied']),
  }),
);

export type Fact = z.infer<typeof FACTS>[number];

/** A fact and how it turned out. Allowed: every flow it names. Denied: none of them. */
export type FactResult = {
  readonly fact: Fact;
  /** Whether it surely is as expected. */
  readonly holds: boolean;
  readonly got: Judgement['got'];
  /** Neither kept nor broken for sure: what is not seen decides. It counts as failed. */
  readonly cannotTell: boolean;
  /** What keeps it from being known: blind spots in words, or why nothing could be asked. */
  readonly why: readonly string[];
  /** Set where it names what is not there. */
  readonly isNowhere?: true;
  /** A pair that breaks it, where one does. */
  readonly example?: string;
};

/** @throws QuestionError if the file cannot be read, is not a list of facts, or names what is not there */
export async function checkFacts(
  file: string,
  analysis: Analysis,
  intent: Intent = intentFor(NOTHING_SAID, analysis.network),
): Promise<FactResult[]> {
  return (await readFacts(file)).map((fact) => {
    const asked = parseTransport(fact.flows);
    if (asked === undefined) throw new QuestionError(`${file}: "${fact.flows}" is not a set of flows`);
    return judge(fact, asked, analysis, intent);
  });
}

/** The assertions of a configuration. One that names what is not there cannot be told, and the others are judged all the same. */
export function checkAssertions(facts: readonly Fact[], analysis: Analysis, intent: Intent): FactResult[] {
  return facts.map((fact) => {
    const asked = parseTransport(fact.flows);
    if (asked === undefined) throw new QuestionError(`"${fact.flows}" is not a set of flows`);
    try {
      return judge(fact, asked, analysis, intent);
    } catch (error) {
      if (!(error instanceof QuestionError)) throw error;
      return { fact, holds: false, got: 'unknown', cannotTell: true, isNowhere: true, why: [error.message] };
    }
  });
}

function judge(fact: Fact, asked: TransportSet, analysis: Analysis, intent: Intent): FactResult {
  const isOfZones = isZone(fact.from, intent) || isZone(fact.to, intent);
  const parts = isOfZones ? zoneParts(fact, asked, analysis, intent) : namedParts(fact, asked, analysis);
  const { got, outcome, culprit } = judgementOf(parts, asked, fact.expect);
  return {
    fact,
    holds: outcome === 'holds',
    got,
    cannotTell: outcome === 'cannot tell',
    why: outcome === 'holds' ? [] : doubtsOfParts(parts, asked, analysis),
    ...(culprit !== undefined && isOfZones && { example: exampleOf(culprit, fact) }),
  };
}

function exampleOf({ from, to, possible }: Part, { expect }: Fact): string {
  return `${from} → ${to}${expect === 'denied' ? ` ${possible.toString()}` : ''}`;
}

async function readFacts(file: string): Promise<Fact[]> {
  const facts = FACTS.safeParse(await readJson(file));
  if (!facts.success)
    throw new QuestionError(`${file} is not a list of facts: ${z.prettifyError(facts.error)}`);
  return facts.data;
}
