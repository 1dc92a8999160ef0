const CONTROL =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;
const LONGEST = 200;

/**
 * Untrusted text made safe for a terminal: control characters, escape sequences and bidirectional overrides are shown as
 * `\u001b` instead of acting, and what is longer than 200 characters is cut.
 */
export function plain(text: string): string {
  return plainUpTo(LONGEST, text);
}

/** The same, cut after another number of characters. */
export function plainUpTo(longest: number, text: string): string {
  const safe = escaped(text);
  return safe.length > longest ? `${safe.slice(0, longest)}…` : safe;
}

/** The same for a text of several lines, uncut: only its line ends act. What it escapes stays valid within JSON strings. */
export function plainLines(text: string): string {
  return text.split('\n').map(escaped).join('\n');
}

/** The same uncut: for commands, which are pasted whole or not at all. */
export function escaped(text: string): string {
  return text.replaceAll(
    CONTROL,
    (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}
