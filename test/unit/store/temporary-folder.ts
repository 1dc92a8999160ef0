import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';

/** A folder for the tests of one file, which goes when they are done. Each call gives a place in it that is not there yet. */
export function temporaryFolder(): () => string {
  let root = '';
  let count = 0;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'postern-store-'));
  });
  afterAll(async () => {
    await rm(root, { recursive: true, force: true });
  });
  return () => {
    count += 1;
    return join(root, String(count));
  };
}
