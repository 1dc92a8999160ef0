import { audit, latent, type Finding } from '#findings';
import { fingerprint as fingerprintText, type WrittenException } from '../config/exception-schema.ts';
import { intentOf } from '../config/intent-of.ts';
import { loadConfig, USUAL } from '../config/load-config.ts';
import type { DeskOptions } from '../desk/desk.ts';
import { loadAnalysis } from '../load.ts';
import { QuestionError } from '../question-error.ts';
import { changeFile } from './change-file.ts';
import { asked, deployedNotes } from './deployed-notes.ts';
import { exceptionHistory, keepException, type KeptException } from './kept-exceptions.ts';
import { lastDay } from './last-day.ts';
import { withException } from './with-exception.ts';

export type AcceptOptions = DeskOptions & {
  readonly owner: string;
  readonly reason: string;
  readonly until: string;
  /** The file; by default `postern.yml` here. */
  readonly config?: string;
  /** Set to keep it in a deployment's table instead of a file. */
  readonly stage?: string;
  readonly table?: string;
  /** Where the finding is looked up, so that what is accepted is known. */
  readonly snapshot?: string;
  readonly clock: () => Date;
};

export type Accepted = {
  readonly exception: WrittenException;
  /** The file or table that it is in now. */
  readonly where: string;
  /** The finding as the snapshot has it; absent where there is no snapshot, or it has none. */
  readonly finding?: Finding;
  /** What was accepted of it before, by the table. */
  readonly earlier: readonly KeptException[];
};

/**
 * Accepts one finding until a day, in the configuration file or in a deployment's table.
 *
 * @throws QuestionError if the fingerprint, a text or the day cannot be taken, or the file or table cannot be written
 */
export async function accept(fingerprint: string, options: AcceptOptions): Promise<Accepted> {
  const { snapshot, stage, clock } = options;
  const name = fingerprintText.safeParse(fingerprint);
  if (!name.success)
    throw new QuestionError(
      `"${fingerprint}" is no fingerprint: one is like 7c1e-94ab, at the end of a finding`,
    );
  const finding = snapshot === undefined ? undefined : await lookUp(name.data, snapshot, options.config);
  const exception: WrittenException = {
    fingerprint: name.data,
    owner: said('--owner', options.owner),
    reason: said('--reason', options.reason),
    until: lastDay(options.until, clock()),
    ...(finding && {
      accepted: {
        severity: finding.severity,
        ...(finding.transport && { flows: finding.transport.toString() }),
      },
    }),
  };
  const kept =
    stage === undefined ? await inFile(exception, options) : await inTable(exception, { ...options, stage });
  return { exception, ...kept, ...(finding && { finding }) };
}

async function inFile(
  exception: WrittenException,
  { config }: AcceptOptions,
): Promise<Pick<Accepted, 'where' | 'earlier'>> {
  const file = config ?? USUAL;
  await changeFile(file, (text) => withException(text, file, exception), { mayBeAbsent: true });
  return { where: file, earlier: [] };
}

async function inTable(
  exception: WrittenException,
  options: AcceptOptions & { readonly stage: string },
): Promise<Pick<Accepted, 'where' | 'earlier'>> {
  const { notes, table, by } = await deployedNotes(options);
  const earlier = await asked(() => exceptionHistory(notes, exception.fingerprint));
  const at = options.clock().toISOString();
  await asked(() => keepException(notes, { ...exception, by, at }));
  return { where: `the table ${table}`, earlier };
}

async function lookUp(
  fingerprint: string,
  snapshot: string,
  configFile: string | undefined,
): Promise<Finding | undefined> {
  const { analysis } = await loadAnalysis({ snapshot });
  const meant = intentOf((await loadConfig(configFile, { mayBeAbsent: true })).config);
  return [...audit(analysis, meant), ...latent(analysis, meant)].find(
    (finding) => finding.fingerprint === fingerprint,
  );
}

function said(option: string, text: string): string {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.length > 500)
    throw new QuestionError(
      `${option} is a text of 1 to 500 characters: who reads it later has nothing else`,
    );
  return trimmed;
}
