import { digestCsv } from './csv.ts';
import type { Digest } from './digest.ts';
import { digestSubject } from './headline.ts';
import { digestHtmlOf } from './html/mail.tsx';
import { pageOf } from './page-of.ts';
import type { Page } from './page.ts';
import { shorterPage } from './shorter-page.ts';
import { digestTextOf } from './text.ts';

/**
 * Gmail shows the first 102 KB of a mail and hides the rest behind a link, with the end of the page and whatever was to be said there. Whether it counts the
 * bytes of the page or those that travel is told in different ways by those who tried, so both stay below:
 * https://www.spamresource.com/2022/01/what-is-gmail-clipping-and-what-to-do.html
 */
const LARGEST_HTML = 100_000;

/** Entries of a list, and characters of a text, at first and where that is too much. */
const LIMITS = [
  { most: 10, longest: Infinity },
  { most: 6, longest: Infinity },
  { most: 3, longest: Infinity },
  { most: 1, longest: Infinity },
  { most: 1, longest: 40 },
];

/** A digest in all the forms that a mail has. */
export type RenderedDigest = {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly csv: string;
};

/** However many findings there are, the HTML stays below what Gmail shows; the text says the same; every finding is in the CSV. */
export async function renderDigest(digest: Digest): Promise<RenderedDigest> {
  const { html, page } = await fitting(digest);
  return { subject: digestSubject(digest), html, text: digestTextOf(page), csv: digestCsv(digest) };
}

async function fitting(digest: Digest): Promise<{ readonly html: string; readonly page: Page }> {
  let made = { html: '', page: pageOf(digest, 0) };
  for (const { most, longest } of LIMITS) {
    const page = shorterPage(pageOf(digest, most), longest);
    made = { html: await digestHtmlOf(page), page };
    if (travellingSize(made.html) <= LARGEST_HTML) return made;
  }
  return made;
}

/**
 * The size as it travels, in whichever encoding is shorter. Quoted-printable: three bytes for each that is not printable ASCII, or `=`, and a soft line break
 * in every 73. Base64: four for three, in lines of 76.
 */
export function travellingSize(html: string): number {
  const bytes = Buffer.from(html, 'utf8');
  let quoted = 0;
  for (const byte of bytes) quoted += byte === 0x3d || byte < 0x20 || byte > 0x7e ? 3 : 1;
  return Math.ceil(Math.min(quoted * (76 / 73), bytes.length * (4 / 3) * (78 / 76)));
}
