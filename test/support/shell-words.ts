/**
 * The words of a command as a POSIX shell makes them of quotes and of one kind of expansion, `"$name"`. Anything else that a shell would act on is
 * an error: no command of ours has it.
 */
export function shellWords(command: string, variables: Readonly<Record<string, string>> = {}): string[] {
  const words: string[] = [];
  let word: string | undefined;
  for (let i = 0; i < command.length; i += 1) {
    const character = command[i]!;
    if (character === ' ') {
      if (word !== undefined) words.push(word);
      word = undefined;
      continue;
    }
    word ??= '';
    if (character === "'") {
      const end = command.indexOf("'", i + 1);
      if (end < 0) throw new Error(`a quote is not closed: ${command}`);
      word += command.slice(i + 1, end);
      i = end;
    } else if (character === '"') {
      const [whole, name] = /^"\$(\w+)"/.exec(command.slice(i)) ?? [];
      const value = variables[name ?? ''];
      if (whole === undefined || value === undefined) throw new Error(`not a variable: ${command.slice(i)}`);
      word += value;
      i += whole.length - 1;
    } else if (character === '\\') {
      word += command[(i += 1)] ?? '';
    } else if (/[\w@%+=:,./-]/.test(character)) word += character;
    else throw new Error(`a shell would act on ${character} in: ${command}`);
  }
  return word === undefined ? words : [...words, word];
}
