import type { Command } from 'commander';
import {
  checkFacts,
  junitXml,
  loadAnalysis,
  plain,
  QuestionError,
  type FactResult,
  type JunitCase,
} from '#app';
import { withFormats, type FormatOptions } from '../options.ts';
import { printTo } from '../output.ts';
import type { Screen } from '../screen.ts';

const FORMATS = ['json', 'junit'] as const;

export function addAssert(program: Command, screen: Screen, answer: (code: number) => void): void {
  withFormats(program.command('assert'), FORMATS)
    .description('network unit tests: each fact holds, or not')
    .argument('<facts>', 'a JSON list of { from, to, flows, expect: "allowed" | "denied" }')
    .action(async (file: string, options: FormatOptions<(typeof FORMATS)[number]>) => {
      const { analysis } = await loadAnalysis(options);
      const results = await checkFacts(file, analysis);
      if (results.length === 0) throw new QuestionError(`${file} holds no facts: nothing was checked`);
      await printTo(options.output, screen, (out) => {
        if (options.format === 'json') out.json(results);
        else if (options.format === 'junit') out.text(junitXml('postern assert', results.map(caseOf)));
        else {
          for (const { holds, fact, got } of results) {
            const mark = holds ? out.style.green('holds') : out.style.red('fails');
            out.lines([
              `${mark}  ${plain(fact.from)} → ${plain(fact.to)} ${fact.flows}: expected ${fact.expect}, is ${got}`,
            ]);
          }
        }
      });
      answer(results.every(({ holds }) => holds) ? 0 : 1);
    });
}

function caseOf({ holds, fact, got }: FactResult): JunitCase {
  const { from, to, flows, expect } = fact;
  const base = { suite: 'assertions', name: `${from} to ${to}, ${flows}: ${expect}` };
  if (holds) return { ...base, outcome: 'holds' };
  return {
    ...base,
    outcome: 'fails',
    type: got,
    message: `expected ${expect}, is ${got}`,
    text: `postern explain ${from} ${to} ${flows}`,
  };
}
