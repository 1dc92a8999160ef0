import { readFile } from 'node:fs/promises';
import { fileReason } from '#sources/shared';
import { QuestionError } from './question-error.ts';

/** Reads one file of text. @throws QuestionError that names the file and the reason */
export async function readText(path: string): Promise<string> {
  const text = await readTextIfThere(path);
  if (text === undefined)
    throw new QuestionError(
      `cannot read ${path}: there is no such file. Is the name right, from this folder?`,
    );
  return text;
}

/** The same; `undefined` where there is no such file. */
export async function readTextIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new QuestionError(`cannot read ${path}: ${fileReason(error)}`);
  }
}
