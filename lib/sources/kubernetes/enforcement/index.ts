export { assessEnforcement } from './assess.ts';
export type { HowRead, SeenObject } from './cluster-facts.ts';
export * from './enforcement.ts';
export { enforcementOn, type PodPlace } from './on-pod.ts';
export { blocksMean, closesUnselected, sparesHostPods } from './readings.ts';
