export { readDisagreements, type Disagreements } from './disagreements.ts';
export { runConformance, type ConformanceOptions, type ConformanceResult } from './run.ts';
