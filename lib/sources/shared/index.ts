/** What several sources need and no vendor decides. */
export { oneLine } from './one-line.ts';
