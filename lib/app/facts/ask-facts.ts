import { intentFor } from '#findings';
import { intentOf } from '../config/intent-of.ts';
import { loadConfig } from '../config/load-config.ts';
import { loadAnalysis, type Target } from '../load.ts';
import { QuestionError } from '../question-error.ts';
import { checkAssertions, checkFacts, type FactResult } from './check-facts.ts';

/**
 * Judges the facts of a file, or, where none is named, the assertions of the configuration; both may name its zones and ranges.
 *
 * @throws QuestionError if something cannot be read, or there is nothing to ask
 */
export async function askFacts(
  file: string | undefined,
  target: Target & { readonly config?: string },
): Promise<{ readonly results: readonly FactResult[]; readonly source: string }> {
  const { config, file: configFile } = await loadConfig(target.config);
  if (file === undefined && configFile === undefined)
    throw new QuestionError(
      'what is to hold? Name a file of facts, or write `assertions:` into a postern.yml here',
    );
  const { analysis } = await loadAnalysis(target);
  const intent = intentFor(intentOf(config), analysis.network);
  return file === undefined
    ? { results: checkAssertions(config.assertions, analysis, intent), source: configFile ?? '' }
    : { results: await checkFacts(file, analysis, intent), source: file };
}
