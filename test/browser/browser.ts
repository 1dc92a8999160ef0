import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const KNOWN = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Starts the Chromium of this machine. @throws if there is none: a test of what is to be seen cannot do without */
export function openBrowser(): Promise<Browser> {
  const named = process.env['CHROMIUM'];
  const executablePath = named ?? KNOWN.find((path) => existsSync(path));
  if (executablePath === undefined || !existsSync(executablePath))
    throw new Error(
      `${named === undefined ? 'no Chromium at any of the usual places' : `CHROMIUM names ${named}, which is not there`}. ` +
        'Install it (Debian: apt-get install chromium) or set CHROMIUM to its path.',
    );
  // a container has no user namespaces for the sandbox; the pages are our own files
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}
