import type { Cidr } from '#netset';

/**
 * The routes of one family whose destination was read, in the order in which a table asks them: the longest prefix first, among equal ones the
 * earlier. What one takes, no later one gets.
 */
export function longestFirst<R extends { readonly destination: Cidr | undefined }>(
  routes: readonly R[],
  family: Cidr['family'],
): readonly { readonly route: R; readonly cidr: Cidr }[] {
  return routes
    .flatMap((route) => (route.destination?.family === family ? [{ route, cidr: route.destination }] : []))
    .sort((a, b) => b.cidr.prefix - a.cidr.prefix);
}
