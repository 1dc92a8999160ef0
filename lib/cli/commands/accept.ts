import type { Command } from 'commander';
import { accept, count, plain, QuestionError, withdraw, wrap, type DeskOptions } from '#app';
import { parseFormat, parseStage, withAccount } from '../options.ts';
import type { Screen } from '../screen.ts';

type Options = DeskOptions & {
  readonly owner?: string;
  readonly reason?: string;
  readonly until?: string;
  readonly withdraw?: true;
  readonly config?: string;
  readonly stage?: string;
  readonly table?: string;
  readonly snapshot?: string;
  readonly format: 'text' | 'json';
};

export function addAccept(program: Command, screen: Screen, answer: (code: number) => void): void {
  withAccount(program.command('accept'))
    .description(
      'accept a finding until a day: it is shown apart, alerts nobody, and alerts again once the day is over; or take that back',
    )
    .argument('<fingerprint>', 'as it stands at the end of the finding: 7c1e-94ab')
    .option('--owner <name>', 'who answers for it')
    .option('--reason <text>', 'why it may stay; or, with --withdraw, why no longer')
    .option('--until <day>', 'the last day on which it may, in UTC: 2026-04-01; at most a year away')
    .option('--withdraw', 'nobody answers for it any more: it is a finding like any other again')
    .option('--config <file>', 'the file that it is written into (default: postern.yml)')
    .option(
      '--stage <stage>',
      "keep it in this deployment's table instead, for which --region says where",
      parseStage,
    )
    .option('--table <name>', 'which table, where it cannot be found by its name')
    .option(
      '--snapshot <file>',
      'where the finding is looked up: what later goes beyond it alerts all the same',
    )
    .option('--format <format>', 'text or json', parseFormat, 'text')
    .action(async (fingerprint: string, options: Options) => {
      if (options.withdraw === true) {
        await takeBack(fingerprint, options, screen);
        answer(0);
        return;
      }
      const { owner, reason, until } = options;
      if (owner === undefined || reason === undefined || until === undefined)
        throw new QuestionError(
          "an exception is somebody's, for a reason, until a day: --owner, --reason and --until are needed",
        );
      const done = await accept(fingerprint, { ...options, owner, reason, until, clock: () => new Date() });
      const { exception, where, finding, earlier } = done;
      if (options.snapshot !== undefined && finding === undefined)
        screen.note(`${fingerprint} is not found in ${options.snapshot}: the exception waits for it`);
      if (options.format === 'json') screen.json({ exception, where, earlier });
      else
        screen.lines(
          wrap([
            `accepted until ${exception.until} by ${plain(exception.owner)}, in ${plain(where)}`,
            ...(finding === undefined ? [] : [`  ${finding.severity}: ${plain(finding.title)}`]),
            ...(earlier.length === 0 ? [] : [`  it was accepted ${count(earlier.length, 'time')} before:`]),
            ...earlier.map(
              ({ at, by, owner, until, reason }) =>
                `    ${at.slice(0, 10)} until ${until} by ${plain(owner)} (${plain(by)}): ${plain(reason)}`,
            ),
          ]),
        );
      answer(0);
    });
}

async function takeBack(fingerprint: string, options: Options, screen: Screen): Promise<void> {
  if (options.owner !== undefined || options.until !== undefined)
    throw new QuestionError('--withdraw ends an exception: --owner and --until say nothing there');
  const { where, earlier } = await withdraw(fingerprint, { ...options, clock: () => new Date() });
  if (options.format === 'json') screen.json({ fingerprint, withdrawn: true, where, earlier });
  else screen.lines(wrap([`withdrawn: nobody answers for ${fingerprint} any more, in ${plain(where)}`]));
}
