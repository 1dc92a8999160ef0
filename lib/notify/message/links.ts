import type { Alert } from '#findings';
import { isVisible, visible } from './visible.ts';

/** Longest address that is shown: one that had to be cut would lead nowhere. */
const LONGEST_URL = 1_000;
const SHOWN = 4;

/** Links that are safe to show: web addresses without characters that end a link in any channel. */
export function linksOf({ links }: Alert): readonly { readonly text: string; readonly url: string }[] {
  return links
    .filter(
      ({ url }) => url.length <= LONGEST_URL && /^https:\/\/[^\s<>|"'`\\]+$/.test(url) && isVisible(url),
    )
    .slice(0, SHOWN)
    .map(({ text, url }) => ({ text: visible(text, 60) || 'link', url }));
}
