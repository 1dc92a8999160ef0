import type { Command } from 'commander';
import { askFacts, junitXml, QuestionError, type FactResult, type JunitCase } from '#app';
import { withFormats, type FormatOptions } from '../options.ts';
import { printTo } from '../output.ts';
import { factLines } from './fact-lines.ts';
import type { Screen } from '../screen.ts';

const FORMATS = ['json', 'junit'] as const;

type AssertOptions = FormatOptions<(typeof FORMATS)[number]> & { readonly config?: string };

export function addAssert(program: Command, screen: Screen, answer: (code: number) => void): void {
  withFormats(program.command('assert'), FORMATS)
    .description('network unit tests: each fact holds, or not')
    .argument(
      '[facts]',
      'a JSON list of { from, to, flows, expect: "allowed" | "denied" }; without it, the assertions of postern.yml',
    )
    .option('--config <file>', 'says zones and assertions (default: postern.yml, if it is here)')
    .action(async (file: string | undefined, options: AssertOptions) => {
      const { results, source } = await askFacts(file, options);
      if (results.length === 0) throw new QuestionError(`${source} holds no facts: nothing was checked`);
      await printTo(options.output, screen, (out) => {
        if (options.format === 'json') out.json(results);
        else if (options.format === 'junit') out.text(junitXml('postern assert', results.map(caseOf)));
        else {
          for (const result of results) out.lines(factLines(result, out.style));
        }
      });
      answer(results.every(({ holds }) => holds) ? 0 : 1);
    });
}

function caseOf({ holds, cannotTell, fact, got, why, example }: FactResult): JunitCase {
  const { from, to, flows, expect } = fact;
  const base = { suite: 'assertions', name: `${from} to ${to}, ${flows}: ${expect}` };
  if (holds) return { ...base, outcome: 'holds' };
  return {
    ...base,
    outcome: 'fails',
    type: cannotTell ? 'cannot tell' : got,
    message: `expected ${expect}, is ${got}`,
    text: [
      `postern explain ${from} ${to} ${flows}`,
      ...(example === undefined ? [] : [example]),
      ...why,
    ].join('\n'),
  };
}
