import { safe } from './dom.ts';

/** Wider letters than most: what is reckoned with where nothing can be measured. */
const WIDE_LETTER = 0.64;
const known = new Map<string, string>();
let pen: CanvasRenderingContext2D | null | undefined;

/** A text, cut to fit a width in pixels. `font` is weight and size; the family is the page's. Drawings have no ellipsis of their own. */
export function fitting(text: string, width: number, font: string): string {
  const key = `${font} ${String(width)} ${text}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const whole = safe(text, 120);
  const widthOf = measure(font);
  let fitted = whole;
  if (widthOf(whole) > width) {
    const letters = Array.from(whole);
    let [least, most] = [0, letters.length - 1];
    while (least < most) {
      const middle = (least + most + 1) >> 1;
      if (widthOf(`${letters.slice(0, middle).join('')}\u2026`) <= width) least = middle;
      else most = middle - 1;
    }
    fitted = `${letters.slice(0, least).join('').trimEnd()}\u2026`;
  }
  known.set(key, fitted);
  return fitted;
}

function measure(font: string): (text: string) => number {
  pen ??= document.createElement('canvas').getContext('2d');
  if (pen === null) {
    const size = Number.parseFloat(/[\d.]+(?=px)/.exec(font)?.[0] ?? '14');
    return (text) => text.length * size * WIDE_LETTER;
  }
  const { fontFamily } = getComputedStyle(document.body);
  pen.font = `${font} ${fontFamily}`;
  const own = pen;
  return (text) => own.measureText(text).width;
}
