import { join } from 'node:path';
import { notesInCells, notesShape } from '../cells/notes.ts';
import { NO_STATE, stateInCell, stateShape } from '../cells/state.ts';
import type { Stores } from '../contracts.ts';
import { historyInNotes } from '../history.ts';
import { realDisk, type Disk } from './disk.ts';
import { fileCell } from './file-cell.ts';
import { fileMaker } from './file-maker.ts';
import { fileName } from './file-name.ts';
import { fileObjects } from './file-objects.ts';

export type FilesystemOptions = {
  readonly clock: () => Date;
  /** Another disk than the real one, for tests. */
  readonly disk?: Disk;
};

/**
 * Stores in a folder, which is made with the first write. Several processes may use it at once, and any of them may die at any
 * point. The folder has to be on a file system that knows hard links, as all of Linux, macOS and Windows do by default.
 */
export function filesystemStores(folder: string, { clock, disk = realDisk }: FilesystemOptions): Stores {
  const makeFile = fileMaker(disk, join(folder, 'aside'));
  const at = { disk, makeFile };
  const state = fileCell({ ...at, folder: join(folder, 'state'), shape: stateShape, first: NO_STATE });
  const notesOf = (owner: string): string => join(folder, 'notes', fileName(owner));
  const notes = notesInCells(
    (owner) => fileCell({ ...at, folder: notesOf(owner), shape: notesShape, first: [] }),
    clock,
  );
  return {
    objects: fileObjects(disk, makeFile, join(folder, 'objects')),
    state: stateInCell(state, clock),
    notes,
    history: historyInNotes(notes),
  };
}
