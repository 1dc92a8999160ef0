import type { Place } from './place.ts';

const NO_TAGS: ReadonlyMap<string, string> = new Map();

/** Tags decide names and labels only, so one that cannot be read is left out without a word. */
export function tagsOf(place: Place, member = 'Tags'): ReadonlyMap<string, string> {
  const list = place.raw(member);
  if (!Array.isArray(list) || list.length === 0) return NO_TAGS;
  const tags = new Map<string, string>();
  for (const item of list as unknown[]) {
    if (typeof item !== 'object' || item === null) continue;
    const { Key: key, Value: value } = item as { readonly Key?: unknown; readonly Value?: unknown };
    if (typeof key === 'string') tags.set(key, typeof value === 'string' ? value : '');
  }
  return tags;
}

/** The Name tag, unless it is missing or blank. */
export function nameTagOf(tags: ReadonlyMap<string, string>): string | undefined {
  const name = tags.get('Name')?.trim();
  return name === '' ? undefined : name;
}

/** Several sets of tags as one; a later one wins. */
export function mergeTags(...all: readonly ReadonlyMap<string, string>[]): ReadonlyMap<string, string> {
  const filled = all.filter((tags) => tags.size > 0);
  if (filled.length > 1) return new Map(filled.flatMap((tags) => [...tags]));
  return filled[0] ?? NO_TAGS;
}
