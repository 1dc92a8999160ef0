export * from './cidr.ts';
export * from './interval.ts';
export * from './ip.ts';
export * from './ip-set.ts';
export * from './pool.ts';
export * from './protocol.ts';
export * from './transport.ts';
