import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** What `serverless` takes for the project: a folder of its own, so that what it writes is nobody else's. */
export type Service = { readonly home: string; readonly folder: string };

/** The folder goes when the test file is done. */
export function serviceFolder(): Service {
  const home = mkdtempSync(join(tmpdir(), 'postern-service-'));
  afterAll(() => rmSync(home, { recursive: true, force: true }));
  const folder = join(home, 'service');
  for (const name of ['serverless.yml', 'package.json', 'infra'])
    cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  for (const name of ['functions', 'lib', 'node_modules']) symlinkSync(join(ROOT, name), join(folder, name));
  return { home, folder };
}

/**
 * Runs `serverless` with these arguments and no other environment than is given.
 *
 * @param within a command that runs it, such as one that takes the network away
 * @throws if it fails, with what it said
 */
export function serverless(
  { home, folder }: Service,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  within: readonly string[] = [],
): void {
  const [command, ...rest] = [
    ...within,
    process.execPath,
    join(folder, 'node_modules/serverless/bin/serverless.js'),
    ...args,
  ];
  execFileSync(command!, rest, {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOME: home, ...environment },
    stdio: 'pipe',
  });
}
