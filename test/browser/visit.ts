import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';

/** A page that was opened, and all that went wrong on it so far: what the console said, what was asked of a network. */
export type Visit = { readonly page: Page; readonly problems: string[] };

export type Looks = {
  readonly scheme?: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
  readonly reducedMotion?: 'reduce' | 'no-preference';
};

/** Opens a file as a double click does, with every way to a network shut and noted. */
export async function visit(
  browser: Browser,
  file: string,
  { scheme = 'light', width = 1280, height = 900, reducedMotion = 'reduce' }: Looks = {},
): Promise<Visit> {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    reducedMotion,
    offline: true,
  });
  const problems: string[] = [];
  const page = await context.newPage();
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) problems.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`error: ${error.message}`));
  const url = pathToFileURL(file).href;
  page.on('request', (request) => {
    if (request.url().split('#')[0] !== url) problems.push(`asked for ${request.url()}`);
  });
  page.on('requestfailed', (request) => problems.push(`failed: ${request.failure()?.errorText ?? ''}`));
  await page.goto(url);
  await page.getByRole('heading', { level: 1 }).waitFor();
  return { page, problems };
}

/** What axe-core calls serious or critical, each with the elements that it is about. */
export async function barriers(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<{
    violations: { id: string; impact: string; help: string; nodes: { html: string }[] }[];
  }>('axe.run(document, { resultTypes: ["violations"] })');
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
    );
}
