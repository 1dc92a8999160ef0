/** Blocks of lines as a change: those that go, then those that come, under comments. */
export function diffText(
  comments: readonly string[],
  old: readonly (readonly string[])[],
  fresh: readonly (readonly string[])[],
): string {
  return [
    ...comments.map((comment) => `# ${comment}`),
    ...old.flat().map((line) => `- ${line}`),
    ...fresh.flat().map((line) => `+ ${line}`),
    '',
  ].join('\n');
}
