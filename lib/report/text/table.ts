/** Columns as wide as their widest cell, two spaces apart; the last column is left ragged. */
export function table(rows: readonly (readonly string[])[], indent = '  '): string[] {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, i) => (widths[i] = Math.max(widths[i] ?? 0, cell.length)));
  return rows.map((row) => (indent + row.map((cell, i) => (i === row.length - 1 ? cell : cell.padEnd(widths[i]!))).join('  ')).trimEnd());
}

/** `1 host`, `3 hosts`. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString('en-US')} ${n === 1 ? one : many}`;
}

/** Names joined for people; runs of numbered names fold: `api-1..3`. */
export function nameList(names: readonly string[], most = 6): string {
  const unique = [...new Set(names)];
  const folded = foldNumbered(unique);
  if (folded.length <= most) return folded.join(', ');
  return `${folded.slice(0, most - 1).join(', ')} and ${String(folded.length - most + 1)} more`;
}

function foldNumbered(names: readonly string[]): string[] {
  const groups = new Map<string, number[]>();
  const order: string[] = [];
  for (const name of names) {
    const match = /^(.*-)(\d{1,6})$/.exec(name);
    const stem = match?.[1] ?? name;
    if (!groups.has(stem)) order.push(stem);
    const numbers = groups.get(stem) ?? [];
    if (match !== null) numbers.push(Number(match[2]));
    groups.set(stem, numbers);
  }
  return order.flatMap((stem) => {
    const numbers = groups.get(stem)!.toSorted((a, b) => a - b);
    if (numbers.length === 0) return [stem];
    const runs: string[] = [];
    for (let i = 0; i < numbers.length; ) {
      let j = i;
      while (j + 1 < numbers.length && numbers[j + 1] === numbers[j]! + 1) j += 1;
      runs.push(i === j ? `${stem}${String(numbers[i])}` : `${stem}${String(numbers[i])}..${String(numbers[j])}`);
      i = j + 1;
    }
    return runs;
  });
}
