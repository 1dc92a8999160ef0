import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { runCommandLine } from '../../lib/cli/program.ts';

export const DEMO = 'examples/demo-account';
export const ACCOUNT = `${DEMO}/account.json`;

export type Ran = { readonly code: number; readonly out: string; readonly err: string };

/** Runs one command line in this process and catches what it prints. */
export async function run(
  args: readonly string[],
  terminal: { isTerminal?: boolean; noColour?: boolean } = {},
): Promise<Ran> {
  let out = '';
  let err = '';
  const code = await runCommandLine(args, {
    out: (text) => (out += text),
    err: (text) => (err += text),
    isTerminal: terminal.isTerminal ?? false,
    noColour: terminal.noColour ?? false,
  });
  return { code, out, err };
}

/** The same about the demo account. */
export function ask(...args: readonly string[]): Promise<Ran> {
  return run([...args, '--snapshot', ACCOUNT]);
}

/** A folder for the files of one test file, gone after it. `write` puts a file there and says where. */
export function scratch(): {
  readonly folder: string;
  readonly write: (name: string, content: unknown) => string;
} {
  const folder = mkdtempSync(join(tmpdir(), 'postern-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  return {
    folder,
    write: (name, content) => {
      const file = join(folder, name);
      writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
      return file;
    },
  };
}
