import { filesystemStores } from '#store';
import { realDisk, type Disk } from '../../../lib/store/filesystem/disk.ts';
import { storeContract } from '../../contracts/store.contract.ts';
import type { Life } from '../../contracts/store-place.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folder = temporaryFolder();

storeContract('filesystem', {
  place: (clock) => {
    const here = folder();
    return Promise.resolve({
      open: () => Promise.resolve(filesystemStores(here, { clock })),
      openMortal: (life) => Promise.resolve(filesystemStores(here, { clock, disk: mortalDisk(life) })),
    });
  },
  runs: 150,
});

/** A disk whose process dies between two of the calls that it makes to the system. */
function mortalDisk(life: Life): Disk {
  const read = <T>(work: () => Promise<T>): Promise<T> => {
    life.look();
    return work();
  };
  return {
    makeFolder: (path) => life.step(() => realDisk.makeFolder(path)),
    makeOwnFolder: (prefix) => life.step(() => realDisk.makeOwnFolder(prefix)),
    // In two steps: a file that is half written is what a dead process leaves behind.
    writeFile: async (path, bytes) => {
      await life.step(() => realDisk.writeFile(path, bytes.subarray(0, bytes.length / 2)));
      await life.step(async () => {
        await realDisk.remove(path);
        await realDisk.writeFile(path, bytes);
      });
    },
    link: (from, to) => life.step(() => realDisk.link(from, to)),
    remove: (path) => life.step(() => realDisk.remove(path)),
    readFile: (path) => read(() => realDisk.readFile(path)),
    names: (path) => read(() => realDisk.names(path)),
    changedAt: (path) => read(() => realDisk.changedAt(path)),
  };
}
