export { formatSnapshots, readSnapshotFile, writeSnapshotFile, type SnapshotWritten } from './disk.ts';
export type { FileProblem } from './file-problem.ts';
export { parseJson } from './parse-json.ts';
export { readFolder, type FolderFile } from './read-folder.ts';
export { readSnapshotText, readSnapshotValue, type SnapshotFile } from './read-text.ts';
