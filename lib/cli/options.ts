import { InvalidArgumentError, type Command } from 'commander';
import { SEVERITIES, type Severity, type Target } from '#app';

export type CommonOptions = Target & { readonly format: 'text' | 'json' };

/** The options that every question has. */
export function withQuestion(command: Command): Command {
  return withSnapshot(command).option('--format <format>', 'text or json', parseFormat, 'text');
}

/** The option that says what is meant. */
export function withConfig(command: Command): Command {
  return command.option(
    '--config <file>',
    'what is meant and what was accepted (default: postern.yml, if it is here)',
  );
}

/** The same for a question whose answer comes in more formats, and may go to a file. */
export function withFormats(command: Command, formats: readonly string[]): Command {
  return inFormats(withSnapshot(command), formats);
}

/** The options of an answer in several formats. */
export function inFormats(command: Command, formats: readonly string[]): Command {
  const all = ['text', ...formats];
  return command
    .option(
      '--format <format>',
      all.join(', '),
      (text) => {
        if (!all.includes(text)) throw new InvalidArgumentError(`it is one of ${all.join(', ')}`);
        return text;
      },
      'text',
    )
    .option('--output <file>', 'write the answer to a file instead of printing it');
}

function withSnapshot(command: Command): Command {
  return withAccount(command)
    .option(
      '--snapshot <file>',
      'a saved snapshot, a folder of describe outputs, a file of several targets, or - for stdin',
    )
    .option('--kubernetes <manifests>', 'a manifest file, a folder of them, - for stdin, or live')
    .option('--context <name>', 'the context of the kubeconfig, for --kubernetes live');
}

/** What an answer in one of several formats is asked by. */
export type FormatOptions<Format extends string> = Target & {
  readonly format: Format | 'text';
  readonly output?: string;
};

/** The options that say which live account. */
export function withAccount(command: Command): Command {
  return command
    .option('--profile <name>', 'a profile of the AWS configuration')
    .option('--region <region>', 'the Region to read')
    .option('--role-arn <arn>', 'the reader role to take on')
    .option('--external-id <id>', "what the role's trust policy asks for");
}

export function parseFormat(text: string): 'text' | 'json' {
  if (text !== 'text' && text !== 'json') throw new InvalidArgumentError('it is text or json');
  return text;
}

export function parseDirection(text: string): 'ingress' | 'egress' {
  if (text !== 'ingress' && text !== 'egress') throw new InvalidArgumentError('it is ingress or egress');
  return text;
}

export function parseSeverity(text: string): Severity | 'never' {
  const severity = [...SEVERITIES, 'never' as const].find((known) => known === text);
  if (severity === undefined) throw new InvalidArgumentError(`it is one of ${SEVERITIES.join(', ')}, never`);
  return severity;
}

export function parseCount(text: string): number {
  const n = Number(text);
  if (!Number.isInteger(n) || n < 1) throw new InvalidArgumentError('it is a whole number above 0');
  return n;
}

/** As CloudFormation takes it in names. */
export function parseStage(text: string): string {
  if (!/^[A-Za-z0-9-]{1,20}$/.test(text))
    throw new InvalidArgumentError(
      'it is the --stage of the deployment: letters, digits and hyphens, at most 20',
    );
  return text;
}
