/** Columns that a line of a mail takes: what plain-text mail readers show without breaking it once more. */
const MAIL_COLUMNS = 76;

/** A text as lines, broken between words; the first begins with `first`, the others with `hang`. A word that is too long stands alone. */
export function wrapped(text: string, first: string, hang = ' '.repeat(first.length)): readonly string[] {
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  for (const word of text.split(' ')) {
    if (!isEmpty && line.length + 1 + word.length > MAIL_COLUMNS) {
      lines.push(line);
      line = hang;
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  lines.push(line);
  return lines.map((one) => one.trimEnd());
}
