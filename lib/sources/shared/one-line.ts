/** Control characters (C0, DEL, C1), the Unicode line ends, and the marks that turn text round for the reader. */
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g;

/** Text from outside as it may stand in a sentence: one line, no control characters, at most `longest` characters. */
export function oneLine(text: string, longest = 300): string {
  const line = text.replace(UNSAFE, ' ').trim();
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}
