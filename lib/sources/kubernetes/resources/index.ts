export * from './admin-policy.ts';
export * from './ingress.ts';
export * from './network-policy.ts';
export * from './node.ts';
export * from './object.ts';
export * from './pod.ts';
export type * from './problem.ts';
export * from './selector.ts';
export * from './service.ts';
