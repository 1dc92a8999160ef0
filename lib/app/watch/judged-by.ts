import { createHash } from 'node:crypto';
import type { Exception, IntentSettings } from '#findings';
import type { NoteStore } from '#store';
import type { Config } from '../config/config.ts';
import { exceptionsOf } from '../config/exceptions-of.ts';
import { intentOf } from '../config/intent-of.ts';
import { parseConfig } from '../config/parse-config.ts';
import { keptExceptions } from '../exceptions/kept-exceptions.ts';

/** What a run judges by. */
export type Judging = {
  readonly meant: IntentSettings;
  readonly exceptions: readonly Exception[];
  /** The version of Postern, and a digest of what people say where they say something: a head of another was judged by something else. */
  readonly engine: string;
};

/** What findings are judged by now: the checks of this version, the configuration, and what was accepted in the table. */
export async function judgedBy(engine: string, config: Config, notes: NoteStore): Promise<Judging> {
  const kept = await keptExceptions(notes);
  const said = JSON.stringify([saidIn(config), kept]);
  const digest = createHash('sha256').update(said).digest('hex').slice(0, 16);
  return {
    meant: intentOf(config),
    exceptions: [...exceptionsOf(config.exceptions), ...exceptionsOf(kept)],
    engine: said === NOTHING ? engine : `${engine} ${digest}`,
  };
}

/** Of a configuration, that by which findings are judged. */
function saidIn({ crownJewels, trusted, zones, flows, exposures, frontDoors, exceptions }: Config): unknown {
  return { crownJewels, trusted, zones, flows, exposures, frontDoors, exceptions };
}

const NOTHING = JSON.stringify([saidIn(parseConfig('', 'postern.yml')), []]);
