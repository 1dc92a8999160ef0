import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The layers that package.json names under "imports", as paths for the bundler, which takes `#netset` for a package. */
export function ownLayers(root) {
  const { imports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return Object.fromEntries(Object.entries(imports).map(([name, path]) => [name, join(root, path)]));
}
