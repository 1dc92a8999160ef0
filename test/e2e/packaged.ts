import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** A CloudFormation template, as far as the tests look into it. */
export type Template = {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs: Readonly<Record<string, { readonly Value: unknown; readonly Description?: string }>>;
  readonly [section: string]: unknown;
};
export type Resource = { readonly Type: string; readonly Properties?: Readonly<Record<string, unknown>> };

export const FUNCTIONS = ['schedule', 'notice', 'refresh', 'deliver', 'digest'] as const;
export type FunctionName = (typeof FUNCTIONS)[number];

const root = resolve(import.meta.dirname, '../..');

/** The folder that run.sh makes for a run, and takes away after it. */
function scratch(): string {
  const folder = process.env['POSTERN_E2E_SCRATCH'];
  if (folder === undefined) throw new Error('POSTERN_E2E_SCRATCH is not set: run test/e2e/run.sh');
  return folder;
}

/** Packages the service as a deployment does, once a run. Gives the folder with the template and a zip for each function. */
function packageFolder(): string {
  const folder = join(scratch(), 'package');
  if (existsSync(join(folder, 'done'))) return folder;
  execFileSync('npx', ['--no', '--', 'serverless', 'package', '--package', folder], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  writeFileSync(join(folder, 'done'), '');
  return folder;
}

export function packagedTemplate(): Template {
  const file = join(packageFolder(), 'cloudformation-template-update-stack.json');
  return JSON.parse(readFileSync(file, 'utf8')) as Template;
}

/**
 * Unpacks the functions' zips far from the sources and from node_modules, as Lambda does, each with this `postern.yml` in place of
 * the one that was packaged. Gives the handler file of each.
 */
export function unpackedFunctions(config: string, template: Template): Record<FunctionName, string> {
  const folder = join(scratch(), `functions-${String(process.pid)}-${String(Date.now())}`);
  const handlers = FUNCTIONS.map((name) => {
    const home = join(folder, name);
    mkdirSync(home, { recursive: true });
    const zip = join(packageFolder(), `${name}.zip`);
    execFileSync(process.env['POSTERN_E2E_PYTHON'] ?? 'python3', ['-m', 'zipfile', '-e', zip, home]);
    const { Handler } = functionOf(name, template).Properties ?? {};
    const file = join(home, String(Handler).replace(/\.handler$/, '.mjs'));
    writeFileSync(resolve(file, '../postern.yml'), config);
    return [name, file] as const;
  });
  return Object.fromEntries(handlers) as Record<FunctionName, string>;
}

export function functionOf(name: FunctionName, { Resources }: Template): Resource {
  const id = logicalIdOf(name);
  const found = Resources[id];
  if (found === undefined) throw new Error(`the packaged template has no ${id}`);
  return found;
}

/** As serverless names a function in the template. */
export function logicalIdOf(name: FunctionName): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}LambdaFunction`;
}
