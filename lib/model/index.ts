export * from './blind-spot.ts';
export * from './endpoint.ts';
export * from './id.ts';
export * from './network.ts';
export * from './policy.ts';
export * from './provenance.ts';
export * from './selector.ts';
export * from './topology.ts';
