/**
 * `npm run pictures:digest`: the weekly mail of the bundled account as pictures, for the README and for whoever changes how it looks: docs/images/digest-*.png.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { previewOf } from '#app';
import { openBrowser } from './browser.ts';
import { showMail } from './mail-browser.ts';

const folder = join(import.meta.dirname, '../../docs/images');
/** So much of it is seen at once. */
const HEIGHT = 1_180;

mkdirSync(folder, { recursive: true });
const { html } = await previewOf({});
const browser = await openBrowser();
for (const { name, width, scheme } of [
  { name: 'digest-light', width: 664, scheme: 'light' },
  { name: 'digest-dark-narrow', width: 375, scheme: 'dark' },
] as const) {
  const { page } = await showMail(browser, html, { width, scheme });
  const path = join(folder, `${name}.png`);
  await page.screenshot({ path, fullPage: true, clip: { x: 0, y: 0, width, height: HEIGHT } });
  console.log(path);
  await page.close();
}
await browser.close();
