import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from 'playwright-core';
import { openBrowser } from './browser.ts';
import { bareReport, fileOf, saidReport } from './reports.ts';
import { barriers, visit } from './visit.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

describe('what people say of an account', () => {
  it('is told with how it turned out: assertions that broke first, exceptions that ended first', async () => {
    const { page, problems } = await visit(browser, fileOf(saidReport()));
    const rows = async (part: string): Promise<readonly string[]> =>
      (await page.locator(`#${part} tbody tr`).allTextContents()).map((text) => text.trim());
    expect(await rows('assertions')).toEqual([
      expect.stringMatching(/^fails was: holdsinternetbastiontcp\/22denied/),
      expect.stringMatching(/^unknownnobody-here.*nothing here is called "nobody-here"/),
      expect.stringMatching(/^holdsinternetshop-orders/),
    ]);
    expect(await rows('exceptions')).toEqual([
      expect.stringMatching(/^ended 9 days agoeni-06d0ee43c722364ef.*mara2026-02-20it moves$/),
      expect.stringMatching(/^ends in 9 dayslegacy-batch.*<img src=x>2026-03-10<\/script><script>/),
      expect.stringMatching(/^about nothing found hereaaaa-bbbbkim/),
    ]);
    const lead = await page.locator('.lead').textContent();
    expect(lead).toContain('Of 3 assertions 1 fails, 1 cannot be told.');
    expect(lead).toContain('1 exception ended while what it was about is open.');
    await page.locator('.finding', { hasText: 'eni-06d0ee43c722364ef' }).click();
    expect(await page.getByRole('region', { name: 'The chosen finding' }).textContent()).toContain(
      'the exception of mara ended on 2026-02-20',
    );
    expect(await page.evaluate('window.hacked')).toBeUndefined();
    expect(problems).toEqual([]);
  });

  it.each(['light', 'dark'] as const)('is without barriers, %s, and fits a narrow screen', async (scheme) => {
    const { page } = await visit(browser, fileOf(saidReport()), { scheme, width: 375 });
    expect(await barriers(page)).toEqual([]);
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(375);
    // no column is so narrow that a word of it is broken
    const outcome = page.locator('#assertions tbody th').first().locator('span.sev');
    expect((await outcome.boundingBox())?.height).toBeLessThan(30);
  });
});

describe('a report of nothing', () => {
  it.each([
    ['that is there', true, 'There is nothing here that could be open', '0.0 of 100'],
    ['that was seen', false, 'Nothing was seen that could be open', 'unknown'],
  ])('%s says so, and has no empty boxes', async (_, isRead, headline, risk) => {
    const { page, problems } = await visit(browser, fileOf(bareReport(isRead)));
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(headline);
    expect(await page.locator('.risk .figure').textContent()).toBe(risk);
    for (const idle of ['#map .tools', '#map .detail', '#findings .filters', '#findings .detail'])
      expect(await page.locator(idle).isVisible()).toBe(false);
    expect(await page.locator('#map').textContent()).toContain('There are no interfaces in what was read.');
    expect(await barriers(page)).toEqual([]);
    expect(problems).toEqual([]);
  });
});
