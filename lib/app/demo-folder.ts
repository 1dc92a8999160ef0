import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { QuestionError } from './question-error.ts';

/** The bundled account lies beside the source, or beside the built file in a package. @throws QuestionError if it does not */
export function demoFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (let up = 0; up < 5; up += 1, folder = dirname(folder)) {
    const candidate = join(folder, 'examples', 'demo-account');
    if (existsSync(join(candidate, 'account.json'))) return candidate;
  }
  throw new QuestionError('the demo account is not here: it is in examples/demo-account of the package');
}
