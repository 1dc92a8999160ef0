import type { KeptShape } from './kept-shape.ts';

/** A kind that is listed, in all namespaces. */
export type ListedKind = {
  /** The API group; empty for the core. */
  readonly group: string;
  /** The versions whose shape is known, the best first; `any` where nothing but the name is read. */
  readonly versions: readonly string[] | 'any';
  readonly resource: string;
  readonly kind: string;
  /** Which members stay; the rest is dropped as it comes. */
  readonly keep: KeptShape;
  /** What is not seen without it. */
  readonly hides: string;
  /** Without it only ways are seen that are not there; none is missed. */
  readonly narrows?: true;
  /** Its objects allow or deny, or say whom others mean that do. */
  readonly isPolicy?: true;
};
