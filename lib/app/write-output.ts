import { writeFile } from 'node:fs/promises';
import { fileReason } from '#sources/shared';
import { QuestionError } from './question-error.ts';

/** Writes an answer to a file. @throws QuestionError if it cannot be written */
export async function writeOutput(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    throw new QuestionError(`cannot write ${file}: ${fileReason(error)}`);
  }
}
