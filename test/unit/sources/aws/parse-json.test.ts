import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scanJson } from '../../../../lib/sources/aws/snapshot-file/json-scan.ts';
import { grouped, parseJson } from '../../../../lib/sources/aws/snapshot-file/parse-json.ts';

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Texts near JSON: values, written with spaces or not, with some characters changed. */
const nearJson = fc
  .tuple(
    fc.jsonValue({ maxDepth: 4 }),
    fc.constantFrom(undefined, 1),
    fc.array(fc.tuple(fc.nat(200), fc.constantFrom(...Array.from('{}[]",:0-.eE+tn\\u\n \u0001x'))), {
      maxLength: 3,
    }),
  )
  .map(([value, space, changes]) => {
    let text = JSON.stringify(value, null, space);
    for (const [at, char] of changes)
      text = text.slice(0, at % (text.length + 1)) + char + text.slice(at + 1);
    return text;
  });

describe('scanJson', () => {
  it('finds whole exactly what JSON.parse takes', () => {
    fc.assert(
      fc.property(nearJson, (text) => {
        expect(scanJson(text, 1_000).kind === 'whole').toBe(parses(text));
      }),
      { numRuns: 3_000 },
    );
  });

  it('finds cut every beginning of an object', () => {
    const objects = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }));
    fc.assert(
      fc.property(objects, fc.nat(), (object, length) => {
        const text = JSON.stringify(object);
        const part = text.slice(0, 1 + (length % (text.length - 1)));
        expect(scanJson(part, 1_000).kind).toBe('cut');
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('parseJson says why not', () => {
  it.each([
    ['', 'it is empty'],
    [' \n\t', 'it is empty'],
    ['{"Vpcs": [', 'it ends in the middle of a list at byte 10. Was the file cut off?'],
    ['{"Vpcs": ', 'it ends in the middle of an object at byte 9. Was the file cut off?'],
    ['{"Vpc', 'it ends in the middle of an object at byte 5. Was the file cut off?'],
    ['{"a": tru', 'it ends in the middle of an object at byte 9. Was the file cut off?'],
    ['{"a": -', 'it ends in the middle of an object at byte 7. Was the file cut off?'],
    ['{"a": 1', 'it ends in the middle of an object at byte 7. Was the file cut off?'],
    ['{"é', 'it ends in the middle of an object at byte 4. Was the file cut off?'],
    ['"abc', 'it ends in the middle of a text at byte 4. Was the file cut off?'],
    ['tru', 'it ends in the middle of a word at byte 3. Was the file cut off?'],
    ['<html>', 'it is not JSON: unexpected "<" at line 1, column 1'],
    ['hello', 'it is not JSON: unexpected "h" at line 1, column 1'],
    ['{"a": 1,}', 'it is not JSON: unexpected "}" at line 1, column 9'],
    ['{\n "a": 01\n}', 'it is not JSON: unexpected "0" at line 2, column 7'],
    ["{'a': 1}", 'it is not JSON: unexpected "\'" at line 1, column 2'],
    ['{"a": 1} {"b": 2}', 'it is not JSON: unexpected "{" at line 1, column 10'],
    ['[1 2]', 'it is not JSON: unexpected "2" at line 1, column 4'],
    ['{"a" 1}', 'it is not JSON: unexpected "1" at line 1, column 6'],
    ['{"a": "x\u001b[31m"}', 'it is not JSON: a control character at line 1, column 9'],
    ['{"a": "\\x"}', 'it is not JSON: unexpected "x" at line 1, column 9'],
    ['[]]', 'it is not JSON: unexpected "]" at line 1, column 3'],
  ])('%j', (text, why) => {
    expect(parseJson(text)).toMatchObject({ ok: false, why });
  });

  it('however deep it is nested', () => {
    for (const text of [
      '['.repeat(100_000),
      '{"a":'.repeat(100_000),
      '['.repeat(100_000) + ']'.repeat(100_000),
    ]) {
      const parsed = parseJson(text);
      expect(parsed).toMatchObject({ ok: false, isCut: false });
      expect(parsed.ok ? '' : parsed.why).toMatch(/nested more than 100 levels deep/);
    }
  });

  it('and takes what is a hundred deep', () => {
    expect(parseJson('['.repeat(100) + ']'.repeat(100)).ok).toBe(true);
    expect(parseJson('['.repeat(101) + ']'.repeat(101)).ok).toBe(false);
  });
});

it.each([
  [0, '0'],
  [999, '999'],
  [1_000, '1,000'],
  [81_920, '81,920'],
  [1_234_567, '1,234,567'],
])('%d is written %s', (number, text) => {
  expect(grouped(number)).toBe(text);
});
