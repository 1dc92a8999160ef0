/** Columns that a line for people takes at most. */
export const WIDTH = 100;
/** Where a line that is too long goes on. */
const HANG = ' '.repeat(10);
/** A colour's escape sequence, which takes no column. */
const COLOUR = /\u001b\[\d+m/g;

/** Breaks lines between words so that they fit a terminal. A word longer than that stands alone. */
export function wrap(lines: readonly string[], hang = HANG): string[] {
  return lines.flatMap((line) => wrapped(line, hang));
}

function wrapped(line: string, hang: string): string[] {
  if (columns(line) <= WIDTH) return [line];
  const broken: string[] = [];
  let open = '';
  for (const [i, word] of line.split(' ').entries()) {
    const longer = i === 0 ? word : `${open} ${word}`;
    if (columns(longer) > WIDTH && open.trim() !== '') {
      broken.push(open.trimEnd());
      open = hang + word;
    } else open = longer;
  }
  return [...broken, open];
}

function columns(text: string): number {
  return text.replaceAll(COLOUR, '').length;
}
