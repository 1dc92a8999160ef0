import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from 'playwright-core';
import { openBrowser } from './browser.ts';
import { fileOf, largeReport } from './reports.ts';
import { barriers, visit } from './visit.ts';

/** What S3, a mail server and a browser take without a thought. */
const MOST_BYTES = 8_000_000;

let browser: Browser;
let html: string;
let file: string;

beforeAll(async () => {
  browser = await openBrowser();
  html = largeReport();
  file = fileOf(html);
});
afterAll(() => browser.close());

describe('the report of an account with 10,000 interfaces', () => {
  it('is a file that can be handed on', () => {
    expect(Buffer.byteLength(html)).toBeLessThan(MOST_BYTES);
  });

  it('filters and searches', async () => {
    const { page, problems } = await visit(browser, file);
    const told = page.locator('#findings .told');
    const all = (await told.textContent()) ?? '';
    expect(all).toMatch(/^\d,\d{3} findings$/);
    await page.getByLabel(/^critical/).check();
    expect(await told.textContent()).toBe(`9 of ${all}`);
    expect(await page.locator('.finding').count()).toBe(9);
    await page.getByRole('searchbox').fill('docker');
    expect(await told.textContent()).toBe(`2 of ${all}`);
    await page.getByRole('searchbox').fill('nothing is called that');
    expect(await told.textContent()).toBe(`0 of ${all}`);
    expect(await page.locator('.finding-list').textContent()).toBe('No finding is like that.');
    expect(problems).toEqual([]);
  });

  it('opens a path on the map', async () => {
    const { page, problems } = await visit(browser, file);
    await page.getByLabel('Check').selectOption('lateral-path');
    await page.locator('.finding').nth(3).click();
    const detail = page.getByRole('region', { name: 'The chosen finding' });
    const stops = await detail.locator('.path .stop').allTextContents();
    expect(stops[0]).toBe('internet');
    await detail.getByRole('button', { name: 'Show on the map' }).click();
    expect(await page.locator('#map .edge.path').count()).toBe(stops.length - 1);
    expect(problems).toEqual([]);
  });

  it('opens a zone step by step, and a group in it', async () => {
    const { page, problems } = await visit(browser, file);
    await page.getByRole('button', { name: 'All ways' }).click();
    await page.getByRole('button', { name: 'Fold' }).click();
    const drawing = page.locator('#map svg');
    expect(await drawing.locator('.node.zone').count()).toBe(20);
    await drawing.locator('.node.zone').first().dblclick();
    expect(await drawing.locator('.node.group').count()).toBe(12);
    await drawing.locator('.node.more').focus();
    await page.keyboard.press('Space');
    expect(await drawing.locator('.node.group').count()).toBe(24);
    const group = drawing.locator('.node.group[aria-expanded]').first();
    await group.focus();
    await page.keyboard.press('Space');
    expect(await drawing.locator('.node-member').count()).toBeGreaterThan(1);
    expect(problems).toEqual([]);
  });

  it.each(['light', 'dark'] as const)('is without barriers, %s', async (scheme) => {
    const { page } = await visit(browser, file, { scheme });
    expect(await barriers(page)).toEqual([]);
  });
});
