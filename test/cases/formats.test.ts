import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { REPORT_FORMATS, VERSION } from '#app';
import { demoAccount, SSH_WORLD } from '../support/demo.ts';
import { Goldens } from '../support/golden.ts';
import { run, scratch } from '../support/run-cli.ts';
import { checkAsff, checkOcsf, checkReport, type Check } from '../formats/problems.ts';

const { folder, write } = scratch();
const account = write('ssh-world.json', demoAccount([SSH_WORLD]));
const facts = write('facts.json', [
  { from: 'internet', to: 'bastion', flows: 'tcp/22', expect: 'denied' },
  { from: 'bastion', to: 'api-1', flows: 'tcp/22', expect: 'allowed' },
]);

const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(REPORT_FORMATS.map((format) => [format, ['audit', '--format', format]])),
  'assert.junit': ['assert', facts, '--format', 'junit'],
  'paths.mermaid': ['paths', 'internet', 'shop-orders', '--max-paths', '3', '--format', 'mermaid'],
  'paths.dot': ['paths', 'internet', 'shop-orders', '--max-paths', '3', '--format', 'dot'],
};

const goldens = new Goldens('test/cases/formats', Object.keys(COMMANDS));

/** A later version says the same. */
function withoutVersion(text: string): string {
  return text.replaceAll(
    new RegExp(`(["\\s])${VERSION.replaceAll('.', '\\.')}(?=["\\s,])`, 'g'),
    '$1VERSION',
  );
}

describe('the demo account with SSH open to the world, in each format', () => {
  it.each(Object.entries(COMMANDS))('%s', async (name, args) => {
    const { code, out, err } = await run([...args, '--snapshot', account]);
    expect([code, err]).toEqual([name.startsWith('paths') ? 0 : 1, '']);
    goldens.check(name, withoutVersion(out));
  });

  it.each<[string, Check]>([
    ['json', checkReport],
    ['asff', checkAsff],
    ['ocsf', checkOcsf],
  ])('%s keeps to the rules of its format', async (format, check) => {
    const { out } = await run(['audit', '--format', format, '--snapshot', account]);
    expect(check(out)).toEqual([]);
  });

  it('goes to a file as it would be printed', async () => {
    const file = join(folder, 'report.sarif');
    const args = ['audit', '--format', 'sarif', '--snapshot', account];
    const printed = await run(args);
    expect(await run([...args, '--output', file])).toEqual({ code: 1, out: '', err: '' });
    expect(readFileSync(file, 'utf8')).toBe(printed.out);
  });

  it('a file that cannot be written is no answer', async () => {
    const { code, err } = await run(['audit', '--snapshot', account, '--output', join(folder, 'no', 'such')]);
    expect(code).toBe(2);
    expect(err).toMatch(/cannot write .*such/);
  });

  it('every stored text belongs to a format', () => {
    goldens.checkStrays();
  });
});
