/** By the name AWS's errors are told apart; of what is no error, something to show. */
export function errorName(error: unknown): string {
  return error instanceof Error ? error.name : String(error);
}
