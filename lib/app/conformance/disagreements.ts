/** Cases whose truth is held to be wrong about the real system, each with the reason and a source. */
export type Disagreements = ReadonlyMap<string, string>;

/** Reads the list in a Markdown text: items such as "- `aws/some-case`: reason". Everything else in it is for people. */
export function readDisagreements(markdown: string): Disagreements {
  const items = markdown.matchAll(/^[-*] `([^`]+)`: (.+(?:\n {2,}.+)*)/gm);
  return new Map([...items].map(([, name = '', reason = '']) => [name, reason.replace(/\s+/g, ' ')]));
}

/** Why a case is not held to be true. The list may name it from further up or further down than the folder that is run. */
export function disagreementOn(list: Disagreements, name: string): string | undefined {
  const isMeant = (entry: string): boolean =>
    entry === name || entry.endsWith(`/${name}`) || name.endsWith(`/${entry}`);
  return [...list].find(([entry]) => isMeant(entry))?.[1];
}
