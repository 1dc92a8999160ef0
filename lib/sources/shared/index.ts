/** What several sources need and no vendor decides. */
export { clustersInAccount, type ClusterInAccount } from './clusters-in-account.ts';
export { fileReason } from './file-reason.ts';
export { oneLine } from './one-line.ts';
