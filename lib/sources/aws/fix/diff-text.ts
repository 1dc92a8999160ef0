/** Blocks of lines as a change: those that go, then those that come, under a comment. */
export function diffText(
  comment: string,
  old: readonly (readonly string[])[],
  fresh: readonly (readonly string[])[],
): string {
  return [
    comment,
    ...old.flat().map((line) => `- ${line}`),
    ...fresh.flat().map((line) => `+ ${line}`),
    '',
  ].join('\n');
}
