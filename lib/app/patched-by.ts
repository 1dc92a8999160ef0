import { applyPatch, type Operation } from 'rfc6902';
import { QuestionError } from './question-error.ts';

/** The document after an RFC 6902 patch. @throws QuestionError that names the operation that does not apply */
export function patchedBy(document: unknown, patch: unknown, file: string): unknown {
  if (!Array.isArray(patch))
    throw new QuestionError(`${file} is not a patch: RFC 6902 wants a list of operations`);
  const copy = structuredClone(document);
  const problems = applyPatch(copy, patch as Operation[]);
  for (const [i, problem] of problems.entries()) {
    if (problem !== null)
      throw new QuestionError(`${file}: operation ${String(i)} does not apply: ${problem.message}`);
  }
  return copy;
}
