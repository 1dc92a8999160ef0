/**
 * The value of a command-line flag in any of the forms that Go's flag packages take: `--flag=value`, `--flag value`, `-flag=value`, and `--flag`
 * alone for `true`. The last one counts. `undefined` where it is not given.
 */
export function flagValue(words: readonly string[], name: string): string | undefined {
  let value: string | undefined;
  for (const [i, word] of words.entries()) {
    const [, flag, given] = /^--?([^=\s]+)(?:=(.*))?$/s.exec(word) ?? [];
    if (flag !== name) continue;
    const next = words[i + 1];
    value = given ?? (next !== undefined && /^(?:true|false|0|1)$/i.test(next) ? next : 'true');
  }
  return value;
}

/** As Go reads a boolean. */
export function isTrue(text: string): boolean {
  return /^(?:1|t|true)$/i.test(text);
}
