import { oneLine } from '#sources/shared';
import { scanJson } from './json-scan.ts';

export type ParsedJson =
  | { readonly ok: true; readonly value: unknown }
  /** Why not, to be read after "cannot read account.json: ". */
  | { readonly ok: false; readonly why: string; readonly isCut: boolean };

/** AWS nests its answers about ten deep. More than this is no answer, and what walks over it may not run out of stack. */
const DEEPEST = 100;

const INSIDE = { object: 'an object', list: 'a list', text: 'a text', word: 'a word' } as const;

/** Parses JSON from anywhere. `byteAt` tells for an offset in the text which byte of the file it is. */
export function parseJson(text: string, byteAt: (offset: number) => number = utf8ByteAt(text)): ParsedJson {
  const scan = scanJson(text, DEEPEST);
  switch (scan.kind) {
    case 'whole':
      return parseWhole(text);
    case 'empty':
      return { ok: false, why: 'it is empty', isCut: true };
    case 'cut': {
      const where = `in the middle of ${INSIDE[scan.inside]} at byte ${grouped(byteAt(text.length))}`;
      return { ok: false, why: `it ends ${where}. Was the file cut off?`, isCut: true };
    }
    case 'deep':
      return {
        ok: false,
        why: `at byte ${grouped(byteAt(scan.at))} it is nested more than ${DEEPEST} levels deep, which no answer of AWS is`,
        isCut: false,
      };
    case 'wrong':
      return {
        ok: false,
        why: `it is not JSON: ${foundAt(text, scan.at)} at ${lineOf(text, scan.at)}`,
        isCut: false,
      };
  }
}

function parseWhole(text: string): ParsedJson {
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch (error) {
    return {
      ok: false,
      why: `it is not JSON (${error instanceof Error ? error.name : 'Error'})`,
      isCut: false,
    };
  }
}

/** The character there, quoted so that it can be printed. */
function foundAt(text: string, at: number): string {
  const char = String.fromCodePoint(text.codePointAt(at) ?? 0);
  return oneLine(char) === char ? `unexpected ${JSON.stringify(char)}` : 'a control character';
}

function lineOf(text: string, at: number): string {
  const before = text.slice(0, at).split('\n');
  return `line ${grouped(before.length)}, column ${grouped((before.at(-1) ?? '').length + 1)}`;
}

export function utf8ByteAt(text: string): (offset: number) => number {
  return (offset) => Buffer.byteLength(text.slice(0, offset), 'utf8');
}

/** 81920 as people write it: 81,920. */
export function grouped(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ',');
}
