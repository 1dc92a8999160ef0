import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
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
 * it, no network. The folder goes when the test file is done.
 */
export function packaged(): Packaged {
  const home = mkdtempSync(join(tmpdir(), 'postern-package-'));
  afterAll(() => rmSync(home, { recursive: true, force: true }));
  const service = join(home, 'service');
  for (const name of ['serverless.yml', 'package.json', 'infra'])
    cpSync(join(ROOT, name), join(service, name), { recursive: true });
  for (const name of ['functions', 'lib', 'node_modules']) symlinkSync(join(ROOT, name), join(service, name));

  const command = [
    ...withoutNetwork(),
    process.execPath,
    join(service, 'node_modules/serverless/bin/serverless.js'),
    ...['package', '--package', 'package'],
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
