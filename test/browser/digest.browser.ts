import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { previewOf, type DigestPreview } from '#app';
import { renderDigest, type Digest } from '#report';
import { fullDigest } from '../support/sample-digest.ts';
import { openBrowser } from './browser.ts';
import { showMail } from './mail-browser.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const HOSTILE =
  '<script>alert(1)</script><img src=https://elsewhere.example/x onerror=alert(1)></td></table></style>\u202emoc';

let browser: Browser;
let demo: DigestPreview;

beforeAll(async () => {
  browser = await openBrowser();
  demo = await previewOf({});
});
afterAll(async () => {
  await browser.close();
});

type Seen = {
  readonly wide: number;
  readonly scripts: number;
  readonly outside: number;
  readonly smallest: number;
};

/** Asked in the page: `outside` are cells that stick out of the paper, which mail programs that do not scroll would cut. */
const SEEN = `(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const ownText = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
  return {
    wide: document.documentElement.scrollWidth,
    scripts: all('script, img, iframe, object, link').length,
    outside: all('td, div, h1, h2, p').filter(
      (element) => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1,
    ).length,
    smallest: Math.min(
      ...all('td, th, div, p, h1, h2')
        .filter((element) => ownText(element) && element.getBoundingClientRect().height > 5)
        .map((element) => Number.parseFloat(getComputedStyle(element).fontSize)),
    ),
  };
})()`;

const SCREENS = [375, 600].flatMap((width) =>
  (['light', 'dark'] as const).map((scheme) => ({ width, scheme })),
);

/** Each is made once, for all screens. */
const made = new Map<string, Promise<string>>();
const mailOf = (name: string, digest: Digest): Promise<string> => {
  const known = made.get(name) ?? renderDigest(digest).then(({ html }) => html);
  made.set(name, known);
  return known;
};
const MAILS: readonly (readonly [name: string, html: () => Promise<string>])[] = [
  ['the bundled account’s week', () => Promise.resolve(demo.html)],
  ...(
    [
      ['a long one', fullDigest(40, 'SSH on bastion-0 is open to the whole internet')],
      ['one of names without a gap', fullDigest(12, 'x'.repeat(300))],
      ['one of hostile names', fullDigest(12, HOSTILE)],
    ] as const
  ).map(([name, digest]) => [name, () => mailOf(name, digest)] as const),
];

describe.each(SCREENS)('at $width pixels, $scheme', (screen) => {
  it.each(MAILS)('%s fits the screen, asks for nothing and runs nothing', async (_, htmlOf) => {
    const { page, requests, errors } = await showMail(browser, await htmlOf(), screen);
    const seen = await page.evaluate<Seen>(SEEN);
    expect(seen).toEqual({ wide: screen.width, scripts: 0, outside: 0, smallest: 11 });
    expect(requests).toEqual([]);
    expect(errors).toEqual([]);
    await page.close();
  });

  it('everybody can read it: axe finds nothing serious', async () => {
    const { page } = await showMail(browser, demo.html, screen);
    await page.evaluate(AXE);
    const { violations, passes } = await page.evaluate<AxeResults>('axe.run()');
    const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(grave.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`))).toEqual(
      [],
    );
    expect(passes.map(({ id }) => id)).toContain('color-contrast');
    await page.close();
  });

  it('no table squeezes a name to a few letters a line', async () => {
    const { page } = await showMail(browser, demo.html, screen);
    const narrowest = await page.evaluate<number>(
      'Math.min(...[...document.querySelectorAll(".name")].map((cell) => cell.getBoundingClientRect().width))',
    );
    expect(narrowest).toBeGreaterThan(120);
    await page.close();
  });

  it('is on paper of its own: dark where the screen is', async () => {
    const { page } = await showMail(browser, demo.html, screen);
    const colours = await page.evaluate<readonly string[]>(
      `[['.card', 'backgroundColor'], ['h1', 'color']].map(
        ([selector, what]) => getComputedStyle(document.querySelector(selector))[what],
      )`,
    );
    expect(colours).toEqual(
      screen.scheme === 'light'
        ? ['rgb(255, 255, 255)', 'rgb(27, 35, 48)']
        : ['rgb(24, 29, 38)', 'rgb(230, 234, 240)'],
    );
    await page.close();
  });
});

it('without the style element, as some of Gmail shows it, it fits and reads as well', async () => {
  const { page } = await showMail(browser, demo.html.replace(/<style>.*?<\/style>/s, ''), {
    width: 375,
    scheme: 'light',
  });
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(375);
  await page.close();
});

it('a bar is as high as its week is risky, beside the others', async () => {
  const { page } = await showMail(browser, demo.html, { width: 600, scheme: 'light' });
  const heights = await page.evaluate<readonly number[]>(
    `[...document.querySelectorAll('.bar')].map((bar) => Math.round(bar.getBoundingClientRect().height))`,
  );
  const risks = demo.digest.weeks.map(({ risk = 0 }) => risk);
  const highest = Math.max(...risks);
  expect(heights).toHaveLength(12);
  heights.forEach((height, i) => {
    expect(Math.abs(height - Math.max(2, (72 * risks[i]!) / highest))).toBeLessThanOrEqual(1);
  });
  await page.close();
});
