import type { WorldKind } from './worlds/worlds.ts';

/** The kinds of worlds that the translation knows. */
export const COMPARED: readonly WorldKind[] = [
  'network policies',
  'admin and baseline policies',
  'cluster network policies',
  'policies of Calico',
  'policies of Cilium',
];
