import type { Command } from 'commander';
import { checkFacts, loadAnalysis, plain, QuestionError } from '#app';
import { withQuestion, type CommonOptions } from '../options.ts';
import type { Screen } from '../screen.ts';

export function addAssert(program: Command, screen: Screen, answer: (code: number) => void): void {
  withQuestion(program.command('assert'))
    .description('network unit tests: each fact holds, or not')
    .argument('<facts>', 'a JSON list of { from, to, flows, expect: "allowed" | "denied" }')
    .action(async (file: string, options: CommonOptions) => {
      const { analysis } = await loadAnalysis(options);
      const results = await checkFacts(file, analysis);
      if (results.length === 0) throw new QuestionError(`${file} holds no facts: nothing was checked`);
      if (options.format === 'json') screen.json(results);
      else {
        for (const { holds, fact, got } of results) {
          const mark = holds ? screen.style.green('holds') : screen.style.red('fails');
          screen.lines([
            `${mark}  ${plain(fact.from)} → ${plain(fact.to)} ${fact.flows}: expected ${fact.expect}, is ${got}`,
          ]);
        }
      }
      answer(results.every(({ holds }) => holds) ? 0 : 1);
    });
}
