import { Document } from 'yaml';
import { Engine, Refused, type Bounded } from './engine-answer.ts';
import { ask } from './oracle/ask.ts';
import type { Answer, Question } from './oracle/question.ts';
import { packetsOf, pairsOf } from './worlds/questions.ts';
import type { World } from './worlds/worlds.ts';

export type Mismatch = { readonly question: Question; readonly engine: Bounded; readonly oracle: Answer };

export type Agreement = {
  readonly checks: number;
  readonly allowed: number;
  /** The documents do not say, and nothing was compared. */
  readonly open: number;
  /** Of those, the ones that the engine is sure to be denied. */
  readonly shut: number;
  /** The engine does not know although nothing in the world hides anything. */
  readonly vague: number;
  /** The engine does not know, in a world that is about addresses of pods or nodes. */
  readonly veiled: number;
  readonly mismatches: readonly Mismatch[];
  /** Why the translation did not take the world; nothing was asked. */
  readonly refused?: string;
};

/** What a world may hold that is about addresses of pods or nodes, which no manifest tells. */
const HIDING = /"(hostNetwork|networks|nets|notNets|host|remote-node|cluster|nodes|domainNames)"/;
const NOTHING: Agreement = { checks: 0, allowed: 0, open: 0, shut: 0, vague: 0, veiled: 0, mismatches: [] };

/** Asks engine and oracle everything about a world. */
export function compare(world: World, outside?: readonly string[]): Agreement {
  const engine = engineOf(world);
  if (engine instanceof Refused) return { ...NOTHING, refused: engine.message };
  const packets = packetsOf(world);
  const mismatches: Mismatch[] = [];
  const hides = HIDING.test(JSON.stringify(world));
  let [checks, allowed, open, shut, unsure] = [0, 0, 0, 0, 0];
  for (const [from, to] of pairsOf(world, outside)) {
    const answers = engine.between(from, to);
    for (const packet of packets) {
      const question = { from, to, ...packet };
      const oracle = ask(world, question);
      const [sure, possible] = answers(packet);
      if (oracle === 'undefined') {
        open += 1;
        if (!possible) shut += 1;
        continue;
      }
      checks += 1;
      if (oracle === 'allowed') allowed += 1;
      if (sure !== possible) unsure += 1;
      if ((oracle === 'allowed' && !possible) || (oracle === 'denied' && sure))
        mismatches.push({ question, engine: [sure, possible], oracle });
    }
  }
  return {
    checks,
    allowed,
    open,
    shut,
    vague: hides ? 0 : unsure,
    veiled: hides ? unsure : 0,
    mismatches,
  };
}

/** The world as manifests, and what is wrong about it. */
export function describeMismatch(world: World, { question, engine, oracle }: Mismatch): string {
  const { from, to, protocol, port } = question;
  const [source, target] = [from, to].map((end) => ('pod' in end ? end.pod : end.ip));
  const said = engine[0] ? 'allowed' : engine[1] ? 'perhaps allowed' : 'denied';
  const manifests = world.map((object) => new Document(object).toString()).join('---\n');
  return `${manifests}# ${source ?? ''} → ${target ?? ''} ${protocol} ${String(port)}: ${oracle} by the documents, ${said} by the engine`;
}

function engineOf(world: World): Engine | Refused {
  try {
    return new Engine(world);
  } catch (error) {
    if (error instanceof Refused) return error;
    throw error;
  }
}
