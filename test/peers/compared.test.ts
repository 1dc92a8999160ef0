import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { describe, expect, it } from 'vitest';
import { testName } from './case.ts';
import { CASES } from './cases.ts';
import { compared, type Shown } from './document.ts';

const DOCUMENT = 'docs/compared.md';
const shown: Shown[] = [];

describe.each(Object.entries(CASES))('what others get wrong: %s', (file, cases) => {
  for (const asked of cases) {
    for (const mistake of asked.mistakes) {
      it(testName(asked, mistake), async () => {
        expect(await asked.ask()).toEqual(asked.right);
        shown.push({ asked, mistake, file });
      });
    }
  }
});

it('no two tests have one name', () => {
  const names = Object.values(CASES).flatMap((cases) =>
    cases.flatMap((asked) => asked.mistakes.map((mistake) => testName(asked, mistake))),
  );
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
});

it(`${DOCUMENT} is made of the tests that passed`, async () => {
  const options = await resolveConfig(DOCUMENT);
  const text = await format(compared(shown), { ...options, filepath: DOCUMENT });
  if (process.env['UPDATE_CASES'] === '1') writeFileSync(DOCUMENT, text);
  expect(text).toBe(readFileSync(DOCUMENT, 'utf8'));
});
