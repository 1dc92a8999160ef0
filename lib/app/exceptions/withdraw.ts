import { fingerprint as fingerprintText } from '../config/exception-schema.ts';
import { USUAL } from '../config/load-config.ts';
import type { DeskOptions } from '../desk/desk.ts';
import { QuestionError } from '../question-error.ts';
import { changeFile } from './change-file.ts';
import { asked, deployedNotes } from './deployed-notes.ts';
import { exceptionHistory, keepException, type KeptException } from './kept-exceptions.ts';
import { withoutException } from './without-exception.ts';

export type WithdrawOptions = DeskOptions & {
  readonly reason?: string;
  readonly config?: string;
  /** Set to withdraw what is in a deployment's table. */
  readonly stage?: string;
  readonly table?: string;
  readonly clock: () => Date;
};

export type Withdrawn = {
  /** The file or table that it was in. */
  readonly where: string;
  /** What was accepted of it before, by the table: that stays on record. */
  readonly earlier: readonly KeptException[];
};

/**
 * Takes back that one finding was accepted: it is a finding like any other again, and a deployment alerts to it.
 *
 * @throws QuestionError if there is no such exception, or the file or table cannot be written
 */
export async function withdraw(fingerprint: string, options: WithdrawOptions): Promise<Withdrawn> {
  const name = fingerprintText.safeParse(fingerprint);
  if (!name.success)
    throw new QuestionError(
      `"${fingerprint}" is no fingerprint: one is like 7c1e-94ab, at the end of a finding`,
    );
  const { stage } = options;
  return stage === undefined ? fromFile(name.data, options) : fromTable(name.data, { ...options, stage });
}

async function fromFile(fingerprint: string, { config = USUAL }: WithdrawOptions): Promise<Withdrawn> {
  await changeFile(config, (text) => withoutException(text, config, fingerprint));
  return { where: config, earlier: [] };
}

async function fromTable(
  fingerprint: string,
  options: WithdrawOptions & { readonly stage: string },
): Promise<Withdrawn> {
  const { notes, table, by } = await deployedNotes(options);
  const earlier = await asked(() => exceptionHistory(notes, fingerprint));
  const last = earlier.at(-1);
  if (last === undefined || last.withdrawn === true)
    throw new QuestionError(
      `nobody accepted ${fingerprint} in the table ${table}: what is accepted in a postern.yml is withdrawn there`,
    );
  const at = options.clock().toISOString();
  const { reason = last.reason } = options;
  await asked(() => keepException(notes, { ...last, reason, withdrawn: true, by, at }));
  return { where: `the table ${table}`, earlier };
}
