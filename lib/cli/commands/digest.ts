import type { Command } from 'commander';
import {
  count,
  plainLines,
  previewOf,
  QuestionError,
  sendTestDigest,
  writeOutput,
  type DeskOptions,
} from '#app';
import { parseFormat, parseStage, withAccount } from '../options.ts';
import type { Screen } from '../screen.ts';

type DigestOptions = DeskOptions & {
  readonly preview?: true;
  readonly sendTest?: string;
  readonly stage?: string;
  readonly table?: string;
  readonly bucket?: string;
  readonly config?: string;
  readonly output?: string;
  readonly format: 'text' | 'json';
};

export function addDigest(program: Command, screen: Screen, answer: (code: number) => void): void {
  withAccount(program.command('digest'))
    .description('the weekly mail: see it before it is sent, or send it to one address now')
    .option('--preview', 'print the text of the mail; with --output, keep its HTML as well')
    .option('--output <file>', 'where its HTML goes, to be looked at in a browser')
    .option(
      '--send-test <address>',
      'send it to this address, marked as a test, with the credentials of this desk',
    )
    .option(
      '--stage <stage>',
      'of this deployment; without it, of the bundled account after twelve weeks',
      parseStage,
    )
    .option('--table <name>', "another table than the deployment's")
    .option('--bucket <name>', "another bucket than the deployment's")
    .option('--config <file>', 'who gets it, and when (default: postern.yml, if it is here)')
    .option('--format <format>', 'text, or json for what it is made of', parseFormat, 'text')
    .action(async (options: DigestOptions) => {
      if (options.preview !== true && options.sendTest === undefined)
        throw new QuestionError('what is to be done? postern digest --preview, or --send-test ADDRESS');
      const made = await previewOf(options);
      if (options.output !== undefined) {
        await writeOutput(options.output, made.html);
        screen.note(`the mail is in ${options.output}, ${count(Buffer.byteLength(made.html), 'byte')}`);
      }
      if (options.preview === true) {
        if (options.format === 'json') screen.json(made.digest);
        else screen.lines([`Subject: ${made.subject}`, '', plainLines(made.text.trimEnd())]);
        screen.note(`this is of ${made.whose}`);
      }
      if (options.sendTest !== undefined) {
        const { what } = await sendTestDigest(made, options.sendTest, options);
        screen.lines([what]);
      }
      answer(0);
    });
}
