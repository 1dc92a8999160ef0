/** Counts in a note, one by one, and says each number once it is written. Run by filesystem.test.ts as a process of its own. */
import { writeSync } from 'node:fs';
import { filesystemStores } from '#store';

const [folder = '', times = '0'] = process.argv.slice(2);
const { notes } = filesystemStores(folder, { clock: () => new Date() });

for (let written = 0; written < Number(times);) {
  const note = await notes.read('owner', 'count');
  const next = Number(note?.value ?? 0) + 1;
  if (!(await notes.write('owner', 'count', next, { ifVersion: note?.version ?? 0 }))) continue;
  written += 1;
  writeSync(1, `${next}\n`);
}
