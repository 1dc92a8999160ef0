import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readManifests } from '#sources/kubernetes';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'manifests-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const pod = (name: string): string => `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name} }\n`;
const names = async (): Promise<unknown> => {
  const { objects, problems } = await readManifests(join(folder, 'in'));
  return {
    objects: objects.map(({ object, at }) => `${at.file} ${object.metadata.name!}`),
    problems: problems.map(({ at, message }) => `${at.file} ${message}`),
  };
};

describe('a folder of manifests', () => {
  it('is read whole, links too, and each file once', async () => {
    mkdirSync(join(folder, 'in', 'deep'), { recursive: true });
    mkdirSync(join(folder, 'elsewhere'));
    writeFileSync(join(folder, 'in', 'b.yaml'), pod('b'));
    writeFileSync(join(folder, 'in', 'deep', 'c.YML'), pod('c'));
    writeFileSync(join(folder, 'in', 'notes.txt'), pod('no'));
    writeFileSync(
      join(folder, 'elsewhere', 'd.json'),
      JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'd' } }),
    );
    symlinkSync(join(folder, 'elsewhere'), join(folder, 'in', 'linked'));
    symlinkSync(join(folder, 'elsewhere', 'd.json'), join(folder, 'in', 'a.json'));
    // up, and around for ever
    symlinkSync('..', join(folder, 'in', 'deep', 'up'));
    symlinkSync(join(folder, 'in'), join(folder, 'elsewhere', 'back'));
    expect(await names()).toEqual({
      objects: ['a.json d', 'b.yaml b', 'deep/c.YML c'],
      problems: [],
    });
  });

  it('mounted from a ConfigMap is there once', async () => {
    mkdirSync(join(folder, 'in', '..2026_11_26'), { recursive: true });
    writeFileSync(join(folder, 'in', '..2026_11_26', 'a.yaml'), pod('a'));
    symlinkSync('..2026_11_26', join(folder, 'in', '..data'));
    symlinkSync(join('..data', 'a.yaml'), join(folder, 'in', 'a.yaml'));
    expect(await names()).toEqual({ objects: ['a.yaml a'], problems: [] });
  });

  it('with something in it that cannot be read names that, and the rest is read', async () => {
    mkdirSync(join(folder, 'in'));
    writeFileSync(join(folder, 'in', 'b.yaml'), pod('b'));
    symlinkSync('nowhere', join(folder, 'in', 'gone.yaml'));
    symlinkSync('round.yaml', join(folder, 'in', 'round.yaml'));
    // no manifest by its name, and so nobody's loss
    symlinkSync('nowhere', join(folder, 'in', 'README'));
    expect(await names()).toEqual({
      objects: ['b.yaml b'],
      problems: [
        'gone.yaml cannot be read: it is a link to nothing',
        'round.yaml cannot be read: its links go in a circle',
      ],
    });
  });

  it('that is not there is an error', async () => {
    await expect(names()).rejects.toThrow('ENOENT');
  });
});
