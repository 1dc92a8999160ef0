/**
 * A time as `Date.toISOString` writes it, in which the order of texts is the order of times.
 *
 * @throws RangeError if the text is no time
 */
export function instant(text: string): string {
  const date = new Date(text);
  if (Number.isNaN(date.getTime()))
    throw new RangeError(`${JSON.stringify(text)} is no time. Pass what Date.toISOString gives.`);
  return date.toISOString();
}
