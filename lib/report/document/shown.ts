/** Control and format characters, bidirectional marks, halves of a pair, what is no character, and tags that nobody sees. */
const UNSAFE =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff\u{e0000}-\u{e007f}]/gu;

/**
 * Untrusted text as another tool's pages may show it: on one line, with what would act or hide spelt out as `\u202e`, and cut after
 * `longest` UTF-16 units. What is special in the format is still to be escaped.
 */
export function shown(text: string, longest: number): string {
  const head = text.length > longest ? text.slice(0, longest + 1) : text;
  const safe = head.replaceAll(UNSAFE, (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16);
    return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
  });
  return cut(safe, longest);
}

/** A text of at most that many UTF-16 units, with `…` for what is left out and no pair cut in two. */
export function cut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  return `${text.slice(0, Math.max(0, longest - 1)).replace(/[\ud800-\udbff]$/, '')}…`;
}
