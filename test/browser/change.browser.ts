import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from 'playwright-core';
import { openBrowser } from './browser.ts';
import { changeReport, fileOf } from './reports.ts';
import { barriers, visit } from './visit.ts';

let browser: Browser;
let file: string;

beforeAll(async () => {
  browser = await openBrowser();
  file = fileOf(changeReport());
});
afterAll(() => browser.close());

describe('the report of a change', () => {
  it('says what opened, what was before, and how to take it back', async () => {
    const { page, problems } = await visit(browser, file);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(
      'SSH on bastion is open to the whole internet',
    );
    const summary = await page.locator('.summary').textContent();
    expect(summary).toContain('4 findings opened, 0 closed');
    expect(summary).toContain('was 1.0');
    expect(summary).toContain('aws ec2 revoke-security-group-ingress --region eu-west-1');
    expect(problems).toEqual([]);
  });

  it('switches between before, change and after', async () => {
    const { page, problems } = await visit(browser, file);
    const drawing = page.locator('#map svg');
    const bastion = drawing.locator('.edge[data-from="internet"]', { hasText: 'tcp 22' });
    expect(await bastion.getAttribute('class')).toContain('opened');
    await page.getByRole('button', { name: 'Before', exact: true }).click();
    expect(await bastion.count()).toBe(0);
    expect(await drawing.textContent()).toContain('named addresses');
    await page.getByRole('button', { name: 'After', exact: true }).click();
    expect(await bastion.count()).toBe(1);
    expect(await drawing.textContent()).not.toContain('named addresses');
    expect(problems).toEqual([]);
  });

  it('explains a step of a path, before and after', async () => {
    const { page } = await visit(browser, file);
    await page.locator('.finding', { hasText: 'shop-orders is 3 steps' }).click();
    const detail = page.getByRole('region', { name: 'The chosen finding' });
    await detail.getByRole('button', { name: 'Explain internet to bastion, tcp 22' }).click();
    const told = await detail.locator('.hop').textContent();
    expect(told).toMatch(/Before.*denied.*After.*allowed/s);
    expect(told).toContain('sgr-0f09f7b6d875c1203');
    expect(told).toContain('igw-0bfc4eb6b08507371');
    await detail.getByRole('button', { name: 'Explain api-1 to shop-orders, tcp 5432' }).click();
    expect(await detail.locator('.hop').textContent()).toContain('allows tcp 5432');
  });

  it('tells the same of the map as a table', async () => {
    const { page } = await visit(browser, file);
    await page.getByText('The same as a table').click();
    const row = page.getByRole('row', { name: /^internet bastion tcp 22/ });
    expect(await row.textContent()).toContain('new');
    await row.getByRole('button', { name: 'Explain internet to bastion' }).click();
    const panel = page.getByRole('region', { name: 'What is chosen on the map' });
    expect(await panel.textContent()).toContain('sgr-0f09f7b6d875c1203');
  });

  it('tells what is new by a filter', async () => {
    const { page } = await visit(browser, file);
    await page.getByLabel('State').selectOption('new');
    expect(await page.locator('#findings .told').textContent()).toBe('4 of 6 findings');
    expect(await page.locator('.finding').count()).toBe(4);
  });

  it.each(['light', 'dark'] as const)('is without barriers, %s', async (scheme) => {
    const { page } = await visit(browser, file, { scheme });
    await page.locator('.finding', { hasText: 'shop-orders is 3 steps' }).click();
    expect(await barriers(page)).toEqual([]);
  });
});
