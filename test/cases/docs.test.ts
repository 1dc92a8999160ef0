import { readFileSync, writeFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { format } from 'prettier';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { CHECK_IDS, CHECK_INFO, REMARK_INFO } from '#findings';
import { checksPage, reportJsonSchema } from '#report';
import { configJsonSchema } from '../../lib/app/config/config-json-schema.ts';
import { intentOf } from '../../lib/app/config/intent-of.ts';
import { parseConfig } from '../../lib/app/config/parse-config.ts';

/** Pages that are made from the code. `UPDATE_CASES=1` writes them; without it one that is stale, or not there, fails. */
const PAGES: Readonly<Record<string, () => string>> = {
  'docs/checks.md': checksPage,
  'docs/report-schema.json': () => JSON.stringify(reportJsonSchema()),
  'docs/postern.schema.json': () => JSON.stringify(configJsonSchema()),
};

describe('what docs/ has from the code', () => {
  it.each(Object.entries(PAGES))('%s is of today', async (file, make) => {
    const text = await format(make(), { filepath: file, printWidth: 110 });
    if (process.env['UPDATE_CASES'] === '1') writeFileSync(file, text);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it.each(CHECK_IDS)('%s is told in whole sentences', (id) => {
    const { title, ...words } = CHECK_INFO[id];
    expect(title).toMatch(/^[A-Z].*[^.]$/);
    for (const text of Object.values(words)) expect(text).toMatch(/^[A-Z].*\.$/s);
    expect(CHECK_INFO[id].reason.length).toBeGreaterThan(40);
  });
});

describe('remarks', () => {
  it.each(Object.entries(REMARK_INFO))('%s is told in whole sentences', (_, { title, reason, example }) => {
    expect(title).toMatch(/^[A-Z].*[^.]$/);
    for (const text of [reason, example]) expect(text).toMatch(/^[A-Z`].*\.$/s);
  });
});

describe('docs/config.md', () => {
  const [example = ''] = /(?<=^```yaml\n)[^]*?(?=^```$)/m.exec(readFileSync('docs/config.md', 'utf8')) ?? [];

  it('has an example that says something under every key, and is a configuration', () => {
    const config = parseConfig(example, 'docs/config.md');
    const nothing = parseConfig('', 'postern.yml');
    expect(Object.keys(parse(example) as object).toSorted()).toEqual(Object.keys(nothing).toSorted());
    expect(intentOf(config).zones.map(({ name }) => name)).toEqual(['card-data', 'shop', 'build', 'site']);
  });

  it('is what editors take by the schema, and what they do not take is refused', () => {
    const isValid = new Ajv({ strict: false, validateFormats: false }).compile(configJsonSchema());
    expect([isValid(parse(example)), isValid.errors]).toEqual([true, null]);
    expect(isValid({})).toBe(true);
    for (const wrong of [
      'acounts: own',
      'zones: { a: { vcp: x } }',
      'exceptions: [{ fingerprint: 7c1e-94ab }]',
    ])
      expect([wrong, isValid(parse(wrong))]).toEqual([wrong, false]);
  });
});
