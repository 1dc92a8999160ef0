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

/** Names that end in a number and differ only there, in the place of the first of them. */
function foldNumbered(names: readonly string[]): string[] {
  const series = new Map<string, number[]>();
  const items: (string | { readonly stem: string })[] = [];
  for (const name of names) {
    const match = /^(.*-)(0|[1-9]\d{0,5})$/.exec(name);
    const stem = match?.[1];
    if (stem === undefined) {
      items.push(name);
      continue;
    }
    const numbers = series.get(stem);
    if (numbers === undefined) {
      series.set(stem, [Number(match?.[2])]);
      items.push({ stem });
    } else numbers.push(Number(match?.[2]));
  }
  return items.flatMap((item) =>
    typeof item === 'string' ? [item] : runsOf(series.get(item.stem) ?? []).map((run) => item.stem + run),
  );
}

/** `1..3`, `7`. */
function runsOf(numbers: readonly number[]): string[] {
  const runs: { first: number; last: number }[] = [];
  for (const n of numbers.toSorted((a, b) => a - b)) {
    const open = runs.at(-1);
    if (open !== undefined && n === open.last + 1) open.last = n;
    else runs.push({ first: n, last: n });
  }
  return runs.map(({ first, last }) =>
    first === last ? String(first) : `${String(first)}..${String(last)}`,
  );
}
