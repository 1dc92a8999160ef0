/** Control and format characters, what only looks like text, halves of a pair, and what XML (which SNS and SQS speak) forbids. */
const UNSAFE =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff\u{e0000}-\u{e007f}]/gu;

/** Longest untrusted text that a message quotes. */
const LONGEST = 200;

/**
 * Untrusted text made safe for people: what would act or hide is spelt out as `\u001b`, and what is longer than `longest` is cut. It
 * is one line.
 */
export function visible(text: string, longest = LONGEST): string {
  // What is cut away anyway need not be spelt out first.
  return shortened(escaped(text.length > longest ? shortened(text, longest + 1) : text), longest);
}

/** Whether a text shows as it is: then a command may be pasted from a message. */
export function isVisible(text: string): boolean {
  return text.search(UNSAFE) === -1;
}

/** A text of at most that many UTF-16 units, cut between words if there is a gap near the end, with `…` for what is left out. */
export function shortened(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const cut = text.slice(0, Math.max(0, longest - 1)).replace(/[\ud800-\udbff]$/, '');
  const gap = cut.lastIndexOf(' ');
  return `${gap > longest * 0.7 ? cut.slice(0, gap) : cut}…`;
}

function escaped(text: string): string {
  return text.replaceAll(UNSAFE, (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16);
    return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
  });
}
