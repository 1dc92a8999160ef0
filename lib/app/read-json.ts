import { readFile } from 'node:fs/promises';
import { QuestionError } from './question-error.ts';

/** Reads one JSON file. @throws QuestionError that names the file and the reason */
export async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as unknown;
  } catch (error) {
    throw new QuestionError(`cannot read ${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
