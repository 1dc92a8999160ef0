import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';
import { parse } from 'yaml';
import type { Template } from './intrinsics.ts';

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

export const FUNCTIONS = functionNames();

export type Packaged = {
  /** Where the tool left its output: the template, and one archive for each function. */
  readonly folder: string;
  readonly template: Template;
};

/**
 * What `serverless package` makes of the project, run in a folder of its own with no credentials and, where the system can do
 * it, no network. `bundles`: pack the real code, which is bundled for it; else a placeholder, where only the template matters.
 * The folder goes when the test file is done.
 */
export function packaged(
  options: { readonly bundles?: boolean; readonly parameters?: Readonly<Record<string, string>> } = {},
): Packaged {
  const home = mkdtempSync(join(tmpdir(), 'postern-package-'));
  afterAll(() => rmSync(home, { recursive: true, force: true }));
  const service = join(home, 'service');
  for (const name of ['serverless.yml', 'package.json', 'infra'])
    cpSync(join(ROOT, name), join(service, name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(service, 'node_modules'));

  const bundles = join(service, 'dist/functions');
  if (options.bundles === true)
    execFileSync(process.execPath, [join(ROOT, 'infra/build/functions.mjs'), bundles], { stdio: 'pipe' });
  else for (const name of FUNCTIONS) writePlaceholder(join(bundles, name));

  const parameters = Object.entries(options.parameters ?? {}).map(
    ([key, value]) => `--param=${key}=${value}`,
  );
  const command = [
    ...withoutNetwork(),
    process.execPath,
    join(service, 'node_modules/serverless/bin/serverless.js'),
    ...['package', '--package', 'package', ...parameters],
  ];
  execFileSync(command[0]!, command.slice(1), {
    cwd: service,
    env: { PATH: process.env['PATH'], HOME: home },
    stdio: 'pipe',
  });
  const folder = join(service, 'package');
  const template = readFileSync(join(folder, 'cloudformation-template-update-stack.json'), 'utf8');
  return { folder, template: JSON.parse(template) as Template };
}

function functionNames(): readonly string[] {
  const text = readFileSync(join(ROOT, 'serverless.yml'), 'utf8');
  const { functions } = parse(text, { logLevel: 'error' }) as { functions: Record<string, unknown> };
  return Object.keys(functions);
}

function writePlaceholder(folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'index.mjs'), '');
  writeFileSync(join(folder, 'postern.yml'), '');
}

/** A namespace without any interface, if the system lets us have one. */
function withoutNetwork(): readonly string[] {
  const prefix = ['unshare', '--map-root-user', '--net'];
  try {
    execFileSync(prefix[0]!, [...prefix.slice(1), 'true'], { stdio: 'ignore' });
    return prefix;
  } catch {
    return [];
  }
}
