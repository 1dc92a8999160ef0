/** What several sources need and no vendor decides. */
export { fileReason } from './file-reason.ts';
export { oneLine } from './one-line.ts';
