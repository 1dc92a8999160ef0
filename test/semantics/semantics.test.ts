import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { describe, expect, it } from 'vitest';
import { BEGIN, END, RULES, semantics, testsOf } from './document.ts';

const DOCUMENT = 'lib/sources/aws/README.md';
const COUNTS: Readonly<Record<string, number>> = { SG: 20, NA: 8, EN: 11, RT: 18, LB: 6 };

/** Whatever notes blind spots. */
const SOURCES = ['lib/sources/aws/translate', 'lib/app'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(folder, file), 'utf8')),
);

describe('the rules of AWS', () => {
  it('are all there, each once', () => {
    const numbered = Object.entries(COUNTS).flatMap(([letters, count]) =>
      Array.from({ length: count }, (_, i) => `${letters}${String(i + 1)}`),
    );
    expect(RULES.map(({ id }) => id)).toEqual([...numbered, '§1.6']);
  });

  it.each(RULES)('$id is proved by a test, or told as unknown', (rule) => {
    expect(testsOf(rule).length > 0 || rule.unknown !== undefined).toBe(true);
    for (const page of [rule.page, ...(rule.more ?? [])])
      expect(page).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/.+\.html(?:#[\w-]+)?$/);
  });

  it.each(RULES.flatMap(({ id, tests }) => tests.map(([file, name]) => ({ id, file, name }))))(
    '$id names a test that is there: $name',
    ({ file, name }) => {
      expect(names(file)).toContain(name);
    },
  );

  it.each(RULES.flatMap(({ id, unknown }) => (unknown?.codes ?? []).map((code) => ({ id, code }))))(
    '$id is told by a blind spot that something notes: $code',
    ({ code }) => {
      expect(SOURCES.filter((text) => text.includes(`'${code}'`))).not.toEqual([]);
    },
  );
});

it(`the table in ${DOCUMENT} is made of them`, async () => {
  const whole = readFileSync(DOCUMENT, 'utf8');
  const [before, after] = [whole.indexOf(BEGIN), whole.indexOf(END)];
  expect(before).toBeGreaterThan(-1);
  expect(after).toBeGreaterThan(before);
  const options = await resolveConfig(DOCUMENT);
  const table = await format(semantics(), { ...options, filepath: DOCUMENT });
  const text = `${whole.slice(0, before + BEGIN.length)}\n\n${table}\n${whole.slice(after)}`;
  if (process.env['UPDATE_CASES'] === '1') writeFileSync(DOCUMENT, text);
  expect(text).toBe(readFileSync(DOCUMENT, 'utf8'));
});

/** What the tests and groups of tests of a file are called, as they are written. */
function names(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  return [
    ...text.matchAll(/(?:\b(?:it|describe)(?:\.\w+)?(?:<[^(]*>)?|\]\))\(\s*(['`])((?:(?!\1).)*)\1/gs),
  ].map(([, , name = '']) => name.replace(/\s+/g, ' '));
}
