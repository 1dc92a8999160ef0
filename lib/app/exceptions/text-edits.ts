/** A piece of a text, and what comes in its place. */
export type TextEdit = { readonly start: number; readonly end: number; readonly text: string };

/** The text with all of these, none of which overlaps another. */
export function replaced(text: string, edits: readonly TextEdit[]): string {
  return edits
    .toSorted((a, b) => b.start - a.start)
    .reduce((done, edit) => done.slice(0, edit.start) + edit.text + done.slice(edit.end), text);
}

/** Where the line of an offset begins. */
export function lineStart(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

/** Where the line after that of an offset begins; the end of the text for its last one. */
export function lineEnd(text: string, offset: number): number {
  const at = text.indexOf('\n', Math.max(0, offset));
  return at < 0 ? text.length : at + 1;
}

/** Edits a text as if its lines ended in `\n` alone: where all end in `\r\n`, they do so afterwards. */
export function withOwnLineBreaks(text: string, edit: (text: string) => string): string {
  const isWindows = text.includes('\r\n') && !/(?<!\r)\n/.test(text);
  return isWindows ? edit(text.replaceAll('\r\n', '\n')).replaceAll('\n', '\r\n') : edit(text);
}
