import { parseJson } from '#sources/aws';
import { QuestionError } from './question-error.ts';
import { readText } from './read-text.ts';

/** Reads one JSON file. @throws QuestionError that names the file and the reason */
export async function readJson(path: string): Promise<unknown> {
  const parsed = parseJson(await readText(path));
  if (!parsed.ok) throw new QuestionError(`cannot read ${path}: ${parsed.why}`);
  return parsed.value;
}
