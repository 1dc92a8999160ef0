import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Blame } from '#findings';
import { personOf, readEvent, type ChangeEvent } from '#sources/aws';
import { judgedChange, type Judge, type JudgedChange } from './judged-change.ts';
import { loadSnapshots, snapshotsOf } from './load.ts';
import { patchedBy } from './patched-by.ts';
import { QuestionError } from './question-error.ts';
import { readJson } from './read-json.ts';

export type ReplayOptions = Judge & {
  readonly snapshot?: string;
  readonly after?: string;
  readonly patch?: string;
};

/**
 * Runs one change event through the on-change path: the event says who and where, the account before and after say what.
 *
 * @param path an event file, or a folder with `event.json` and, unless the options say otherwise, `patch.json`
 * @throws QuestionError if something cannot be read, is no event, or there is no account after the change
 */
export async function replay(
  path: string,
  { snapshot, after, patch, ...judge }: ReplayOptions,
): Promise<JudgedChange> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  const eventFile = isFolder ? join(path, 'event.json') : path;
  const event = readEvent(await readJson(eventFile));
  if (event === undefined)
    throw new QuestionError(`${eventFile} is not an event of the kind "AWS API Call via CloudTrail"`);
  if (snapshot === undefined)
    throw new QuestionError('which account? Give the one before the change with --snapshot');
  const before = await loadSnapshots(snapshot);
  if (after !== undefined) return judgedChange(before, await loadSnapshots(after), blameOf(event), judge);
  const patchFile = patch ?? (isFolder ? join(path, 'patch.json') : join(dirname(path), 'patch.json'));
  if (patch === undefined && !(await isThere(patchFile)))
    throw new QuestionError(
      `what came of it? There is no ${patchFile}: give the account after the change with --after, or a patch with --patch`,
    );
  const patched = patchedBy(await readJson(snapshot), await readJson(patchFile), patchFile);
  return judgedChange(before, snapshotsOf(JSON.stringify(patched), patchFile), blameOf(event), judge);
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function blameOf({ name, actor, time, account, region, isEffective, ids }: ChangeEvent): Blame {
  const { role, mfa, tool, sourceIp } = actor;
  return {
    call: name,
    who: personOf(actor),
    role,
    mfa,
    tool,
    sourceIp,
    time,
    account,
    region,
    isEffective,
    ids,
  };
}
