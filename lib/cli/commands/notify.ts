import type { Command } from 'commander';
import {
  channelsSetUp,
  loadConfig,
  plainLines,
  QuestionError,
  testMessage,
  tryChannels,
  wrap,
  type DeskOptions,
} from '#app';
import { parseFormat, parseStage, withAccount } from '../options.ts';
import type { Screen } from '../screen.ts';

type NotifyOptions = DeskOptions & {
  readonly test?: true;
  readonly stage: string;
  readonly config?: string;
  readonly topicArn?: string;
  readonly bus?: string;
  readonly slackSecret?: string;
  readonly slackApiUrl?: string;
  readonly dryRun?: true;
  readonly format: 'text' | 'json';
};

export function addNotify(program: Command, screen: Screen, answer: (code: number) => void): void {
  withAccount(program.command('notify'))
    .description('send a marked test message through each channel that is set up, and say what happened')
    .option('--test', 'what is sent; there is nothing else that this command sends')
    .option('--stage <stage>', 'which deployment', parseStage, 'prod')
    .option('--config <file>', 'says which channels are on (default: postern.yml, if it is here)')
    .option('--topic-arn <arn>', "another topic than the deployment's")
    .option('--bus <name>', "another event bus than the deployment's")
    .option('--slack-secret <name>', "another secret than the deployment's; turns Slack on for this once")
    .option('--slack-api-url <url>', "another address than Slack's own, such as GovSlack's")
    .option('--dry-run', 'print the message and send nothing')
    .option('--format <format>', 'text or json', parseFormat, 'text')
    .action(async (options: NotifyOptions) => {
      if (options.test !== true)
        throw new QuestionError(
          'what is to be sent? So far only a test message can be: postern notify --test',
        );
      const { config } = await loadConfig(options.config);
      const channels = channelsSetUp(config, options);
      const clock = (): Date => new Date();
      if (options.dryRun === true) {
        const text = testMessage(options.region, clock);
        if (options.format === 'json') screen.json({ channels, text });
        else screen.lines([`nothing is sent; to ${channels.join(', ')} this would be`, '', text.trimEnd()]);
        return;
      }
      const trials = await tryChannels({ ...options, channels, clock });
      if (options.format === 'json') screen.json(trials);
      else
        for (const { channel, state, what } of trials) {
          const mark = state === 'sent' ? screen.style.green('sent  ') : screen.style.red('failed');
          screen.lines(wrap([`${mark}  ${channel}: ${plainLines(what.replaceAll('\n', ' '))}`]));
        }
      answer(trials.every(({ state }) => state === 'sent') ? 0 : 1);
    });
}
