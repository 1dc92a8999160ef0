export { runConformance, type ConformanceOptions, type ConformanceResult } from './run.ts';
