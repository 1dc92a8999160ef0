/**
 * Makes the pictures in docs/images from the bundled account and an invented large one: `npm run screenshots [NAME …]`. Each is one entry below.
 */
import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { openBrowser } from './browser.ts';
import { changeReport, fileOf, largeReport } from './reports.ts';
import { visit, type Looks } from './visit.ts';

type Picture = Looks & {
  readonly html: () => string | Promise<string>;
  /** What is done on the page before the picture is taken. */
  readonly act?: (page: Page) => Promise<void>;
};

const openPath = async (page: Page): Promise<void> => {
  await page.locator('.finding', { hasText: 'steps from the internet' }).first().click();
  await page.locator('#findings').scrollIntoViewIfNeeded();
  await page.evaluate('document.getElementById("findings").scrollIntoView()');
};

const PICTURES: Readonly<Record<string, Picture>> = {
  'report-light': { html: changeReport, height: 1190 },
  'report-dark': { html: changeReport, height: 1190, scheme: 'dark' },
  'report-finding': { html: changeReport, height: 900, act: openPath },
  'report-narrow': { html: changeReport, width: 375, height: 812 },
  'report-large': {
    html: largeReport,
    height: 1000,
    act: async (page) => {
      await page.getByRole('button', { name: 'Ways in' }).click();
      await page.evaluate('document.getElementById("map").scrollIntoView()');
    },
  },
};

const FOLDER = new URL('../../docs/images/', import.meta.url);

const names = process.argv.slice(2);
const wrong = names.filter((name) => !(name in PICTURES));
if (wrong.length > 0)
  throw new Error(`no picture ${wrong.join(', ')}: there are ${Object.keys(PICTURES).join(', ')}`);
mkdirSync(FOLDER, { recursive: true });
const browser = await openBrowser();
try {
  for (const [name, { html, act, ...looks }] of Object.entries(PICTURES)) {
    if (names.length > 0 && !names.includes(name)) continue;
    const { page, problems } = await visit(browser, fileOf(await html()), looks);
    await act?.(page);
    // nothing is pointed at
    await page.mouse.move(0, 0);
    await page.screenshot({ path: new URL(`${name}.png`, FOLDER).pathname });
    if (problems.length > 0) throw new Error(`${name}: ${problems.join('; ')}`);
    await page.context().close();
  }
} finally {
  await browser.close();
}
