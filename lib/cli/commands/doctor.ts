import { InvalidArgumentError, type Command } from 'commander';
import { checkCount, checkLines, loadConfig, runDoctor, type DeskOptions } from '#app';
import { parseFormat, parseStage, withAccount } from '../options.ts';
import type { Screen } from '../screen.ts';

type DoctorCommandOptions = DeskOptions & {
  readonly stage: string;
  readonly regions?: readonly string[];
  readonly config?: string;
  readonly hub?: { readonly account: string; readonly region: string };
  readonly table?: string;
  readonly topicArn?: string;
  readonly slackSecret?: string;
  readonly readerRole: string;
  readonly format: 'text' | 'json';
};

const REGION = /^[a-z]{2}(?:-[a-z]+)+-\d{1,2}$/;

export function addDoctor(program: Command, screen: Screen, answer: (code: number) => void): void {
  withAccount(program.command('doctor'))
    .description(
      'check that an account is set up: trail, forwarders, roles, permissions, channels. It only reads',
    )
    .option('--stage <stage>', 'which deployment', parseStage, 'prod')
    .option('--regions <a,b>', 'these Regions, whatever the configuration says', parseRegions)
    .option(
      '--config <file>',
      'says which accounts, Regions and channels (default: postern.yml, if it is here)',
    )
    .option(
      '--hub <account/region>',
      'where the stack is, when asked with credentials of another account',
      parseHub,
    )
    .option('--table <name>', "the hub's table, where its name is not found")
    .option('--topic-arn <arn>', "another topic than the deployment's")
    .option('--slack-secret <name>', "another secret than the deployment's")
    .option('--reader-role <name>', 'the role in other accounts', 'postern-reader')
    .option('--format <format>', 'text or json', parseFormat, 'text')
    .addHelpText(
      'after',
      '\nExit codes: 0 all is there, 1 something is missing, 2 something could not be asked.\n' +
        'Each account takes some 35 requests, and three more for each Region: with many accounts, minutes.',
    )
    .action(async ({ regions, ...options }: DoctorCommandOptions) => {
      const { config, file } = await loadConfig(options.config);
      const { deployment, account, checks } = await runDoctor({
        ...options,
        config: regions === undefined ? config : { ...config, regions: [...regions] },
        clock: () => new Date(),
        onProgress: (text) => {
          screen.progress(text);
        },
      });
      if (options.format === 'json')
        screen.json({
          stage: deployment.stage,
          hub: { account: deployment.account, region: deployment.region },
          checks,
        });
      else
        screen.lines([
          `stage ${deployment.stage}, hub ${deployment.account} ${deployment.region}, asked by ${account}; ` +
            (file === undefined ? 'no postern.yml here, so the defaults' : `as ${file} says`),
          '',
          ...checkLines(checks, screen.style),
          '',
          checkCount(checks),
        ]);
      if (checks.some(({ state }) => state === 'missing')) answer(1);
      else answer(checks.some(({ state }) => state === 'unknown') ? 2 : 0);
    });
}

function parseRegions(text: string): readonly string[] {
  const regions = text.split(',').map((region) => region.trim());
  if (!regions.every((region) => REGION.test(region)))
    throw new InvalidArgumentError('it is Regions with commas between, such as eu-west-1,us-east-1');
  return regions;
}

function parseHub(text: string): { account: string; region: string } {
  const [account = '', region = ''] = text.split('/');
  if (!/^\d{12}$/.test(account) || !REGION.test(region))
    throw new InvalidArgumentError('it is the account and Region of the hub, such as 111122223333/eu-west-1');
  return { account, region };
}
