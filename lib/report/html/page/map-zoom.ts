import { h } from './dom.ts';
import type { Placed } from './map-placed.ts';

/** How many steps there are to a smaller and to a larger drawing; each is a quarter. */
const LEAST = -4;
const MOST = 8;

/** How large a drawing is shown: fitted to its frame, or as somebody chose. */
export class Zoom {
  readonly element: HTMLElement;
  readonly #drawing: SVGSVGElement;
  #step = 0;
  #size: Pick<Placed, 'width' | 'height'> = { width: 0, height: 0 };

  constructor(drawing: SVGSVGElement) {
    this.#drawing = drawing;
    const button = (text: string, label: string, click: () => void): HTMLElement =>
      h('button', { type: 'button', class: 'button', 'aria-label': label, click }, text);
    this.element = h(
      'span',
      { class: 'zoom' },
      button('−', 'Smaller', () => this.#set(this.#step - 1)),
      button('Fit', 'Fit the map to its frame', () => this.#set(0)),
      button('+', 'Larger', () => this.#set(this.#step + 1)),
    );
  }

  /** Shows another drawing as large as the one before. */
  fit(size: Pick<Placed, 'width' | 'height'>): void {
    this.#size = size;
    this.#set(this.#step);
  }

  #set(step: number): void {
    this.#step = Math.max(LEAST, Math.min(MOST, step));
    const { width, height } = this.#size;
    this.#drawing.setAttribute(
      'viewBox',
      `0 -12 ${String(Math.max(width, 1))} ${String(Math.max(height + 12, 1))}`,
    );
    const isFitted = this.#step === 0;
    this.#drawing.style.width = isFitted ? '' : `${String(width * 1.25 ** this.#step)}px`;
    this.#drawing.style.maxWidth = isFitted ? `${String(Math.max(width, 1) * 1.15)}px` : 'none';
    this.#drawing.style.minWidth = isFitted ? `${String(width * 0.62)}px` : '0';
  }
}
