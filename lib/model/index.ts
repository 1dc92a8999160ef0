export type * from './blind-spot.ts';
export type * from './endpoint.ts';
export * from './id.ts';
export type * from './network.ts';
export type * from './policy.ts';
export type * from './provenance.ts';
export * from './selector.ts';
export * from './topology.ts';
export type * from './wide-network.ts';
