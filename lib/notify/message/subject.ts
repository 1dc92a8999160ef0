import type { Alert } from '#findings';
import { visible } from './visible.ts';
import { headlineOf, tagOf } from './wording.ts';

/**
 * SNS takes fewer than 100 characters, without line breaks and control characters; ASCII survives every mail system.
 *
 * https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 */
const LONGEST = 99;
const LONGEST_PLACE = 40;

/**
 * The subject of a mail: `[Postern] CRITICAL SSH on bastion is now open to the whole internet (shop, eu-west-1)`. ASCII, under 100. Where
 * it is too long the Region goes first, then the end of the effect.
 */
export function subjectOf(alert: Alert): string {
  const { account, accountName = '', region } = alert.place;
  const who = ascii(visible(accountName.trim() === '' ? account : accountName));
  const where = ascii(visible(region));
  const effect = `[Postern] ${tagOf(alert)} ${ascii(headlineOf(alert, LONGEST))}`;
  const full = `${effect}${inBrackets([who, where])}`;
  if (full.length <= LONGEST) return full;
  const place = inBrackets([who === '' ? where : who]);
  return `${cut(effect, LONGEST - place.length)}${place}`;
}

/** Any text as a subject that SNS takes. */
export function asciiLine(text: string): string {
  return cut(ascii(visible(text)), LONGEST);
}

function inBrackets(parts: readonly string[]): string {
  const text = parts.filter((part) => part !== '').join(', ');
  return text === '' ? '' : ` (${cut(text, LONGEST_PLACE)})`;
}

/** Letters that have no base letter of their own, and signs that have a plain twin. */
const PLAIN: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  ø: 'o',
  Ø: 'O',
  đ: 'd',
  Đ: 'D',
  ł: 'l',
  Ł: 'L',
  ı: 'i',
  þ: 'th',
  Þ: 'Th',
  '‘': "'",
  '’': "'",
  '“': '"',
  '”': '"',
  '«': '"',
  '»': '"',
  '–': '-',
  '—': '-',
  '·': '-',
  '→': '->',
  '▶': '->',
  '…': '...',
  '×': 'x',
};

/** Accents are dropped, other scripts are a question mark: the text of the mail has them as they are. */
function ascii(text: string): string {
  return text
    .replaceAll(/[^\x20-\x7e]/gu, (character) => PLAIN[character] ?? character)
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .replaceAll(/[^\x20-\x7e]+/g, '?')
    .replaceAll(/ +/g, ' ')
    .trim();
}

/** Cut at a word if there is a gap in the second half, with three dots for what is left out. */
function cut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const short = text.slice(0, longest - 3);
  const gap = text.charAt(short.length) === ' ' ? short.length : short.lastIndexOf(' ');
  return `${(gap > longest / 2 ? short.slice(0, gap) : short).trimEnd()}...`;
}
