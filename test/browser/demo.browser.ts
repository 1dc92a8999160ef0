import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from 'playwright-core';
import { openBrowser } from './browser.ts';
import { demoReport, fileOf } from './reports.ts';
import { barriers, visit } from './visit.ts';

let browser: Browser;
let file: string;

beforeAll(async () => {
  browser = await openBrowser();
  file = fileOf(await demoReport());
});
afterAll(() => browser.close());

describe('the report of the demo account', () => {
  it('says what is wrong, what was seen and what not, and asks nobody for anything', async () => {
    const { page, problems } = await visit(browser, file);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(
      'Nothing critical or high is open',
    );
    const summary = page.locator('.summary');
    expect(await summary.textContent()).toContain('31 interfaces');
    expect(await page.locator('#blind').textContent()).toContain('API endpoint of the EKS cluster shop');
    expect(await page.locator('#doors').textContent()).toContain('198.51.100.0/25');
    expect(problems).toEqual([]);
  });

  it.each(['light', 'dark'] as const)('is without barriers, %s', async (scheme) => {
    const { page } = await visit(browser, file, { scheme });
    await page.getByText('The same as a table').click();
    expect(await barriers(page)).toEqual([]);
  });

  it('draws the way from the internet to the database, and explains a step of it', async () => {
    const { page, problems } = await visit(browser, file);
    const box = (name: string) =>
      page.locator('#map svg').getByRole('button', { name: new RegExp(`^${name} `) });
    for (const name of ['internet', 'shop-alb', 'web', 'api', 'shop-orders']) await box(name).waitFor();
    await box('api').click();
    const panel = page.getByRole('region', { name: 'What is chosen on the map' });
    expect(await panel.getByRole('heading', { level: 3 }).textContent()).toBe('api');
    await panel.getByRole('button', { name: 'shop-orders' }).first().click();
    const told = await panel.textContent();
    expect(told).toContain('tcp 5432');
    expect(told).toContain('lets it out');
    expect(told).toMatch(/sgr-[0-9a-f]+ allows tcp 5432/);
    expect(problems).toEqual([]);
  });

  it('lists the members of a group where it is opened', async () => {
    const { page } = await visit(browser, file);
    const api = page.locator('#map svg .node', { hasText: /^api/ });
    await api.focus();
    await page.keyboard.press('Space');
    expect(await page.locator('#map svg').textContent()).toContain('api-2');
    expect(await api.getAttribute('aria-expanded')).toBe('true');
  });

  it('is walked through by keys alone', async () => {
    const { page } = await visit(browser, file);
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the findings');
    await page.keyboard.press('/');
    expect(await page.evaluate('document.activeElement.id')).toBe('search');
    await page.keyboard.press('Escape');
    const first = page.locator('.finding').first();
    await first.focus();
    await page.keyboard.press('ArrowDown');
    const second = page.locator('.finding').nth(1);
    expect(await second.getAttribute('aria-current')).toBe('true');
    expect(await page.evaluate('document.activeElement === document.querySelectorAll(".finding")[1]')).toBe(
      true,
    );
    expect(await page.getByRole('region', { name: 'The chosen finding' }).textContent()).toContain(
      'eni-06d0ee43c722364ef',
    );
    await page.locator('#map svg .node').first().focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    const panel = page.getByRole('region', { name: 'What is chosen on the map' });
    expect(await panel.getByRole('heading', { level: 3 }).textContent()).toBe('shop-alb');
    await page.keyboard.press('Escape');
    expect(await panel.textContent()).toContain('Choose a box or a way');
  });

  it('shows where the focus is', async () => {
    const { page } = await visit(browser, file);
    for (let i = 0; i < 12; i += 1) {
      await page.keyboard.press('Tab');
      const style = await page.evaluate<string>(
        '(() => { const e = document.activeElement; const s = getComputedStyle(e); return e.closest(".node") ? getComputedStyle(e.querySelector(".node-box")).strokeWidth : s.outlineStyle + s.outlineWidth; })()',
      );
      expect(['auto1px', 'solid2px', '3px']).toContain(style);
    }
  });

  it('prints what was found, without what is for clicking', async () => {
    const { page } = await visit(browser, file);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.filters').isVisible()).toBe(false);
    expect(await page.locator('#map .detail').isVisible()).toBe(false);
    expect(await page.locator('.finding').first().isVisible()).toBe(true);
    expect(await page.locator('#map svg').isVisible()).toBe(true);
    // a command stands line by line, as it is typed
    const fix = page.locator('.finding .print-only').first();
    expect(await fix.isVisible()).toBe(true);
    expect(await fix.textContent()).not.toContain('\\u000a');
    expect(await fix.locator('.print-line').count()).toBeGreaterThan(1);
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  });

  it.each([375, 768, 1280])('fits a window %d wide', async (width) => {
    const { page } = await visit(browser, file, { width });
    const wide = await page.evaluate<number>('document.documentElement.scrollWidth');
    expect(wide).toBeLessThanOrEqual(width);
  });
});
