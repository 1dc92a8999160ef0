import { failureOf, isCredentialFailure } from '#sources/aws';
import { notTold, told, type Told } from '../told.ts';

/**
 * Asks AWS something that a check needs. A refusal is an answer about who asked, so it is told as what was not told.
 *
 * @param action the IAM action that permits it
 */
export async function ask<T>(action: string, work: () => Promise<T>): Promise<Told<T>> {
  try {
    return told(await work());
  } catch (error) {
    const failure = failureOf(error);
    const why = `${action}: ${failure.text}`;
    if (isCredentialFailure(failure))
      return notTold(why, { remedy: 'Log in again, or name other credentials with --profile' });
    if (failure.code === 'denied')
      return notTold(why, { remedy: `Grant ${action} to whoever runs postern doctor` });
    return notTold(why, { remedy: 'Try again' });
  }
}

/** The same for something that may not be there: `undefined` is then the answer. */
export async function askFor<T>(action: string, work: () => Promise<T>): Promise<Told<T | undefined>> {
  return ask(action, async () => {
    try {
      return await work();
    } catch (error) {
      if (failureOf(error).code === 'dangling') return undefined;
      throw error;
    }
  });
}
