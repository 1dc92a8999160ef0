import { writeOutput } from '#app';
import { Screen } from './screen.ts';

/**
 * Lets `answer` print on the screen; or, where a file is named, on a plain one whose text goes to that file once the answer is whole.
 *
 * @throws QuestionError if the file cannot be written
 */
export async function printTo(
  file: string | undefined,
  screen: Screen,
  answer: (out: Screen) => void,
): Promise<void> {
  if (file === undefined) {
    answer(screen);
    return;
  }
  let text = '';
  answer(
    new Screen({ out: (part) => (text += part), err: () => undefined, isTerminal: false, noColour: true }),
  );
  await writeOutput(file, text);
}
