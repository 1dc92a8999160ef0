export { runConformance } from './run.ts';
