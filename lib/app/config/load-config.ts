import { readText, readTextIfThere } from '../read-text.ts';
import type { Config } from './config.ts';
import { parseConfig } from './parse-config.ts';

export const USUAL = 'postern.yml';

export type LoadedConfig = {
  readonly config: Config;
  /** The file that it is from; absent: there was none, and every setting has its default. */
  readonly file?: string;
};

/**
 * The configuration of a file; where none is named, that of `postern.yml` here, if it is there.
 *
 * @throws QuestionError if the file that was named cannot be read, or one is not a configuration
 */
export async function loadConfig(
  file: string | undefined,
  { mayBeAbsent = file === undefined }: { readonly mayBeAbsent?: boolean } = {},
): Promise<LoadedConfig> {
  const path = file ?? USUAL;
  const text = mayBeAbsent ? await readTextIfThere(path) : await readText(path);
  if (text === undefined) return { config: parseConfig('', USUAL) };
  return { config: parseConfig(text, path), file: path };
}
