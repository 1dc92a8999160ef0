import type { Command } from 'commander';
import {
  acceptedLines,
  answeredLines,
  changeHtml,
  changeLines,
  clusterChange,
  clusterChangeLines,
  exceptionsOf,
  failsGate,
  intentOf,
  judgedChange,
  loadConfig,
  loadKubernetes,
  loadSnapshots,
  opensSomething,
  QuestionError,
  SEVERITIES,
  toChangeJson,
  toClusterChangeJson,
  type Severity,
} from '#app';
import { inFormats, parseSeverity, withConfig } from '../options.ts';
import { printTo } from '../output.ts';
import type { Screen } from '../screen.ts';

type DiffOptions = {
  readonly format: 'text' | 'json' | 'html';
  readonly output?: string;
  readonly config?: string;
  readonly kubernetes?: true;
  readonly failOn?: Severity | 'never';
};

export function addDiff(program: Command, screen: Screen, answer: (code: number) => void): void {
  withConfig(inFormats(program.command('diff'), ['json', 'html']))
    .description(
      'flows opened and closed between two snapshots; exits with 1 if any opened that is neither meant nor accepted',
    )
    .argument('<before>', 'a snapshot, or a folder of manifests')
    .argument('<after>', 'a snapshot, or a folder of manifests')
    .option('--kubernetes', 'both are manifests: files, folders, or one of them - for stdin')
    .option(
      '--fail-on <severity>',
      'exit with 1 only by a new finding of this severity, or never',
      parseSeverity,
    )
    .action(async (before: string, after: string, options: DiffOptions) => {
      const ask = options.kubernetes === true ? askClusters : askAccounts;
      answer((await ask(before, after, options, screen)) ? 1 : 0);
    });
}

/** Whether the change fails the gate. */
async function askClusters(
  before: string,
  after: string,
  { format, output, failOn, config }: DiffOptions,
  screen: Screen,
): Promise<boolean> {
  if (format === 'html') throw new QuestionError('a diff of clusters is told as text or json');
  if (before === '-' && after === '-')
    throw new QuestionError('both sides cannot come from stdin: name a file or a folder for one of them');
  const meant = intentOf((await loadConfig(config)).config);
  const change = clusterChange(await loadKubernetes(before), await loadKubernetes(after), meant);
  await printTo(output, screen, (out) => {
    if (format === 'json') out.json(toClusterChangeJson(change));
    else out.lines(clusterChangeLines(change, out.style));
  });
  return failsGate(change, failOn);
}

async function askAccounts(
  before: string,
  after: string,
  options: DiffOptions,
  screen: Screen,
): Promise<boolean> {
  const { format, output, failOn } = options;
  const now = new Date();
  const [was, is] = [await loadSnapshots(before), await loadSnapshots(after)];
  const change = await judgedChange(was, is, undefined, options);
  const { config } = await loadConfig(options.config);
  const said = {
    meant: intentOf(config),
    assertions: config.assertions,
    exceptions: exceptionsOf(config.exceptions),
  };
  await printTo(output, screen, (out) => {
    if (format === 'html') out.text(changeHtml(was, is, said, now.toISOString()));
    else if (format === 'json') out.json(toChangeJson(change, change));
    else
      out.lines([
        ...changeLines(change, out.style),
        ...acceptedLines(change.accepted, out.style),
        ...answeredLines(change, out.style),
      ]);
  });
  const limit = failOn === undefined || failOn === 'never' ? undefined : SEVERITIES.indexOf(failOn);
  const isOver = change.opened.some(({ severity }) => SEVERITIES.indexOf(severity) <= (limit ?? -1));
  return failOn === undefined ? opensSomething(change) && !change.isAnsweredFor : isOver;
}
