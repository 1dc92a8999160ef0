import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from 'playwright-core';
import { openBrowser } from './browser.ts';
import { clusterReport, fileOf } from './reports.ts';
import { barriers, visit } from './visit.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

describe('the report of a cluster', () => {
  it('counts workloads and policies, has a risk, and names the cluster of a finding', async () => {
    const { page, problems } = await visit(browser, fileOf(await clusterReport()));
    const facts = await page.locator('.facts').textContent();
    expect(facts).toMatch(/Seen4 workloads4 policies/);
    expect(facts).toMatch(/Risk\d+\.\d of 100/);
    expect(facts).not.toMatch(/interface|group|unknown/);
    await page.locator('.finding').first().click();
    const chosen = await page.getByRole('region', { name: 'The chosen finding' }).textContent();
    expect(chosen).toMatch(/Cluster\s*examples\/kubernetes-shop/);
    expect(chosen).not.toContain('Account');
    expect(await barriers(page)).toEqual([]);
    expect(problems).toEqual([]);
  });

  it('counts both sides where its account was read too', async () => {
    const report = await clusterReport({
      snapshot: 'examples/kubernetes-eks/account.json',
      kubernetes: 'examples/kubernetes-eks/cluster.yaml',
    });
    const { page } = await visit(browser, fileOf(report));
    expect(await page.locator('.facts').textContent()).toMatch(
      /Seen\d interfaces\d groups, \d networks?, \d workloads?, \d polic/,
    );
  });
});
