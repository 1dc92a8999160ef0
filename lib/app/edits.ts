/** How many characters have to be put in, taken out, changed, or swapped with their neighbour to make one text of the other. */
export function edits(one: string, other: string): number {
  const width = other.length + 1;
  let before: readonly number[] = [];
  let above: readonly number[] = Array.from({ length: width }, (_, x) => x);
  for (let y = 1; y <= one.length; y += 1) {
    const row = [y];
    for (let x = 1; x < width; x += 1) {
      const isSame = one[y - 1] === other[x - 1];
      const isSwapped = one[y - 1] === other[x - 2] && one[y - 2] === other[x - 1];
      row.push(
        Math.min(
          (above[x] ?? 0) + 1,
          (row[x - 1] ?? 0) + 1,
          (above[x - 1] ?? 0) + (isSame ? 0 : 1),
          isSwapped ? (before[x - 2] ?? 0) + 1 : Infinity,
        ),
      );
    }
    [before, above] = [above, row];
  }
  return above[other.length] ?? 0;
}
