import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { changeFile } from '../../../lib/app/exceptions/change-file.ts';
import { scratch } from '../../support/run-cli.ts';

const { folder } = scratch();
const file = join(folder, 'text.txt');

describe('a file that is changed', () => {
  it('keeps what somebody else wrote meanwhile', async () => {
    writeFileSync(file, 'a\n');
    let isFirst = true;
    await changeFile(file, (text) => {
      if (isFirst) writeFileSync(file, `${text}theirs\n`);
      isFirst = false;
      return `${text}ours\n`;
    });
    expect(readFileSync(file, 'utf8')).toBe('a\ntheirs\nours\n');
  });

  it('that is never still is left alone', async () => {
    let count = 0;
    const change = changeFile(file, (text) => {
      count += 1;
      writeFileSync(file, String(count));
      return `${text}ours`;
    });
    await expect(change).rejects.toThrow('is being written by somebody else: nothing was changed');
    expect(readFileSync(file, 'utf8')).toBe(String(count));
  });

  it('counts as empty where it may be absent, and else has to be there', async () => {
    const none = join(folder, 'none.txt');
    await expect(changeFile(none, () => 'x')).rejects.toThrow(
      /^cannot read .*none\.txt: there is no such file/,
    );
    await changeFile(none, (text) => `${text}x`, { mayBeAbsent: true });
    expect(readFileSync(none, 'utf8')).toBe('x');
  });
});
