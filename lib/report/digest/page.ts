import type { Severity } from '#findings';

/** A colour by what it means; never the only thing that says so. */
export type Tone = Severity | 'good' | 'quiet';

/** One thing in a list: a finding, an exception, what was not seen. */
export type PageItem = {
  readonly tone: Tone;
  /** A word or two: `CRITICAL`, `in 4 days`. */
  readonly tag: string;
  readonly title: string;
  /** What there is to know beside, a line each. */
  readonly facts: readonly string[];
  /** To be pasted as they are. */
  readonly commands: readonly string[];
  /** Where there is more: an address that is ours, of ASCII. */
  readonly link?: { readonly text: string; readonly url: string };
};

export type PageSection =
  | {
      readonly kind: 'items';
      readonly title: string;
      readonly note?: string;
      readonly items: readonly PageItem[];
      /** What was left out. */
      readonly more?: string;
    }
  | {
      readonly kind: 'weeks';
      readonly title: string;
      readonly note?: string;
      /** From 0 to 100; absent where nothing was recorded. */
      readonly weeks: readonly { readonly label: string; readonly risk?: number }[];
    }
  | {
      readonly kind: 'table';
      readonly title: string;
      readonly note?: string;
      readonly head: readonly string[];
      /** The first cell is a name; `share` is drawn as a bar below it, from 0 to 1. */
      readonly rows: readonly {
        readonly cells: readonly string[];
        readonly share?: number;
        readonly tone: Tone;
      }[];
      readonly more?: string;
    };

/** What a digest says, in its order, whoever shows it: the mail and its text part are made of the same page, so they cannot differ. Texts are safe to see, and not yet escaped for a format. */
export type Page = {
  readonly organisation: string;
  readonly period: string;
  readonly headline: readonly string[];
  readonly figures: readonly {
    readonly label: string;
    readonly value: string;
    readonly note: string;
    readonly tone: Tone;
  }[];
  readonly sections: readonly PageSection[];
  readonly foot: readonly string[];
};
