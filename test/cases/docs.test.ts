import { readFileSync, writeFileSync } from 'node:fs';
import { format } from 'prettier';
import { describe, expect, it } from 'vitest';
import { CHECK_IDS, CHECK_INFO } from '#findings';
import { checksPage, reportJsonSchema } from '#report';
import { configJsonSchema } from '../../lib/app/config/config-json-schema.ts';

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
