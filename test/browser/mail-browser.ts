import type { Browser, Page } from 'playwright-core';

/** A mail as a mail program shows it: no script runs, and what it asks for from elsewhere is refused and noted. */
export type ShownMail = {
  readonly page: Page;
  /** What it asked for. */
  readonly requests: readonly string[];
  readonly errors: readonly string[];
};

export async function showMail(
  browser: Browser,
  html: string,
  { width, scheme }: { readonly width: number; readonly scheme: 'light' | 'dark' },
): Promise<ShownMail> {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: scheme });
  const requests: string[] = [];
  const errors: string[] = [];
  await page.route('**/*', (route) => {
    requests.push(route.request().url());
    return route.abort();
  });
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('dialog', (dialog) => {
    errors.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.setContent(html, { waitUntil: 'load' });
  return { page, requests, errors };
}
