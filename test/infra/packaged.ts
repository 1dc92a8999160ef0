import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ROOT, serverless, serviceFolder } from '../support/serverless.ts';
import type { Template } from './intrinsics.ts';

export type Packaged = {
  /** Where the tool left its output: the template, and one archive for each function. */
  readonly folder: string;
  readonly template: Template;
};

/** The functions that serverless.yml names. */
export const FUNCTIONS = functionNames();

/** What `serverless package` makes of the project, with no credentials and, where the system can do it, no network. */
export function packaged(): Packaged {
  const service = serviceFolder();
  serverless(service, ['package', '--package', 'package'], {}, withoutNetwork());
  const folder = join(service.folder, 'package');
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
  const command = ['unshare', '--map-root-user', '--net'] as const;
  try {
    execFileSync(command[0], [...command.slice(1), 'true'], { stdio: 'ignore' });
    return command;
  } catch {
    return [];
  }
}
