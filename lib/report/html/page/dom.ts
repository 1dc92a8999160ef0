import { shown } from '../../document/shown.ts';

type Child = Node | string | undefined | false;

type Attributes = Readonly<Record<string, string | number | boolean | ((event: Event) => void) | undefined>>;

const SVG = 'http://www.w3.org/2000/svg';
/** Longer texts of an account are cut: nobody reads a name of a page's length. */
const LONGEST = 600;

/**
 * An element with its children. Texts become text nodes and attributes attributes, so nothing of an account is ever read as HTML; what would act
 * or hide in a text is spelt out. An attribute that is a function listens to the event of its name.
 */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  return filled(document.createElement(tag), attributes, children);
}

/** The same for a drawing. */
export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[K] {
  return filled(document.createElementNS(SVG, tag), attributes, children);
}

function filled<E extends Element>(element: E, attributes: Attributes, children: readonly Child[]): E {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (typeof value === 'function') element.addEventListener(name, value);
    else if (name === 'aria-label') element.setAttribute(name, shown(String(value), LONGEST));
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  for (const child of children) {
    if (child === undefined || child === false) continue;
    element.append(typeof child === 'string' ? shown(child, LONGEST) : child);
  }
  return element;
}

/** A text of the account as an attribute may hold it. */
export function safe(text: string, longest = LONGEST): string {
  return shown(text, longest);
}

/** Puts new children in the place of all there are. */
export function fill(element: Element, ...children: readonly Child[]): void {
  element.replaceChildren();
  filled(element, {}, children);
}
