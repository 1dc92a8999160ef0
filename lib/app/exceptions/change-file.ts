import { QuestionError } from '../question-error.ts';
import { readText, readTextIfThere } from '../read-text.ts';
import { writeOutput } from '../write-output.ts';

/** How often a change is made anew because somebody else wrote meanwhile. */
const MOST_TRIES = 5;

/**
 * Changes a file of text. What somebody else writes between reading and writing is not overwritten: the change is made anew on it.
 *
 * @param mayBeAbsent whether a file that is not there counts as empty
 * @throws QuestionError if it cannot be read or written; whatever the change throws
 */
export async function changeFile(
  file: string,
  change: (text: string) => string,
  { mayBeAbsent = false }: { readonly mayBeAbsent?: boolean } = {},
): Promise<void> {
  let text = await textOf(file, mayBeAbsent);
  for (let tries = 1; ; tries += 1) {
    const changed = change(text);
    const now = await textOf(file, mayBeAbsent);
    if (now === text) return writeOutput(file, changed);
    if (tries === MOST_TRIES)
      throw new QuestionError(`${file} is being written by somebody else: nothing was changed`);
    text = now;
  }
}

async function textOf(file: string, mayBeAbsent: boolean): Promise<string> {
  return mayBeAbsent ? ((await readTextIfThere(file)) ?? '') : readText(file);
}
