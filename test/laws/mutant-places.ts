/** Where a mutant's text stands in a file, wherever its lines break. */
export function placesOf(find: string, text: string): readonly RegExpExecArray[] {
  const letters = find.replaceAll(/\s/g, '').split('');
  const pattern = letters.map((letter) => letter.replace(/[^\w]/, String.raw`\$&`)).join(String.raw`\s*`);
  return [...text.matchAll(new RegExp(pattern, 'g'))];
}
