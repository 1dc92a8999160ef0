/** A question that cannot be answered as it was put: bad input, no access, an ambiguous name. The command line exits with 2. */
export class QuestionError extends Error {
  override readonly name = 'QuestionError';
}
