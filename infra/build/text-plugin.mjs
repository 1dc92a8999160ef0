import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

/**
 * `${text(FILE)}` in serverless.yml and what it includes: a file as it is written. `${file(FILE)}` would give the tree that a YAML file
 * holds, and a StackSet takes its template as a text.
 */
export default class TextPlugin {
  configurationVariablesSources = {
    text: {
      resolve: async ({ params: [file], serviceDir }) => ({
        value: await readFile(resolve(serviceDir, file), 'utf8'),
      }),
    },
  };
}
