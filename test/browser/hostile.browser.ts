import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from 'playwright-core';
import { openBrowser } from './browser.ts';
import { fileOf, hostileReport } from './reports.ts';
import { visit } from './visit.ts';

/** What acts or hides where it is shown. */
const ACTS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069]/u;

let browser: Browser;
let html: string;

beforeAll(async () => {
  browser = await openBrowser();
  html = hostileReport();
});
afterAll(() => browser.close());

describe('names that want to be more than names', () => {
  it('are texts: nothing of them runs, loads, styles or turns the line', async () => {
    const { page, problems } = await visit(browser, fileOf(html));
    expect(await page.evaluate('window.hacked')).toBeUndefined();
    expect(await page.locator('script').count()).toBe(2);
    expect(await page.locator('style').count()).toBe(1);
    expect(await page.locator('img, iframe, object, link').count()).toBe(0);
    for (const finding of await page.locator('.finding').all()) await finding.click();
    for (const node of await page.locator('#map .node').all()) await node.click();
    await page.getByRole('button', { name: 'All ways' }).click();
    await page.getByText('The same as a table').click();
    const shown = await page.evaluate<string>('document.getElementById("page").textContent');
    expect(shown).toContain('</script><script>window.hacked=1</script>');
    expect(shown).not.toMatch(ACTS);
    const attributes = await page.evaluate<string>(
      '[...document.querySelectorAll("#page *")].flatMap((e) => [...e.attributes].map((a) => a.value)).join("\\n")',
    );
    expect(attributes).not.toMatch(ACTS);
    expect(await page.evaluate('window.hacked')).toBeUndefined();
    expect(await page.locator('#page').isVisible()).toBe(true);
    expect(problems).toEqual([]);
  });

  it('would do nothing if they were taken for code: the policy lets only the page’s own run', async () => {
    const broken = html.replace(
      '</body>',
      '<script>window.hacked=3</script><img src="https://example.com/x"></body>',
    );
    const { page, problems } = await visit(browser, fileOf(broken));
    expect(await page.evaluate('window.hacked')).toBeUndefined();
    expect(problems.filter((problem) => problem.includes('Content Security Policy'))).toHaveLength(2);
    expect(problems).toContain('failed: csp');
  });
});
