/** Cases whose truth is held to be wrong about the real system, each with the reason and a source. */
export type Disagreements = ReadonlyMap<string, string>;

/**
 * Reads the list in a Markdown text: items such as "- `aws/some-case`: reason". Everything else in it is for people. Names
 * are the cases' as the runner prints them.
 */
export function readDisagreements(markdown: string): Disagreements {
  const items = markdown.matchAll(/^[-*] `([^`]+)`: (.+(?:\n {2,}.+)*)/gm);
  return new Map([...items].map(([, name = '', reason = '']) => [name, reason.replace(/\s+/g, ' ')]));
}
