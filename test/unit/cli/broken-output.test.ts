import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ACCOUNT } from '../../support/run-cli.ts';

/** Runs the command line as a process of its own, by a shell that says where its output goes. */
function inShell(after: string): { readonly code: number | null; readonly err: string } {
  const command = `node --import tsx lib/cli/main.ts audit --snapshot ${ACCOUNT} --format html`;
  const { status, stderr } = spawnSync('bash', ['-o', 'pipefail', '-c', `${command} ${after}`], {
    encoding: 'utf8',
  });
  return { code: status, err: stderr };
}

describe('output that nobody takes', () => {
  it('keeps the exit code where a reader stops reading: what was found is found', () => {
    expect(inShell('| head -c 1 > /dev/null')).toEqual({ code: 1, err: '' });
  });

  it.skipIf(!existsSync('/dev/full'))('is no answer where the disk is full', () => {
    expect(inShell('> /dev/full')).toEqual({
      code: 2,
      err: 'postern: cannot write the answer: the disk is full\n',
    });
  });
});
