import type { Endpoint, Role } from '#model';

/** Kinds that are crown jewels unless somebody says otherwise: whatever holds data. */
const HOLDS_DATA: ReadonlySet<Role> = new Set<Role>(['database', 'cache', 'search', 'queue', 'file-system']);

export function isCrownJewel(endpoint: Endpoint): boolean {
  return HOLDS_DATA.has(endpoint.role);
}
